import CloseJob
import JobConfiguration
import LedgerDomain
import Testing

@Suite("Reversals")
struct ReversalTests {
  private static let original = "#7 2026-01-05 | 1000 DR 500 | 2000 CR 120 | 3000 CR 380"

  /// The findings of a date of one part.
  private func findings(_ text: String) throws -> String {
    let ledger = try LedgerTree()
    try ledger.export("2026-01-05", text)
    try ledger.close(through: "2026-01-05")
    return try findings(ledger.books)
  }

  /// Its findings about records: a balance on the wrong side is not what matters here.
  private func findings(_ books: Books) throws -> String {
    try books.findings().split(separator: "\n").filter { !$0.hasPrefix("abnormal_balance") }
      .joined(separator: "\n")
  }

  @Test(
    "a reversal with exchanged sides is no finding, in any order",
    arguments: [
      "#8 2026-01-05 reverses #7 | 1000 CR 500 | 2000 DR 120 | 3000 DR 380",
      "#8 2026-01-05 reverses #7 | 3000 DR 380 | 1000 CR 500 | 2000 DR 120",
      "#8 2026-01-05 posted 2026-01-05T23:59:59Z reverses #7 | 2000 DR 120 | 3000 DR 380 | 1000 CR 500",
    ])
  func mirroredReversalIsNoFinding(reversal: String) throws {
    #expect(try findings("\(Self.original)\n\(reversal)") == "")
    #expect(try findings("\(reversal)\n\(Self.original)") == "")
  }

  @Test(
    "a reversal with different lines is a mismatch, before or after its entry",
    arguments: [
      "1000 CR 500 | 2000 DR 500", "1000 CR 501 | 2000 DR 120 | 3000 DR 381",
      "1000 DR 500 | 2000 CR 120 | 3000 CR 380", "1100 CR 500 | 2000 DR 120 | 3000 DR 380",
      "1000 CR 500 USD PENDING | 2000 DR 120 USD PENDING | 3000 DR 380 USD PENDING",
      "1000 CR 500 EUR | 2000 DR 120 EUR | 3000 DR 380 EUR",
      "1000 CR 500 | 2000 DR 380 | 3000 DR 120",
      "1000 CR 250 | 1000 CR 250 | 2000 DR 120 | 3000 DR 380",
    ])
  func differentLinesAreAMismatch(lines: String) throws {
    let reversal = "#8 2026-01-05 reverses #7 | \(lines)"
    #expect(
      try findings("\(Self.original)\n\(reversal)") == "reversal_mismatch part-00000.ndjson 2")
    #expect(
      try findings("\(reversal)\n\(Self.original)") == "reversal_mismatch part-00000.ndjson 1")
  }

  @Test("a mismatched reversal counts, and its finding has entry, position and field")
  func mismatchedReversalIsCounted() throws {
    let ledger = try LedgerTree()
    try ledger.export(
      "2026-01-05", part: "a.ndjson", "#8 2026-01-05 reverses #7 | 1000 CR 9 | 3000 DR 9")
    try ledger.export("2026-01-05", part: "b.ndjson", "#7 2026-01-05 | 1000 DR 10 | 3000 CR 10")
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 0)
    #expect(
      try ledger.books.rows(
        "SELECT code, severity, file, record, byte_offset, journal_entry_id, field FROM finding")
        == [
          "reversal_mismatch warning a.ndjson 1 0 \(JournalText.identifier(8)) reverses_entry_id"
        ])
    #expect(
      try ledger.books.balances("2026-01-05") == "1000 USD SETTLED 10 9\n3000 USD SETTLED 9 10")
  }

  @Test("a reversal of an entry of an earlier date is compared, and a second one is reported")
  func reversalOfAnEarlierDateIsCompared() throws {
    let ledger = try LedgerTree()
    try ledger.export("2026-01-05", "#7 2026-01-05 | 1000 DR 10 | 3000 CR 10")
    try ledger.export("2026-01-06", "#8 2026-01-06 reverses #7 | 1000 CR 1 | 3000 DR 1")
    try ledger.export(
      "2026-01-07",
      """
      #9 2026-01-07 reverses #7 | 1000 CR 2 | 3000 DR 2
      #10 2026-01-07 reverses #7 | 1000 CR 3 | 3000 DR 3
      """)
    #expect(try ledger.close(through: "2026-01-07").exitCode == 0)
    #expect(
      try findings(ledger.books) == """
        reversal_mismatch part-00000.ndjson 1
        reversal_mismatch part-00000.ndjson 1
        reversal_repeated part-00000.ndjson 1
        reversal_mismatch part-00000.ndjson 2
        reversal_repeated part-00000.ndjson 2
        """)
  }

  @Test("a reversal of a quarantined entry is not compared")
  func reversalOfAQuarantinedEntryIsNotCompared() throws {
    #expect(
      try findings(
        """
        #7 2026-01-05 | 1000 DR 10 | 3000 CR 11
        #8 2026-01-05 reverses #7 | 1000 CR 1 | 3000 DR 1
        """) == "unbalanced part-00000.ndjson 1")
  }

  @Test("a second reversal is reported; the first is that of the first part")
  func secondReversalIsReported() throws {
    let ledger = try LedgerTree()
    let mirror = "2026-01-05 reverses #7 | 1000 CR 500 | 2000 DR 120 | 3000 DR 380"
    try ledger.export("2026-01-05", part: "b.ndjson", "\(Self.original)\n#8 \(mirror)")
    try ledger.export("2026-01-05", part: "a.ndjson", "#9 \(mirror)")
    try ledger.export("2026-01-05", part: "c.ndjson", "#10 \(mirror)")
    try ledger.close(through: "2026-01-05")
    #expect(
      try findings(ledger.books) == "reversal_repeated b.ndjson 2\nreversal_repeated c.ndjson 1")
  }

  @Test("a reversal exported twice is a duplicate, not a second reversal")
  func repeatedReversalIsADuplicate() throws {
    let reversal = "#8 2026-01-05 reverses #7 | 1000 CR 500 | 2000 DR 120 | 3000 DR 380\n"
    #expect(
      try findings("\(Self.original)\n" + reversal + reversal)
        == "duplicate_entry part-00000.ndjson 3")
    let wrong = "#8 2026-01-05 reverses #7 | 1000 CR 1 | 3000 DR 1\n"
    #expect(
      try findings("\(Self.original)\n" + wrong + reversal)
        == "reversal_mismatch part-00000.ndjson 2\nconflicting_duplicate part-00000.ndjson 3")
  }

  @Test("mismatches are found among many entries, with any number of readers", arguments: [1, 3])
  func mismatchesAreFoundAmongManyEntries(jobs: Int) throws {
    let ledger = try LedgerTree()
    ledger.settings.jobs = jobs
    for part in 0..<3 {
      let lines = (0..<4_000).flatMap { index in
        let number = part * 10_000 + index * 2 + 10
        let amount = index % 1_000 == 999 ? 4 : 5
        // Each reverses an entry of the part before, the first part's those of the last.
        let reversed = (part + 2) % 3 * 10_000 + index * 2 + 10
        return [
          "#\(number) 2026-01-05 | 1000 DR 5 | 3000 CR 5",
          "#\(number + 1) 2026-01-05 reverses #\(reversed) | 1000 CR \(amount) | 3000 DR \(amount)",
        ]
      }
      try ledger.export(
        "2026-01-05", part: "part-0\(part).ndjson", lines.joined(separator: "\n"))
    }
    try ledger.export(
      "2026-01-05", part: "part-03.ndjson", "2026-01-05 reverses #10 | 1000 CR 5 | 3000 DR 5")
    #expect(try ledger.close(through: "2026-01-05").exitCode == 0)
    let wrong = (0..<3).flatMap { part in
      [2_000, 4_000, 6_000, 8_000].map { "reversal_mismatch part-0\(part).ndjson \($0)" }
    }
    #expect(
      try findings(ledger.books)
        == (wrong + ["reversal_repeated part-03.ndjson 1"]).joined(separator: "\n"))
  }
}
