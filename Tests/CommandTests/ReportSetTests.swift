import Foundation
import Testing

@Suite("Report sets of runs")
struct ReportSetTests {
  private static let always = [
    "reconciliation.json", "reconciliation.html", "trial-balance.csv", "rollforward.csv",
    "findings.csv",
  ]

  private func demo() throws -> TestDirectory {
    let place = try TestDirectory()
    _ = try place.tieout(
      "demo", "--all-defects", "--out", ".", "--tenants", "2", "--dates", "3", "--entries", "60")
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 1)
    return place
  }

  /// The directories of all sets, as the store has the closes.
  private func sets(_ place: TestDirectory) throws -> [String] {
    try place.store().rows(
      "SELECT 'reports/' || tenant_id || '/' || business_date FROM close_run ORDER BY close_id")
  }

  @Test("are complete, and contain only files listed in their sums")
  func setsAreComplete() throws {
    let place = try demo()
    let sets = try sets(place)
    #expect(sets.count == 6)
    for set in sets {
      let names = try place.names(set)
      #expect(Set(names).isSuperset(of: Self.always + ["SHA256SUMS"]))
      let summed = try place.text("\(set)/SHA256SUMS").split(separator: "\n").dropFirst()
        .map { String($0.drop { $0 != " " }.drop { $0 == " " }) }
      #expect(summed.sorted() == names.filter { $0 != "SHA256SUMS" })
    }
    let stored = try place.store().rows("SELECT DISTINCT tenant_id FROM close_run ORDER BY 1")
    #expect(try place.names("reports") == stored + ["index.html"])
    #expect(try place.names("reports/\(stored[0])").count == 3)
  }

  @Test("pass sha256sum --strict without a warning")
  func setsPassSHA256Sum() throws {
    let place = try demo()
    for set in try sets(place) {
      let (status, output) = try sha256sum(in: place.path(set))
      #expect(status == 0)
      #expect(output == "")
    }
    let set = try sets(place)[0]
    try place.write("\(set)/findings.csv", try place.text("\(set)/findings.csv") + " ")
    #expect(try sha256sum(in: place.path(set)).status != 0)
  }

  private func sha256sum(in directory: String) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  @Test("are byte-identical when the next run rewrites them")
  func rewrittenSetsAreIdentical() throws {
    let place = try demo()
    let files = try place.files("reports")
    let before = try files.map { try place.bytes("reports/\($0)") }
    try place.remove("reports")
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 1)
    #expect(try place.files("reports") == files)
    #expect(try files.map { try place.bytes("reports/\($0)") } == before)
  }

  @Test("are written later for closes of runs without --reports")
  func setsAreWrittenLater() throws {
    let place = try TestDirectory()
    for (number, date) in ["2026-01-05", "2026-01-06"].enumerated() {
      try place.export(date, [TestDirectory.entry(number, on: date)])
      #expect(try place.close(through: date).exitCode == 0)
    }
    #expect(!place.exists("reports"))
    try place.export("2026-01-07", [])
    #expect(try place.close(through: "2026-01-07", "--reports", "reports").exitCode == 0)
    #expect(try place.names("reports/\(TestDirectory.tenant)").count == 3)
  }

  @Test("that could not be written are written by the next run")
  func missingSetsAreWrittenByNextRun() throws {
    let place = try TestDirectory()
    for (number, date) in ["2026-01-05", "2026-01-06", "2026-01-07"].enumerated() {
      try place.export(date, [TestDirectory.entry(number, on: date)])
    }
    #expect(try place.close(through: "2026-01-07").exitCode == 0)
    let obstacle = "reports/\(TestDirectory.tenant)/.2026-01-05.new"
    try place.write(obstacle, "a file where the draft should be")
    let outcome = try place.close(through: "2026-01-07", "--reports", "reports")
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains(obstacle))
    try place.remove(obstacle)
    #expect(try place.close(through: "2026-01-07", "--reports", "reports").exitCode == 0)
    #expect(
      try place.names("reports/\(TestDirectory.tenant)") == [
        "2026-01-05", "2026-01-06", "2026-01-07",
      ])
  }

  @Test("leave no drafts")
  func setsLeaveNoDrafts() throws {
    let place = try demo()
    let tenants = try place.reportedTenants()
    for tenant in tenants {
      let names = try place.names("reports/\(tenant)")
      #expect(names == ["2026-01-01", "2026-01-02", "2026-01-03"])
    }
  }

  @Test("that cannot be written fail the run, but the close is kept")
  func unwritableSetFailsRun() throws {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05")])
    try place.write("reports", "a file where the directory should be")
    let outcome = try place.close(through: "2026-01-05", "--reports", "reports")
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("reports"))
    #expect(try place.store().closes() == ["2026-01-05,closed"])
    try place.remove("reports")
    #expect(try place.close(through: "2026-01-05", "--reports", "reports").exitCode == 0)
    #expect(place.exists("reports/\(TestDirectory.tenant)/2026-01-05/SHA256SUMS"))
  }
}
