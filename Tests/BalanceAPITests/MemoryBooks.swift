import LedgerDomain
import SnapshotStore
import Synchronization

@testable import BalanceAPI

/// The twin of the store: books in memory, which can be locked and broken.
final class MemoryBooks: BooksRepository {
  struct Tenant {
    var position: BookPosition
    var accounts: [AccountCode: Account]
    var totals: [BalanceKey: [BusinessDate: DebitCreditTotals]] = [:]
    var statuses: [BusinessDate: ReconciliationStatus] = [:]
  }

  private struct State {
    var tenants: [TenantID: Tenant] = [:]
    var failure: StoreError?
    var lockedLooks = 0
    var isReading = false
  }

  private let state = Mutex(State())

  func set(_ tenant: TenantID, _ books: Tenant) { state.withLock { $0.tenants[tenant] = books } }

  /// The next look-ups find a close that commits.
  func lock(looks: Int) { state.withLock { $0.lockedLooks = looks } }

  /// How many look-ups will find it still.
  var lockedLooks: Int { state.withLock { $0.lockedLooks } }

  /// Whether a look-up has left the books in its state.
  var isReading: Bool { state.withLock { $0.isReading } }

  func fail(_ error: StoreError?) { state.withLock { $0.failure = error } }

  private func look() throws -> [TenantID: Tenant] {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      if state.lockedLooks > 0 {
        state.lockedLooks -= 1
        throw StoreError(.locked, "a close commits")
      }
      state.isReading = true
      return state.tenants
    }
  }

  func balance(_ tenant: TenantID, key: BalanceKey, date: BusinessDate?) throws -> BalanceLookup? {
    try look()[tenant].map { books in
      BalanceLookup(
        position: books.position, account: books.accounts[key.account],
        totals: books.totals[key]?[date ?? books.position.closedThrough])
    }
  }

  func status(_ tenant: TenantID, date: BusinessDate?) throws -> StatusLookup? {
    try look()[tenant].map { books in
      StatusLookup(
        position: books.position, status: books.statuses[date ?? books.position.closedThrough])
    }
  }

  func check() throws { _ = try look() }

  func endReadTransactions() { state.withLock { $0.isReading = false } }
}
