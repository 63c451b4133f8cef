import LedgerDomain
import SnapshotStore
import Synchronization

@testable import BalanceAPI

/// Books in memory instead of the store, which can be locked and made to fail.
final class MemoryBooks: BooksRepository {
  struct Tenant {
    var position: BookPosition
    var accounts: [AccountCode: Account]
    var totals: [BalanceKey: [BusinessDate: DebitCreditTotals]] = [:]
    var statuses: [BusinessDate: ReconciliationStatus] = [:]
  }

  func prove(pause: (Duration) -> Bool) throws -> Bool { true }

  private struct State {
    var tenants: [TenantID: Tenant] = [:]
    var failure: StoreError?
    var lockedLookups = 0
    var isReading = false
  }

  private let state = Mutex(State())

  func set(_ tenant: TenantID, _ books: Tenant) { state.withLock { $0.tenants[tenant] = books } }

  /// Makes the next lookups find a close that commits.
  func lock(lookups: Int) { state.withLock { $0.lockedLookups = lookups } }

  /// How many lookups will still find it.
  var lockedLookups: Int { state.withLock { $0.lockedLookups } }

  /// Whether a shared read transaction is open.
  var isReading: Bool { state.withLock { $0.isReading } }

  func fail(_ error: StoreError?) { state.withLock { $0.failure = error } }

  private func lookup() throws -> [TenantID: Tenant] {
    try state.withLock { state in
      if let failure = state.failure { throw failure }
      if state.lockedLookups > 0 {
        state.lockedLookups -= 1
        throw StoreError(.locked, "a close commits")
      }
      state.isReading = true
      return state.tenants
    }
  }

  func balance(_ tenant: TenantID, key: BalanceKey, date: BusinessDate?) throws -> BalanceLookup? {
    try lookup()[tenant].map { books in
      BalanceLookup(
        position: books.position, account: books.accounts[key.account],
        totals: books.totals[key]?[date ?? books.position.closedThrough])
    }
  }

  func status(_ tenant: TenantID, date: BusinessDate?) throws -> StatusLookup? {
    try lookup()[tenant].map { books in
      StatusLookup(
        position: books.position, status: books.statuses[date ?? books.position.closedThrough])
    }
  }

  func check() throws { _ = try lookup() }

  func endReadTransactions() { state.withLock { $0.isReading = false } }
}
