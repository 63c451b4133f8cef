import DailyClose
import LedgerDomain
import SnapshotStore

/// Verifies the stored loans: that each close's loan movements match their digest, and that the loan
/// balances follow from the movements.
struct LoanVerification {
  private static let loansNamedMax = 10

  let reader: BookReader
  let state: TenantState
  let memory: LoanMemoryBudget

  /// Every difference found.
  func differences() throws -> [Difference] {
    var found: [Difference] = []
    for link in try reader.links(state) {
      guard let coverage = try reader.portfolioCoverage(link.closeID) else { continue }
      for fault in try faults(link, coverage) {
        found.append(
          Difference(
            tenant: state.tenant, close: link.closeID, date: link.businessDate, message: fault))
      }
    }
    return try found
      + bookFaults().map {
        Difference(tenant: state.tenant, close: nil, date: nil, message: $0)
      }
  }

  private func faults(_ link: StoredLink, _ coverage: PortfolioCoverage) throws -> [String] {
    var faults: [String] = []
    if try reader.loanMovementDigest(of: link.closeID) != coverage.loanMovementDigest {
      faults.append(
        "the loan movements of close \(link.closeID) of \(link.businessDate) no longer match their digest"
      )
    }
    let marked = try reader.markedLoanMovements(of: link.closeID, state, date: link.businessDate)
    if marked > 0 {
      faults.append(
        "loan movements of close \(link.closeID) of \(link.businessDate) with the wrong tenant or the "
          + "wrong close date: \(marked)")
    }
    return faults
  }

  /// Compares the loan balances with the sums of their movements, both in order.
  private func bookFaults() throws -> [String] {
    guard let book = try reader.loanBook(LoanBookScope(state, knownAt: state.lastClose)) else {
      return []
    }
    let scope = LoanBookScope(state, knownAt: book.close)
    let sorter = LoanSorter(memory: memory)
    try reader.forEachLoanMovement(scope, through: book.asOf) { key, totals in
      sorter.add(totals, to: key)
    }
    let sums = try LoanMovementSum([sorter])
    var expected = try sums.next()
    var (faults, count): ([String], Int) = ([], 0)
    func differ(_ key: LoanKey, _ stored: DebitCreditTotals, _ wanted: DebitCreditTotals) {
      if stored == wanted { return }
      count += 1
      guard count <= Self.loansNamedMax else { return }
      faults.append(
        "the stored principal of \(key) is \(stored.debitMinor) DR \(stored.creditMinor) CR, but its "
          + "movements add up to \(wanted.debitMinor) DR \(wanted.creditMinor) CR")
    }
    try reader.forEachLoan(scope) { key, totals in
      while let sum = expected, sum.key < key {
        differ(sum.key, .zero, sum.totals)
        expected = try sums.next()
      }
      if let sum = expected, sum.key == key {
        differ(key, totals, sum.totals)
        expected = try sums.next()
      } else {
        differ(key, totals, .zero)
      }
    }
    while let sum = expected {
      differ(sum.key, .zero, sum.totals)
      expected = try sums.next()
    }
    if count > Self.loansNamedMax {
      faults.append("the principal of \((count - Self.loansNamedMax).counted("more loan")) differs")
    }
    return faults
  }
}
