import Foundation
import Glibc
import Testing

@Suite("Doctor")
struct DoctorTests {
  struct Report: Decodable {
    struct Finding: Decodable {
      let subject: String
      let level: String
      let message: String
      let remedy: String?
    }
    let exit_code: Int32
    let findings: [Finding]

    func levels(_ subject: String) -> [String] {
      findings.filter { $0.subject == subject }.map(\.level)
    }
    /// The most serious level, apart from the clock, which a test cannot synchronise.
    var worst: String {
      let levels = findings.filter { $0.subject != "clock" }.map(\.level)
      return ["error", "warning", "note"].first(where: levels.contains) ?? "fine"
    }
  }

  private static let date = "2026-01-05"

  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(Self.date, [TestDirectory.entry(1, on: Self.date)])
    try place.write(
      "job.yaml",
      """
      exports: exports
      chart: chart.csv
      store: books.sqlite
      reports: reports
      date: \(Self.date)

      """)
    return place
  }

  private func examine(
    _ place: TestDirectory, _ more: [String] = [], launcher: [String] = []
  ) throws -> Report {
    let outcome = try TieoutProcess(
      ["doctor", "--job", "job.yaml", "--json"] + more, in: place, launcher: launcher
    ).wait()
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    #expect(outcome.exitCode == report.exit_code, "\(outcome.errors)")
    return report
  }

  @Test("reports no problem before and after the first close")
  func healthyJobHasNoProblems() throws {
    let place = try place()
    let before = try examine(place)
    #expect(before.worst == "note" && before.exit_code < 2)
    #expect(before.levels("books") == ["note"])
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 0)
    let after = try examine(place)
    #expect(after.worst == "note" && after.exit_code < 2)
    #expect(after.levels("books") == ["fine"] && after.levels("lock") == ["fine"])
    for subject in ["sqlite", "store", "traits", "clock", "time_zone", "job", "exports", "chart"] {
      #expect(!after.levels(subject).isEmpty, "\(subject)")
    }
  }

  @Test("gives a remedy for every warning and error")
  func warningsAndErrorsHaveRemedies() throws {
    let place = try place()
    try place.write("job.yaml", try place.text("job.yaml") + "storr: x\nmetrics_file: m/a.txt\n")
    try place.remove("exports")
    let report = try examine(place)
    let grave = report.findings.filter { ["warning", "error"].contains($0.level) }
    #expect(report.exit_code == 2 && grave.count >= 4)
    #expect(grave.allSatisfy { $0.remedy?.isEmpty == false })
    #expect(report.levels("job") == ["error"] && report.levels("exports") == ["error"])
  }

  @Test("changes nothing")
  func doctorChangesNothing() throws {
    let place = try place()
    _ = try examine(place)
    let left = try place.names("").filter { !$0.hasPrefix(".") }
    #expect(left == ["chart.csv", "exports", "job.yaml"])
  }

  @Test("reports a held lock and a damaged store")
  func heldLockAndDamagedStoreAreReported() throws {
    let place = try place()
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 0)
    let lock = open(place.path("books.sqlite.lock"), O_RDWR | O_CLOEXEC)
    #expect(flock(lock, LOCK_EX | LOCK_NB) == 0)
    let held = try examine(place)
    close(lock)
    #expect(held.levels("lock") == ["warning"] && held.exit_code == 1)
    let message = held.findings.first { $0.subject == "lock" }?.message ?? ""
    #expect(message.contains("process \(getpid())"), "\(message)")
    try place.write("books.sqlite", String(repeating: "no store ", count: 1000))
    let damaged = try examine(place)
    #expect(damaged.levels("books") == ["error"] && damaged.exit_code == 2)
  }

  @Test(
    "refuses a network file system, as the close does", .enabled(if: FaultInjection.isPossible()))
  func networkFileSystemIsRefused() throws {
    let place = try place()
    // What the kernel says of the file system is replaced by NFS's number.
    let launcher = [
      "/usr/bin/env", "strace", "-f", "-o", "/dev/null", "-e", "trace=statfs", "-e",
      "inject=statfs:poke_exit=@arg2=6969000000000000",
    ]
    let report = try examine(place, launcher: launcher)
    #expect(report.exit_code == 2)
    let finding = report.findings.first { $0.subject == "store" && $0.level == "error" }
    #expect(finding?.message.contains("(nfs)") == true)
    let outcome = try TieoutProcess(
      ["close", "--job", "job.yaml"], in: place, launcher: launcher
    ).wait()
    #expect(outcome.exitCode == 2)
    #expect(outcome.errors.contains("[network_file_system]"))
    #expect(outcome.errors.contains("local disk"))
    #expect(!place.exists("books.sqlite") && !place.exists("books.sqlite.lock"))
  }

  @Test("reports a full disk", .enabled(if: SmallDisk.isPossible()))
  func fullDiskIsReported() throws {
    let place = try place()
    let disk = try SmallDisk(place, size: "8m")
    let report = try examine(place, ["--store", "\(disk.path)/books.sqlite"])
    #expect(report.exit_code == 2)
    #expect(report.levels("store").contains("error"))
    // A file system in memory is lost at the next restart.
    #expect(report.levels("store").contains("warning"))
  }
}
