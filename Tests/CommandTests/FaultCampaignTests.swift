import Foundation
import TestSupport
import Testing

/// Has the calls that touch the store, its journal, its lock and the reports fail, one after the
/// other. `TIEOUT_FAULTS` says how many of each command's (`all` for all), `TIEOUT_SEED` which.
@Suite("A command one of whose calls fails", .serialized)
struct FaultCampaignTests {
  private static let seed = CampaignSize.seed
  private static let faults = CampaignSize.number("TIEOUT_FAULTS", otherwise: 4)

  /// Errors, each with whether the calls after the first fail too.
  private static let kinds = [
    ("EIO", false), ("ENOSPC", true), ("ENOSPC", false), ("EIO", true),
  ]

  /// What the system or SQLite calls the fault; SQLite opens for reading what it cannot for writing.
  private static let causes = [
    "Input/output error", "No space left on device", "disk I/O error", "disk is full",
    "unable to open database file", "readonly database",
  ]

  /// What became of the faults of one command.
  private struct Tally {
    var exitCodes: [String: [Int32: Int]] = [:]
    var harmless: [String: Int] = [:]
    var missed = 0

    var text: String {
      exitCodes.sorted { $0.key < $1.key }.map { call, codes in
        let counts = codes.sorted { $0.key < $1.key }.map { "\($0.value) × exit \($0.key)" }
        return "\n  \(call): \(counts.joined(separator: ", "))"
      }.joined()
        + harmless.sorted { $0.key < $1.key }
        .map { "\n  harmless: \($0.key) (\($0.value))" }.joined()
    }
  }

  @Test(
    "tells the cause, publishes nothing by halves, and is finished by running it again",
    .enabled(if: FaultInjection.isPossible(), "strace cannot trace here"),
    arguments: CampaignCommand.allCases)
  func failingCallLeavesNothingHalfPublished(command: CampaignCommand) throws {
    let ledger = try CampaignLedger(tenants: 1, last: "2026-01-03", dates: 3, entries: 20)
    let proof = try CampaignProof(command, ledger)
    var tally = Tally()
    let points = try points(of: command, ledger)
    for point in points.prefix(Self.faults) {
      try fail(point, proof, &tally)
    }
    CampaignSize.say(
      "\(command): \(min(Self.faults, points.count)) faults of \(points.count), \(tally.missed) not "
        + "reached\(tally.text)")
  }

  /// Every call, failing once and from then on, in an order that the seed gives; a close with either
  /// error both ways.
  private func points(
    of command: CampaignCommand, _ ledger: CampaignLedger
  ) throws -> [FaultPoint] {
    let stand = try ledger.stand(for: command)
    let log = ledger.place.path("calls")
    let outcome = try ledger.run(
      command, on: stand, launcher: FaultInjection.tracing(into: log)
    ).wait()
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    var numbers = SeededNumbers(seed: Self.seed)
    return try FaultInjection.points(in: log, below: stand.directory).flatMap { point in
      Self.kinds.prefix(command == .close ? 4 : 2).map { error, persists in
        var point = point
        (point.error, point.isPersistent) = (error, persists)
        return point
      }
    }.shuffled(using: &numbers)
  }

  private func fail(
    _ point: FaultPoint, _ proof: CampaignProof, _ tally: inout Tally
  ) throws {
    let (command, place) = (proof.command, proof.ledger.place)
    let attempt = "\(command), \(point)"
    let stand = try proof.ledger.stand(for: command)
    let log = place.path("injected")
    let outcome = try proof.ledger.run(
      command, on: stand,
      launcher: FaultInjection.injecting(point, in: stand.directory, log: log)
    ).wait()
    guard try place.text("injected").contains("INJECTED") else {
      tally.missed += 1
      return try place.remove(stand.name)
    }
    tally.exitCodes[point.call, default: [:]][outcome.exitCode, default: 0] += 1
    if outcome.exitCode == proof.end.exitCode {
      tally.harmless["\(point.call) of '\(point.path)'", default: 0] += 1
      #expect(
        !point.isSync || isPassedOver(point, command), "\(attempt): a failed sync is passed over")
      try proof.expectFinished(stand, attempt)
    } else {
      let said = outcome.errors + outcome.output
      #expect(outcome.exitCode == 2, "\(attempt): \(said)")
      #expect(Self.causes.contains { said.contains($0) }, "\(attempt): \(said)")
      try proof.expectVerifies(stand, attempt)
      try proof.expectCommitted(stand, attempt)
    }
    try proof.expectFinishes(stand, attempt)
    try place.remove(stand.name)
  }

  /// SQLite passes over a directory that could not be synced when a journal was begun. When the
  /// journal is gone the directory is synced again, by fsync for a backup, and that is not passed over.
  private func isPassedOver(_ point: FaultPoint, _ command: CampaignCommand) -> Bool {
    guard point.path.isEmpty && point.call == "fdatasync" else { return false }
    return command == .backup || (!point.isPersistent && point.number % 2 == 1)
  }
}
