import Foundation
import Glibc
import Testing

@Suite("Two runs at once")
struct TwoRunsTests {
  private static let date = "2026-01-05"
  private static let needingTheLock = ["close", "backfill", "report", "prune"]

  /// A place with one date closed.
  private func closed() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date)])
    #expect(try place.close(through: Self.date).exitCode == 0)
    return place
  }

  private func start(_ command: String, in place: TestDirectory, _ more: String...) throws
    -> TieoutProcess
  {
    let words =
      switch command {
      case "backfill": ["backfill", "--from", Self.date, "--to", Self.date]
      case "prune": ["prune", "--before", Self.date]
      default: [command, "--date", Self.date]
      }
    let places = ["--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite"]
    return try TieoutProcess(words + places + ["--reports", "reports"] + more, in: place)
  }

  /// Holds the store's lock, as another run would, for as long as the body takes.
  private func holdingLock(_ place: TestDirectory, _ body: () throws -> Void) throws {
    let descriptor = open(place.path("books.sqlite.lock"), O_RDWR | O_CLOEXEC)
    #expect(descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    defer { close(descriptor) }
    try body()
  }

  @Test("the second ends with 75 at once", arguments: needingTheLock)
  func secondRunExitsWith75(command: String) throws {
    let place = try closed()
    try holdingLock(place) {
      let outcome = try start(command, in: place).wait()
      #expect(outcome.exitCode == 75)
      #expect(outcome.errors.contains("books.sqlite.lock") && outcome.errors.contains("--wait"))
    }
    #expect(try start(command, in: place).wait().exitCode == 0)
  }

  @Test("the second waits if it is told to, and says so", arguments: needingTheLock)
  func secondRunWaitsIfAsked(command: String) throws {
    let place = try closed()
    var second: TieoutProcess?
    try holdingLock(place) {
      second = try start(command, in: place, "--wait")
      // However long it takes to start on a busy machine.
      for _ in 0..<3000 where second?.errorsSoFar.contains("waiting") == false { usleep(10_000) }
      usleep(50_000)
      #expect(second?.isRunning == true)
    }
    let outcome = try second?.wait()
    #expect(outcome?.exitCode == 0, "\(outcome?.errors ?? "")")
    #expect(outcome?.errors.contains("waiting for another run to end") == true)
  }

  @Test("reading needs no lock: verify, status, balance, backup, and every --dry-run")
  func readersNeedNoLock() throws {
    let place = try closed()
    let store = ["--store", "books.sqlite"]
    let sources = ["--exports", "exports", "--chart", "chart.csv"]
    try holdingLock(place) {
      for words in [
        ["verify", "--exports", "exports"], ["status"],
        ["balance", "--tenant", TestDirectory.tenant],
        ["backup", "--to", "copy.sqlite"], ["prune", "--before", Self.date, "--dry-run"],
        ["backfill", "--from", Self.date, "--to", Self.date, "--dry-run"] + sources,
      ] {
        let outcome = try TieoutProcess(words + store, in: place).wait()
        #expect(outcome.exitCode == 0, "\(words[0]): \(outcome.errors)")
      }
    }
  }

  @Test("of which both write backups to one directory: the second ends with 75, and spoils nothing")
  func secondBackupToADirectoryExitsWith75() throws {
    let place = try closed()
    try place.makeDirectory("backups")
    try place.write("backups/copy.sqlite.partial", "what another run is writing")
    let words = ["backup", "--store", "books.sqlite", "--to", "backups/copy.sqlite"]
    let descriptor = open(place.path("backups"), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    #expect(descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0)
    let refused = try TieoutProcess(words, in: place).wait()
    #expect(refused.exitCode == 75, "\(refused.errors)")
    #expect(try place.text("backups/copy.sqlite.partial") == "what another run is writing")
    close(descriptor)
    #expect(try TieoutProcess(words, in: place).wait().exitCode == 0)
    #expect(try place.names("backups") == ["copy.sqlite"])
  }

  @Test("one that waits goes on when the one that holds the lock is killed, and closes the same")
  func waitingRunContinuesAfterTheHolderIsKilled() throws {
    let ledger = try CampaignLedger(tenants: 2, last: "2026-01-08", dates: 8, entries: 150)
    let proof = try CampaignProof(.close, ledger)
    let stand = try ledger.stand(for: .close)
    let first = try ledger.run(.close, on: stand)
    while !ledger.place.exists("\(stand.name)/books.sqlite") && first.isRunning { usleep(200) }
    let words =
      CampaignCommand.close.arguments(last: ledger.last, tenant: ledger.tenant) + ["--wait"]
    let second = try stand.start(words, exports: "exports")
    usleep(20_000)
    first.kill()
    _ = try first.wait()
    let outcome = try second.wait()
    #expect(outcome.exitCode == 0, "\(outcome.errors)")
    try proof.expectFinished(stand, "after a killed holder")
  }

  @Test("many that wait end one after the other, and close every date once")
  func waitingRunsCloseEveryDateOnce() throws {
    let ledger = try CampaignLedger(tenants: 1, last: "2026-01-04", dates: 4, entries: 30)
    let proof = try CampaignProof(.close, ledger)
    let stand = try ledger.stand(for: .close)
    let words =
      CampaignCommand.close.arguments(last: ledger.last, tenant: ledger.tenant) + ["--wait"]
    let runs = try (1...5).map { _ in try stand.start(words, exports: "exports") }
    #expect(try runs.map { try $0.wait().exitCode } == [0, 0, 0, 0, 0])
    try proof.expectFinished(stand, "after five runs at once")
  }
}
