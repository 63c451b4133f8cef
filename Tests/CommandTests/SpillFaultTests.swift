import Foundation
import Testing

/// Part of the campaign of faults, since a date whose identifiers go to disk takes its time.
@Suite(
  "A date whose identifiers cannot be put aside",
  .enabled(if: CampaignSize.number("TIEOUT_FAULTS", otherwise: 0) > 100, "only in the long run"),
  .serialized)
struct SpillFaultTests {
  private static let entries = 500_000

  /// One date that outgrows the memory, and a store that has its tables but no close.
  private func ledger() throws -> TestDirectory {
    let place = try TestDirectory()
    let demo = try place.tieout(
      "demo", "--out", ".", "--tenants", "1", "--dates", "1", "--entries",
      "\(Self.entries)",
      "--parts", "1", "--no-defects", "--compression", "1")
    #expect(demo.exitCode == 0)
    return place
  }

  private func close(
    _ place: TestDirectory, store: String, date: String = "2026-01-01", launcher: [String] = []
  ) throws -> CommandOutcome {
    let words = [
      "close", "--job", "job.yaml", "--store", store, "--reports", store + "-reports",
      "--memory-limit", "80MiB", "--date", date,
    ]
    return try TieoutProcess(words, in: place, launcher: launcher).wait()
  }

  private func expectNothingClosed(
    _ outcome: CommandOutcome, _ store: StoreReader, _ attempt: String
  ) throws {
    #expect(outcome.exitCode == 2, "\(attempt): \(outcome.errors)")
    #expect(
      outcome.output.contains("cannot spill entries or loans"), "\(attempt): \(outcome.output)")
    #expect(try store.faults() == [] && store.rows("SELECT 1 FROM close_run") == [], "\(attempt)")
  }

  @Test(
    "since writing fails, is not closed, and the next run closes it",
    .enabled(if: FaultInjection.isPossible(), "strace cannot trace here"))
  func failedWriteDoesNotCloseTheDate() throws {
    let place = try ledger()
    _ = try close(place, store: "books.sqlite", date: "2025-12-31")
    let log = place.path("calls")
    let undisturbed = try close(
      place, store: "undisturbed.sqlite", launcher: FaultInjection.tracing(into: log))
    #expect(undisturbed.exitCode == 0, "\(undisturbed.errors)")
    let writes = try FaultInjection.points(in: log, below: place.directory)
      .filter { $0.call == "pwrite64" && $0.path.hasPrefix(".tieout-spill") }.count
    #expect(writes > 10)
    for number in [1, 2, writes / 2, writes] {
      for error in ["ENOSPC", "EIO"] {
        // Before the date is read no thread writes but the one that puts entries aside.
        let outcome = try close(
          place, store: "books.sqlite",
          launcher: [
            "/usr/bin/env", "strace", "-f", "-o", log, "-e", "trace=pwrite64", "-e",
            "inject=pwrite64:error=\(error):when=\(number)",
          ])
        try expectNothingClosed(
          outcome, place.store(), "write \(number) of \(writes): \(error)")
      }
    }
    #expect(try close(place, store: "books.sqlite").exitCode == 0)
    #expect(try place.store().books() == place.store("undisturbed.sqlite").books())
    CampaignSize.say("spill: 8 faults of \(writes) writes, each exit 2")
  }

  @Test(
    "since the disk has no room, or no name left, is not closed, and the next run closes it",
    .enabled(if: SmallDisk.isPossible(), "no file system can be mounted here"),
    arguments: [SmallDisk.Limit.size("3m"), .namesInUse])
  func fullDiskDoesNotCloseTheDate(limit: SmallDisk.Limit) throws {
    let place = try ledger()
    let disk = try SmallDisk(place, size: "64m")
    _ = try close(place, store: "disk/books.sqlite", date: "2025-12-31")
    disk.limit(limit)
    let outcome = try close(place, store: "disk/books.sqlite")
    try expectNothingClosed(outcome, place.store("disk/books.sqlite"), "\(limit)")
    disk.remount("size=64m,nr_inodes=1000")
    #expect(try close(place, store: "disk/books.sqlite").exitCode == 0)
    #expect(try place.store("disk/books.sqlite").faults() == [])
  }
}
