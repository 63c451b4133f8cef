import Testing

/// The commit comes before the reports: whoever is killed between them leaves sets that the next run finds.
@Suite("A run killed between a reconciliation's commit and its reports")
struct KilledReconcileTests {
  private static let (monday, tuesday, wednesday) = ("2026-01-05", "2026-01-06", "2026-01-07")

  /// Monday and Tuesday, closed without statements, whose statements have come since; the export of
  /// Wednesday waits.
  private func bank() throws -> BankDirectory {
    let bank = try BankDirectory()
    for (date, amount) in [(Self.monday, 500), (Self.tuesday, 700), (Self.wednesday, 100)] {
      try bank.export(date, [amount])
    }
    #expect(try bank.close(Self.tuesday).exitCode == 0)
    try bank.deliver("monday.xml", SampleStatement(Self.monday, from: 0, [500]).camt)
    try bank.deliver("tuesday.xml", SampleStatement(Self.tuesday, from: 500, [700]).camt)
    return bank
  }

  private static let close = [
    "close", "--exports", "exports", "--chart", "chart.csv", "--date", wednesday,
  ]

  /// Runs a command that is killed as it begins the report set of a date.
  private func kill(_ arguments: [String], before date: String, _ bank: BankDirectory) throws {
    let draft = "reports/\(TestDirectory.tenant)/.\(date).new"
    let outcome = try bank.start(
      arguments,
      launcher: [
        "/usr/bin/env", "strace", "-f", "-o", "/dev/null", "-P", draft, "-e", "trace=mkdir", "-e",
        "inject=mkdir:signal=SIGKILL:when=1",
      ]
    ).wait()
    #expect(outcome.exitCode == 137, "\(outcome.output)\(outcome.errors)")
  }

  private func expectReported(_ dates: [String], _ bank: BankDirectory) throws {
    for date in dates { #expect(try bank.reported(date) == "reconciled", "\(date)") }
    let names = try bank.place.files("reports")
    #expect(!names.contains { $0.contains(".new") })
    let written = try names.map { try bank.place.bytes("reports/\($0)") }
    let again = ["report", "--date", Self.monday, "--to", dates[dates.count - 1]]
    #expect(try bank.run(again).exitCode == 0)
    #expect(try names.map { try bank.place.bytes("reports/\($0)") } == written)
  }

  @Test(
    "is finished by the next run, whichever that is",
    .enabled(if: FaultInjection.isPossible(), "strace cannot trace here"),
    arguments: [["reconcile"], close], [monday, tuesday])
  func nextRunWritesWhatIsMissing(next: [String], killed: String) throws {
    let bank = try bank()
    try kill(["reconcile"], before: killed, bank)
    #expect(
      try bank.standing() == ["2026-01-05 reconciled 0", "2026-01-06 reconciled 0"])
    #expect(try bank.reported(Self.monday) == (killed == Self.monday ? "pending" : "reconciled"))
    #expect(try bank.reported(Self.tuesday) == "pending")
    let outcome = try bank.run(next)
    #expect(outcome.exitCode == 0, "\(outcome.output)")
    try expectReported([Self.monday, Self.tuesday], bank)
  }

  @Test(
    "is finished too if it closed a date in the same commit",
    .enabled(if: FaultInjection.isPossible(), "strace cannot trace here"),
    arguments: [monday, tuesday, wednesday])
  func closeIsFinished(killed: String) throws {
    let bank = try bank()
    try bank.deliver("wednesday.xml", SampleStatement(Self.wednesday, from: 1200, [100]).camt)
    try kill(Self.close, before: killed, bank)
    #expect(try bank.standing().count == 3)
    #expect(!bank.place.exists("reports/\(TestDirectory.tenant)/\(Self.wednesday)"))
    #expect(try bank.reconcile().exitCode == 0)
    try expectReported([Self.monday, Self.tuesday, Self.wednesday], bank)
  }

  @Test(
    "is finished if it settled items by hand",
    .enabled(if: FaultInjection.isPossible(), "strace cannot trace here"))
  func settlementIsFinished() throws {
    let bank = try bank()
    try bank.deliver("tuesday.xml", SampleStatement(Self.tuesday, from: 500, [700, -25]).camt)
    #expect(try bank.reconcile().exitCode == 1)
    let settle = [
      "settle", "--tenant", TestDirectory.tenant, "--account", "main", "tuesday.xml#1/2", "--by",
      "Ada Example", "--note", "The bank's fee.",
    ]
    try kill(settle, before: Self.tuesday, bank)
    #expect(try bank.reported(Self.tuesday) == "unreconciled")
    #expect(try bank.run(settle).errors.contains("[not_outstanding]"))
    #expect(try bank.reconcile().exitCode == 0)
    try expectReported([Self.monday, Self.tuesday], bank)
  }
}
