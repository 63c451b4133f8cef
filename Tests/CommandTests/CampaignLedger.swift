import Foundation
import Testing

/// A demo ledger, exported as it was closed first, as some of its records were changed to since, and
/// with a record that is none; with the stands that commands begin with and end with if nothing disturbs them.
final class CampaignLedger {
  /// What an undisturbed run ends with.
  struct End {
    let exitCode: Int32
    let microseconds: Int
    let books: [String: TenantBooks]
    let closes: [String: String]
    let contents: [String: String]
  }

  static let first = "2026-01-01"
  let place: TestDirectory
  let last: String
  /// The tenant whose first date has a quarantined record.
  let tenant: String
  private var ends: [CampaignCommand: End] = [:]
  private var starts: Set<String> = ["nothing"]
  private var standCount = 0

  init(tenants: Int, last: String, dates: Int, entries: Int) throws {
    place = try TestDirectory()
    self.last = last
    let demo = try place.tieout(
      "demo", "--no-statements", "--out", ".", "--tenants", "\(tenants)",
      "--dates", "\(dates)",
      "--entries",
      "\(entries)", "--parts", "1", "--no-defects", "--no-manifests", "--plain", "--seed", "4")
    #expect(demo.exitCode == 0)
    try place.makeDirectory("nothing")
    let directories = try place.names("exports").sorted()
    tenant = String(try #require(directories.first).dropFirst("tenant_id=".count))
    try changeExports()
    try addInvalidRecord()
  }

  /// Appends a record to the first part that cannot be read.
  private func addInvalidRecord() throws {
    try place.copy("exports", to: "invalid")
    let first = try place.files("invalid").filter {
      $0.hasSuffix(".ndjson") && $0.contains("date=\(Self.first)/") && $0.contains(tenant)
    }.min()
    let part = "invalid/\(try #require(first))"
    try place.write(part, try place.text(part) + "no JSON\n")
  }

  /// Leaves out the last record of every third part, which balances like any other.
  private func changeExports() throws {
    try place.copy("exports", to: "changed")
    let parts = try place.files("changed").filter { $0.hasSuffix(".ndjson") }
    for (index, part) in parts.enumerated() where index % 3 == 1 {
      let records = try place.text("changed/\(part)").split(separator: "\n")
      try place.write("changed/\(part)", records.dropLast().joined(separator: "\n") + "\n")
    }
  }

  /// A stand of its own for a run of the command.
  func stand(for command: CampaignCommand) throws -> CampaignStand {
    try prepare(command.start)
    standCount += 1
    let name = "stand-\(command.rawValue)-\(standCount)"
    try place.copy(command.start, to: name)
    return CampaignStand(name: name, place: place)
  }

  /// The books that a run of the command begins with.
  func start(of command: CampaignCommand) throws -> CampaignStand {
    try prepare(command.start)
    // Whoever reads the store of a killed run rolls it back.
    let name = command == .recover ? "closed" : command.start
    return CampaignStand(name: name, place: place)
  }

  /// Starts the command on a stand.
  func run(
    _ command: CampaignCommand, on stand: CampaignStand, launcher: [String] = []
  ) throws -> TieoutProcess {
    try stand.start(
      command.arguments(last: last, tenant: tenant), exports: command.exports, launcher: launcher)
  }

  /// What the command ends with, undisturbed; the faster of two runs is what it takes.
  func end(of command: CampaignCommand) throws -> End {
    if let known = ends[command] { return known }
    var stand = try stand(for: command)
    var exitCode: Int32 = 0
    var fastest = Int.max
    for _ in 1...2 {
      stand = try self.stand(for: command)
      let began = ContinuousClock.now
      let outcome = try run(command, on: stand).wait()
      fastest = min(fastest, Int((ContinuousClock.now - began) / .microseconds(1)))
      exitCode = outcome.exitCode
      #expect(exitCode == 0, "\(command): \(outcome.errors)\(outcome.output)")
    }
    let end = End(
      exitCode: exitCode, microseconds: fastest, books: try stand.store.books(),
      closes: try stand.reports.closes(), contents: try stand.reports.contents())
    #expect(try stand.store.faults() == [] && stand.reports.faults() == [])
    ends[command] = end
    return end
  }

  /// Makes a stand that commands begin with.
  private func prepare(_ name: String) throws {
    guard starts.insert(name).inserted else { return }
    let from = [
      "begun": "nothing", "closed": "nothing", "quarantined": "nothing", "reclosed": "closed",
      "banked": "nothing", "unsettled": "banked", "killed": "closed",
    ]
    let source = from[name] ?? "reclosed"
    try prepare(source)
    try place.copy(source, to: name)
    let stand = CampaignStand(name: name, place: place)
    let outcome: CommandOutcome?
    switch name {
    case "begun":
      outcome = try stand.start(["close", "--date", "2026-01-02"], exports: "exports").wait()
    case "closed": outcome = try run(.close, on: stand).wait()
    case "quarantined":
      outcome = try stand.start(["close", "--date", last], exports: "invalid").wait()
    case "reclosed": outcome = try run(.reclose, on: stand).wait()
    case "banked":
      try place.makeDirectory(CampaignBank.statements)
      outcome = try stand.start(
        ["close", "--date", last] + CampaignBank.settings(CampaignBank.statements),
        exports: "exports"
      ).wait()
      try CampaignBank(place: place, feeOf: tenant).deliver(to: stand.store)
    case "unsettled":
      outcome = try stand.start(
        ["reconcile"] + CampaignBank.settings(CampaignBank.withFee), exports: "exports"
      ).wait()
    case "killed":
      try stand.store.leaveTransaction(
        "UPDATE stored_snapshot SET dr_balance_minor = dr_balance_minor + 1")
      outcome = nil
    default:
      // Every other set is there.
      for (index, set) in try stand.reports.sets().enumerated() where index % 2 == 0 {
        try place.remove("\(name)/reports/\(set)")
      }
      outcome = nil
    }
    let expected: Int32 = ["quarantined", "unsettled"].contains(name) ? 1 : 0
    #expect(
      outcome.map { $0.exitCode == expected } ?? true, "\(name): \(outcome?.errors ?? "")")
  }
}

extension TestDirectory {
  func makeDirectory(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: path(name), withIntermediateDirectories: true)
  }

  func copy(_ name: String, to other: String) throws {
    try FileManager.default.copyItem(atPath: path(name), toPath: path(other))
  }
}
