import Testing

@Suite("A loan book's history")
struct LoanHistoryTests {
  @Test("loan balances equal the sums of all lines, in random histories", arguments: 1...30)
  func loanBalancesEqualTheSumsOfAllLines(seed: UInt64) throws {
    var history = try LoanHistory(seed: seed)
    do {
      try history.run()
    } catch let mismatch as LoanHistory.Mismatch {
      Issue.record("seed \(seed)\n\(mismatch)")
    }
  }
}
