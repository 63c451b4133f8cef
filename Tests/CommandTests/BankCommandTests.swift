import Foundation
import Testing

@Suite("tieout reconcile and tieout settle")
struct BankCommandTests {
  private static let date = "2026-01-05"
  private static let account = [
    "--statements", "statements", "--bank-account",
    "ref=main,account=1000,currency=USD,csv_date=date,csv_amount=amount,csv_reference=reference,"
      + "csv_opening_row=Opening,csv_closing_row=Closing",
  ]

  /// A closed date with reports, whose statement has not come.
  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.write("statements/.keep", "")
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date, "500")])
    let close = try TieoutProcess(
      [
        "close", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite",
        "--reports", "reports", "--date", Self.date,
      ] + Self.account, in: place
    ).wait()
    #expect(close.exitCode == 0, "\(close.output)")
    return place
  }

  private func deliver(_ rows: String, _ closing: String, to place: TestDirectory) throws {
    try place.write(
      "statements/tenant_id=\(TestDirectory.tenant)/bank/main.csv",
      "Opening,0.00\ndate,amount,reference\n\(rows)Closing,\(closing)\n")
  }

  private func run(_ place: TestDirectory, _ arguments: [String]) throws -> CommandOutcome {
    try TieoutProcess(
      arguments + ["--store", "books.sqlite", "--reports", "reports"] + Self.account, in: place
    ).wait()
  }

  private func report(_ place: TestDirectory, _ name: String) throws -> String {
    try place.text("reports/\(TestDirectory.tenant)/\(Self.date)/\(name)")
  }

  @Test("a late statement is taken up, reports follow, and balances stay")
  func lateStatementIsTakenUp() throws {
    let place = try place()
    #expect(try report(place, "reconciliation.json").contains("\"status\" : \"pending\""))
    let balances = try place.store().rows("SELECT * FROM balance_snapshot")
    try deliver("2026-01-05,5.00,\n", "5.00", to: place)
    let outcome = try run(place, ["reconcile", "--verbose"])
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("2026-01-05  main reconciled, version 2"))
    #expect(try run(place, ["reconcile"]).output.contains("nothing new"))
    #expect(try report(place, "reconciliation.json").contains("\"status\" : \"reconciled\""))
    #expect(try report(place, "bank-items.csv").contains(",matched,1,amount,"))
    #expect(try place.store().rows("SELECT * FROM balance_snapshot") == balances)
    #expect(
      try run(place, ["reconcile", "--from", "2026-01-06", "--to", Self.date]).exitCode == 64)
  }

  @Test("what was outstanding before the first close can be settled")
  func openingItemIsSettled() throws {
    let bank = try BankDirectory(["--opening-outstanding", "outstanding.csv"])
    try bank.place.write(
      "outstanding.csv",
      "bank_account,side,date,amount_minor,reference\nmain,ledger,2025-12-30,-300,CHEQUE-9\n")
    try bank.export(Self.date, [500])
    try bank.deliver("monday.xml", SampleStatement(Self.date, from: 300, [500]).camt)
    #expect(try bank.close(Self.date).exitCode == 1)
    #expect(try bank.standing() == ["2026-01-05 unreconciled -300"])
    let item = try bank.place.store().rows(
      "SELECT identity FROM outstanding_item WHERE business_date = '2026-01-05'")
    #expect(item.count == 1)
    let settled = try bank.run(
      ["settle", "--tenant", TestDirectory.tenant, "--account", "main"] + item
        + ["--by", "Ada Example", "--note", "The cheque was lost"])
    #expect(settled.exitCode == 0, "\(settled.errors)")
    #expect(try bank.standing() == ["2026-01-05 reconciled -300"])
    #expect(try bank.reconcile().exitCode == 0)
  }

  @Test("a person writes off what is left, and takes it back")
  func settledAndTakenBack() throws {
    let place = try place()
    try deliver("2026-01-05,5.00,\n2026-01-05,-0.20,FEE\n", "4.80", to: place)
    #expect(try run(place, ["reconcile"]).exitCode == 1)
    let item =
      try place.store().rows("SELECT identity FROM outstanding_item").first?.description ?? ""
    let settle = [
      "settle", "--tenant", TestDirectory.tenant, "--account", "main", item, "--by", "Ada",
      "--note", "The bank's fee",
    ]
    #expect(try run(place, settle).exitCode == 0)
    #expect(try run(place, ["reconcile"]).exitCode == 0)
    #expect(try report(place, "bank-items.csv").contains(",Ada,"))
    #expect(try run(place, settle).errors.contains("[not_outstanding]"))
    #expect(try run(place, settle + ["--undo"]).exitCode == 0)
    #expect(try run(place, ["reconcile"]).exitCode == 1)
    #expect(try run(place, settle + ["--undo"]).errors.contains("[not_settled]"))
    let verified = try place.tieout("verify", "--store", "books.sqlite", "--store-only")
    #expect(verified.exitCode == 0, "\(verified.output)")
  }
}
