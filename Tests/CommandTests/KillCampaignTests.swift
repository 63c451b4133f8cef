import Foundation
import Glibc
import TestSupport
import Testing

/// Kills each command at moments spread over the time that it takes. `TIEOUT_KILLS` says how many
/// kills there are in all, `TIEOUT_SEED` which moments.
@Suite("A command that is killed", .serialized)
struct KillCampaignTests {
  private static let seed = CampaignSize.seed
  private static let kills = CampaignSize.number("TIEOUT_KILLS", otherwise: 12)

  /// Of how many kills the books, or the reports, were found as before, after, or between.
  private struct Tally {
    var before = 0
    var between = 0
    var after = 0

    mutating func count(isBefore: Bool, isAfter: Bool) {
      if isAfter { after += 1 } else if isBefore { before += 1 } else { between += 1 }
    }

    var text: String { "\(before) before, \(between) between, \(after) after" }
  }

  @Test(
    "leaves what a run commits, and is finished by running it again",
    arguments: CampaignCommand.allCases)
  func killedCommandIsFinishedByTheNextRun(command: CampaignCommand) throws {
    let kills = max(1, Self.kills / CampaignCommand.allCases.count)
    // More closes than a commit takes, where there is time for them.
    let hasCommits = kills > 10 && (command == .close || command == .backfill)
    let ledger =
      hasCommits
      ? try CampaignLedger(tenants: 2, last: "2026-05-15", dates: 135, entries: 5)
      : try CampaignLedger(tenants: 2, last: "2026-01-08", dates: 8, entries: 150)
    let proof = try CampaignProof(command, ledger)
    let microseconds = proof.end.microseconds
    var numbers = SeededNumbers(seed: Self.seed)
    var (books, reports, unkilled) = (Tally(), Tally(), 0)
    for kill in 0..<kills {
      let slice = microseconds / kills
      let delay = slice * kill + Int.random(in: 0...max(1, slice), using: &numbers)
      let attempt = "\(command) of seed \(Self.seed), kill \(kill) after \(delay) µs"
      let stand = try ledger.stand(for: command)
      let run = try ledger.run(command, on: stand)
      usleep(UInt32(delay))
      run.kill()
      if try run.wait().exitCode == proof.end.exitCode { unkilled += 1 }
      // The product is the first to open what was left: in turn by what makes it readable, and by what reads.
      if kill % 2 == 0 { try proof.expectRecovers(stand, attempt) }
      try proof.expectVerifies(stand, attempt)
      let (found, sets) = (try stand.store.books(), try stand.reports.closes())
      books.count(isBefore: found == proof.startBooks, isAfter: found == proof.end.books)
      reports.count(isBefore: sets == proof.startCloses, isAfter: sets == proof.end.closes)
      try proof.expectCommitted(stand, attempt)
      try proof.expectFinishes(stand, attempt)
      #expect(try stand.reports.drafts() == [], "\(attempt)")
      try ledger.place.remove(stand.name)
    }
    CampaignSize.say(
      "\(command): \(kills) kills over \(microseconds / 1000) ms, \(unkilled) too late; books "
        + "\(books.text); reports \(reports.text)")
  }
}
