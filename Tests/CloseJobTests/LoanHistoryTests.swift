import Testing

@Suite("A loan book's history")
struct LoanHistoryTests {
  @Test("is the one that adding up all lines gives, whatever happens", arguments: 1...30)
  func random(seed: UInt64) throws {
    var history = try LoanHistory(seed: seed)
    do {
      try history.run()
    } catch let mismatch as LoanHistory.Mismatch {
      Issue.record("seed \(seed)\n\(mismatch)")
    }
  }
}
