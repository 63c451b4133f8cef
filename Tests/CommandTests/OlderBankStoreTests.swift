import Foundation
import Testing

/// `Corpus/store-v5.sql`: 5 to 7 January as the version before wrote them. On the 5th -0.40 and twice 1.00 of
/// the ledger, and -0.25 and 1.00 of the bank are open; the 7th has no statement.
@Suite("The bank accounts of a store that an older version wrote")
struct OlderBankStoreTests {
  private static let dates = ["2026-01-05", "2026-01-06", "2026-01-07"]

  private func bank() throws -> BankDirectory {
    let bank = try BankDirectory()
    let corpus = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Corpus/store-v5.sql")
    try bank.place.store().execute(try String(contentsOf: corpus, encoding: .utf8))
    for (date, amounts) in zip(Self.dates, [[500, -40, 100, 100], [700], [300]]) {
      try bank.export(date, amounts)
    }
    return bank
  }

  private func versions(_ bank: BankDirectory) throws -> [String] {
    try bank.place.store().rows(
      """
      SELECT business_date, version, status, difference_minor, unexplained_minor, outstanding_count
      FROM bank_reconciliation ORDER BY 1, 2
      """)
  }

  private let old = [
    "2026-01-05,1,unreconciled,85,0,5", "2026-01-06,1,unreconciled,85,0,5",
    "2026-01-07,1,pending,0,0,6",
  ]

  @Test("stay version 1 as they were, and verify, once any run has migrated the store")
  func migratedAsTheyWere() throws {
    let bank = try bank()
    let before = try bank.place.store().rows(
      "SELECT business_date, bank_account_ref, identity, amount_minor, since FROM outstanding_item")
    #expect(before.count == 16)
    let outcome = try bank.reconcile()
    #expect(outcome.output.contains("main is not reconciled on 2026-01-06"), "\(outcome.errors)")
    #expect(try versions(bank) == old)
    let after = try bank.place.store().rows(
      "SELECT business_date, bank_account_ref, identity, amount_minor, since FROM outstanding_item")
    #expect(after.sorted() == before.sorted())
    let verified = try bank.run(["verify", "--exports", "exports", "--chart", "chart.csv"])
    #expect(verified.exitCode == 0, "\(verified.output)")
    #expect(try bank.run(["report", "--date", Self.dates[0], "--to", Self.dates[2]]).exitCode == 0)
    #expect(try bank.reported(Self.dates[0]) == "unreconciled")
    #expect(
      try bank.place.text(
        "reports/\(TestDirectory.tenant)/\(Self.dates[0])/bank-items.csv"
      ).contains("main.xml#1/2"))
  }

  @Test("can be settled before the next close, with which the settlement counts")
  func settledBeforeTheNextClose() throws {
    let bank = try bank()
    _ = try bank.reconcile()
    let settled = try bank.run([
      "settle", "--tenant", TestDirectory.tenant, "--account", "main", "--by", "Ada Example",
      "--note", "The bank's fee", "date=2026-01-05/main.xml#1/2",
    ])
    #expect(settled.exitCode == 0, "\(settled.errors)")
    #expect(try versions(bank) == old)
    try bank.export("2026-01-08", [])
    try bank.deliver("thursday.xml", SampleStatement("2026-01-08", from: 1275, [-40, 300]).camt)
    #expect(try bank.close("2026-01-08").exitCode == 1)
    #expect(try versions(bank) == old + ["2026-01-08,1,unreconciled,125,0,3"])
  }

  @Test("carry over what was outstanding, so that the next statement clears it")
  func outstandingItemsClear() throws {
    let bank = try bank()
    try bank.export("2026-01-08", [50])
    let clearing = SampleStatement("2026-01-08", from: 1275, [-40, 300, 50])
    try bank.deliver("thursday.xml", clearing.camt)
    #expect(try bank.close("2026-01-08").exitCode == 1)
    #expect(try versions(bank) == old + ["2026-01-08,1,unreconciled,125,0,4"])
    #expect(
      try bank.place.store().rows(
        """
        SELECT amount_minor, since FROM outstanding_item WHERE business_date = '2026-01-08'
        ORDER BY 1, side
        """) == ["-25,2026-01-05", "100,2026-01-05", "100,2026-01-05", "100,2026-01-05"])
    let settle = { (items: [String]) in
      try bank.run(
        ["settle", "--tenant", TestDirectory.tenant, "--account", "main"] + items
          + ["--by", "Ada Example", "--note", "Looked at"])
    }
    let open = try bank.place.store().rows(
      "SELECT identity FROM outstanding_item WHERE business_date = '2026-01-08' ORDER BY side, 1")
    // The fee and the doubtful receipt of the bank, then the ledger's.
    #expect(try settle([open[0]]).output.contains("BANK BREAK"))
    #expect(try settle([open[1], open[2]]).output.contains("BANK BREAK"))
    #expect(try !settle([open[3]]).output.contains("BANK BREAK"))
    #expect(try bank.standing().last == "2026-01-08 reconciled 125")
    #expect(try bank.reconcile().exitCode == 0)
    #expect(try bank.run(["verify", "--store-only"]).exitCode == 0)
  }
}
