import Foundation
import Testing

@Suite("tieout accept")
struct AcceptCommandTests {
  private static let date = "2026-01-05"
  private static let part = "part-00000.ndjson"

  /// A closed date with reports: a sound record, two on an unknown account and one that is no JSON.
  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(
      Self.date,
      [
        TestDirectory.entry(1, on: Self.date),
        TestDirectory.entry(2, on: Self.date, "250", debit: "9999"),
        TestDirectory.entry(3, on: Self.date, "50", debit: "9999"), "no JSON",
      ])
    #expect(try place.close(through: Self.date, "--reports", "reports").exitCode == 1)
    return place
  }

  private func accept(
    _ place: TestDirectory, by name: String = "Ada <b>Example</b>",
    note: String = "=seen, \"twice\"",
    date: String = AcceptCommandTests.date, tenant: String = TestDirectory.tenant,
    _ more: String...
  ) throws -> CommandOutcome {
    try TieoutProcess(
      [
        "accept", "--store", "books.sqlite", "--reports", "reports", "--tenant", tenant, "--date",
        date, "--by", name, "--note", note,
      ] + more, in: place
    ).wait()
  }

  private func reportFile(_ place: TestDirectory, _ name: String) throws -> String {
    try place.text("reports/\(TestDirectory.tenant)/\(Self.date)/\(name)")
  }

  private func open(_ place: TestDirectory) throws -> String {
    let outcome = try place.tieout("status", "--store", "books.sqlite", "--format", "csv")
    return CSVTable(outcome.output).selecting(["quarantine_open"]).first?.first ?? "none"
  }

  private func decision(_ place: TestDirectory) throws -> [String: Any]? {
    let text = try reportFile(place, "reconciliation.json")
    let report = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return report?["quarantine"] as? [String: Any]
  }

  @Test("records who decided what and why; status and reports show it, and the store verifies")
  func decisionIsRecordedAndReported() throws {
    let place = try place()
    #expect(try open(place) == "3")
    let outcome = try accept(place, "--code", "unknown_account")
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    #expect(
      outcome.output
        == "2026-01-05, close 1: 2 quarantined records, USD SETTLED 300 DR 300 CR: accepted by "
        + "Ada <b>Example</b>; 1 of the date open\n")
    #expect(try open(place) == "1")
    #expect(
      try place.store().rows(
        """
        SELECT business_date, close_id, code, file, record, is_undo, name, note FROM acceptance
        """) == [
          "2026-01-05,1,unknown_account,,,0,Ada <b>Example</b>,=seen, \"twice\""
        ])
    let page = try reportFile(place, "reconciliation.html")
    #expect(page.contains("Ada &lt;b&gt;Example&lt;/b&gt;") && !page.contains("<b>Example"))
    #expect(page.contains("1 record is open, 2 are accepted."))
    let decision = try #require(try decision(place))
    #expect((decision["open"] as? [String: Any])?["records"] as? Int == 1)
    let accepted = try #require(decision["accepted"] as? [String: Any])
    #expect(accepted["records"] as? Int == 2)
    let totals = accepted["totals"] as? [[String: Any]]
    #expect(totals?.first?["dr_minor"] as? String == "300")
    #expect(
      (decision["decisions"] as? [[String: Any]])?.first?["note"] as? String == "=seen, \"twice\"")
    let check = "cd reports/*/\(Self.date) && sha256sum -c --quiet SHA256SUMS"
    let sums = try TieoutProcess([], in: place, launcher: ["/bin/sh", "-c", check]).wait()
    #expect(sums.exitCode == 0, "\(sums.errors)")
    #expect(
      try place.tieout("verify", "--store", "books.sqlite", "--store-only").exitCode == 0)
  }

  @Test("accepts single records, and takes one back with --undo")
  func singleRecordsAreDecided() throws {
    let place = try place()
    #expect(
      try accept(place, "--record", "\(Self.part):2", "--record", "\(Self.part):4").exitCode == 0)
    #expect(try open(place) == "1")
    let undone = try accept(place, "--undo", "--record", "\(Self.part):2", "--json")
    #expect(undone.exitCode == 0, "\(undone.errors)")
    let documents =
      try JSONSerialization.jsonObject(with: Data(undone.output.utf8)) as? [[String: Any]]
    let document = try #require(documents?.first)
    #expect(document["decision"] as? String == "taken_back")
    #expect((document["decided"] as? [String: Any])?["records"] as? Int == 1)
    #expect((document["open"] as? [String: Any])?["records"] as? Int == 2)
    #expect(try open(place) == "2")
    #expect(try accept(place).exitCode == 0)
    #expect(try open(place) == "0")
  }

  @Test("refuses what cannot be decided, and records nothing")
  func undecidableRecordsAreRefused() throws {
    let place = try place()
    let refusals: [([String], String)] = [
      (["--record", "\(Self.part):1"], "not_quarantined"), (["--undo"], "not_accepted"),
      (["--record", "other.ndjson:2"], "not_quarantined"),
      (["--code", "unbalanced"], "not_quarantined"),
      (["--code", "duplicate_entry"], "not_quarantined"),
      (["--code", "unknown_account", "--record", "\(Self.part):2"], "not_open"),
    ]
    for (arguments, code) in refusals {
      let outcome = try TieoutProcess(
        [
          "accept", "--store", "books.sqlite", "--tenant", TestDirectory.tenant, "--date",
          Self.date, "--by", "Ada", "--note", "Why",
        ] + arguments, in: place
      ).wait()
      #expect(outcome.exitCode == 2 && outcome.output.isEmpty, "\(arguments)")
      #expect(outcome.errors.contains("[\(code)]"), "\(outcome.errors)")
    }
    #expect(try accept(place, date: "2026-01-06").errors.contains("not_closed"))
    #expect(try accept(place, tenant: TestDirectory.otherTenant).errors.contains("not_closed"))
    #expect(try place.store().rows("SELECT count(*) FROM acceptance") == ["0"])
    #expect(try open(place) == "3")
  }

  @Test("needs a name, a reason and options that mean something")
  func usageErrors() throws {
    let place = try place()
    #expect(try accept(place, by: "  ").exitCode == 64)
    #expect(try accept(place, note: "").exitCode == 64)
    for arguments in [
      ["--code", "backdated"], ["--code", "nonsense"], ["--record", "2"], ["--record", ":2"],
      ["--record", "a:0"], ["--record", "a:b"], ["--to", "2026-01-04"], ["--to", "soon"],
      ["--to", "2026-01-06", "--record", "a:1"],
    ] {
      let outcome = try TieoutProcess(
        [
          "accept", "--store", "books.sqlite", "--tenant", TestDirectory.tenant, "--date",
          Self.date, "--by", "Ada", "--note", "Why",
        ] + arguments, in: place
      ).wait()
      #expect(outcome.exitCode == 64, "\(arguments): \(outcome.errors)")
    }
  }

  @Test("says that the decision stands if a report cannot be written")
  func unwritableReportsAreReported() throws {
    let place = try place()
    try place.write("file", "")
    let outcome = try TieoutProcess(
      [
        "accept", "--store", "books.sqlite", "--reports", "file/reports", "--tenant",
        TestDirectory.tenant, "--date", Self.date, "--by", "Ada", "--note", "Why",
      ], in: place
    ).wait()
    #expect(outcome.exitCode == 2)
    #expect(outcome.errors.contains("Do not accept again"), "\(outcome.errors)")
    #expect(try open(place) == "0")
  }

  @Test("lapses when the date is closed again, and the run says so")
  func recloseLapsesTheDecision() throws {
    let place = try place()
    #expect(try accept(place).exitCode == 0)
    try place.write("chart.csv", place.text("chart.csv") + "9999,Suspense,DR\n")
    let again = try place.close(through: Self.date, "--reclose", "--reports", "reports")
    #expect(again.exitCode == 1)
    #expect(
      again.output.contains("lapsed       the acceptance of 3 quarantined records of close 1"))
    #expect(try open(place) == "1")
    #expect(try !reportFile(place, "reconciliation.html").contains("Example"))
    #expect(
      try place.tieout("verify", "--store", "books.sqlite", "--store-only").exitCode == 0)
  }
}
