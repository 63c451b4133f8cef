import Foundation
import LedgerDomain
import Reports
import Testing

@Suite("The newest report set")
struct NewestReportSetTests {
  private let tenant = SampleRecord.record().header.tenant

  @Test("is the last one by date, whichever of its files are left")
  func newest() throws {
    let sample = SampleRecord()
    #expect(try ReportSet.newest(of: tenant, below: sample.root) == nil)
    let set = try sample.write()
    #expect(try ReportSet.newest(of: tenant, below: sample.root)?.path == set)
    for (date, file) in [
      ("2026-02-01", "reconciliation.json"), ("2026-02-02", "notes.txt"),
      ("2026-02-30", "SHA256SUMS"),
      (".2026-03-01.new", "SHA256SUMS"), ("=2026-03-01", "SHA256SUMS"),
    ] {
      let directory = "\(sample.root)/\(tenant)/\(date)"
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
      try Data().write(to: URL(fileURLWithPath: "\(directory)/\(file)"))
    }
    let newest = try #require(try ReportSet.newest(of: tenant, below: sample.root))
    #expect(newest.date == BusinessDate("2026-02-01"))
    #expect(newest.path == "\(sample.root)/\(tenant)/2026-02-01")
    let other = TenantID(LedgerUUID(high: 9, low: 9))
    #expect(try ReportSet.newest(of: other, below: sample.root) == nil)
  }

  @Test("is unknown if the directory cannot be listed, not missing")
  func unreadable() throws {
    let sample = SampleRecord()
    try FileManager.default.createDirectory(
      atPath: sample.root, withIntermediateDirectories: true)
    // A link to itself cannot be opened by anybody.
    try FileManager.default.createSymbolicLink(
      atPath: "\(sample.root)/\(tenant)", withDestinationPath: "\(tenant)")
    #expect(throws: ReportError.self) { try ReportSet.newest(of: tenant, below: sample.root) }
  }
}
