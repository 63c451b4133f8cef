import Foundation
import Glibc
import Testing

@Suite("Run metrics")
struct MetricsTests {
  private static let date = "2026-01-05"

  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(
      Self.date, [TestDirectory.entry(1, on: Self.date)], part: "part-00000.ndjson.gz")
    return place
  }

  private func close(_ place: TestDirectory, through date: String = MetricsTests.date) throws
    -> Int32
  {
    try place.close(through: date, "--metrics-file", "tieout.prom").exitCode
  }

  /// The value of a metric with these labels.
  private func value(_ name: String, _ place: TestDirectory) throws -> Double? {
    try place.text("tieout.prom").split(separator: "\n").first { $0.hasPrefix(name + " ") }
      .flatMap { Double($0.dropFirst(name.count + 1)) }
  }

  @Test("describe a run that ties out and how far books are closed")
  func successfulRunIsMeasured() throws {
    let place = try place()
    #expect(try close(place) == 0)
    let now = Date().timeIntervalSince1970
    let tenant = "tenant_id=\"\(TestDirectory.tenant)\""
    #expect(try value("tieout_run_exit_code", place) == 0)
    #expect(try value("tieout_run_closes", place) == 1)
    #expect(try value("tieout_run_records", place) == 1)
    let bytes = try place.bytes("\(TestDirectory.dateDirectory(Self.date))/part-00000.ndjson.gz")
      .count
    #expect(try value("tieout_run_part_bytes", place) == Double(bytes))
    for name in ["completion", "success"] {
      let when = try #require(try value("tieout_last_\(name)_timestamp_seconds", place))
      #expect(abs(when - now) < 60)
    }
    // 2026-01-06 00:00 UTC, when the date was over.
    #expect(try value("tieout_closed_through_timestamp_seconds{\(tenant)}", place) == 1_767_657_600)
    let age = try #require(try value("tieout_closed_through_age_seconds{\(tenant)}", place))
    #expect(abs(age - (now - 1_767_657_600)) < 60)
    #expect(try value("tieout_tie_out_status{\(tenant),check=\"rollforward\"}", place) == 0)
    #expect(try value("tieout_tie_out_status{\(tenant),check=\"bank_reconciliation\"}", place) == 2)
    for stage in ["plan", "read", "close", "commit"] {
      let name = "tieout_run_stage_busy_seconds{stage=\"\(stage)\"}"
      #expect(try #require(try value(name, place)) > 0, "\(stage)")
    }
  }

  @Test("count findings by code, keep the last success, and mark stopped tenants")
  func laterRunsKeepLastSuccess() throws {
    let place = try place()
    #expect(try close(place) == 0)
    let success = try value("tieout_last_success_timestamp_seconds", place)
    sleep(1)
    try place.export("2026-01-06", [TestDirectory.entry(1, on: "2026-01-06", debit: "9999")])
    #expect(try close(place, through: "2026-01-06") == 1)
    #expect(try value("tieout_run_quarantined_records{code=\"unknown_account\"}", place) == 1)
    #expect(try value("tieout_run_quarantined_records{code=\"unbalanced\"}", place) == 0)
    #expect(try value("tieout_last_success_timestamp_seconds", place) == success)
    let completion = try value("tieout_last_completion_timestamp_seconds", place)
    #expect(try #require(completion) > (success ?? 0))
    #expect(try close(place, through: "2026-01-07") == 2)
    #expect(try value("tieout_run_exit_code", place) == 2)
    #expect(try value("tieout_last_completion_timestamp_seconds", place) == completion)
    #expect(
      try value("tieout_tenant_stopped{tenant_id=\"\(TestDirectory.tenant)\"}", place) == 1)
  }

  @Test("are written for an invalid job, but not while another run holds the lock")
  func invalidJobIsMeasuredButLockedRunIsNot() throws {
    let place = try place()
    let wrong = try place.close(
      through: "yesterday", "--metrics-file", "tieout.prom")
    #expect(wrong.exitCode == 64)
    #expect(try value("tieout_run_exit_code", place) == 64)
    let lock = open(place.path("books.sqlite.lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    defer { Glibc.close(lock) }
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    #expect(try close(place) == 75)
    #expect(try value("tieout_run_exit_code", place) == 64)
  }

  @Test("leave no draft, and change no exit code if the file cannot be written")
  func unwritableFileIsOnlyLogged() throws {
    let place = try place()
    #expect(try close(place) == 0)
    #expect(try place.names("").filter { $0.contains("prom") } == ["tieout.prom"])
    let outcome = try place.close(through: Self.date, "--metrics-file", "nowhere/tieout.prom")
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors.contains("nowhere/tieout.prom") && outcome.errors.contains("warning"))
  }

  @Test("add up what several threads read")
  func threadsAreAddedUp() throws {
    let place = try TestDirectory()
    var bytes = 0
    for part in 0..<6 {
      let name = "part-0000\(part).ndjson.gz"
      let entries = (1...3000).map { TestDirectory.entry(part * 3000 + $0, on: Self.date) }
      try place.export(Self.date, entries, part: name)
      bytes += try place.bytes("\(TestDirectory.dateDirectory(Self.date))/\(name)").count
    }
    #expect(
      try place.close(through: Self.date, "--jobs", "4", "--metrics-file", "tieout.prom")
        .exitCode == 0)
    #expect(try value("tieout_run_part_bytes", place) == Double(bytes))
    #expect(try value("tieout_run_records", place) == 18_000)
    let read = try #require(try value("tieout_run_stage_busy_seconds{stage=\"read\"}", place))
    let whole = try #require(try value("tieout_run_duration_seconds", place))
    #expect(read > 0 && read < 4 * whole)
  }

  @Test("pass promtool", .enabled(if: MetricsTests.hasPromtool()))
  func pagePassesPromtool() throws {
    let place = try place()
    #expect(try close(place) == 0)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/promtool")
    process.arguments = ["check", "metrics"]
    process.standardInput = try FileHandle(
      forReadingFrom: URL(fileURLWithPath: place.path("tieout.prom")))
    let said = Pipe()
    process.standardError = said
    try process.run()
    let complaints = said.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0 && complaints.isEmpty)
  }

  static func hasPromtool() -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/promtool")
  }
}
