import LedgerDomain
import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("Export layout")
struct ExportLayoutTests {
  private static let other = "AAAAAAAA-bbbb-4CCC-8ddd-EEEEEEEEEEEE"
  private let folder: ScratchFolder
  private let layout: ExportLayout

  init() throws {
    folder = try ScratchFolder()
    layout = ExportLayout(root: folder.path)
  }

  @Test("finds tenants in either case, in the order of their ids")
  func tenantsAreSortedByID() throws {
    try folder.directory("tenant_id=\(Self.other)")
    try folder.directory("tenant_id=\(Sample.tenantText)")
    let (tenants, unexpectedEntries) = try layout.tenants()
    #expect(tenants.map(\.tenant.description) == [Sample.tenantText, Self.other.lowercased()])
    #expect(tenants.map(\.path).last == "\(folder.path)/tenant_id=\(Self.other)")
    #expect(unexpectedEntries == [])
  }

  @Test("ignores hidden names and files that cannot contain entries")
  func hiddenNamesAreIgnored() throws {
    for name in [".git", "_tmp", "_tenant_id=x", "tenant_id=\(Sample.tenantText)/_tmp"] {
      try folder.directory(name)
    }
    for name in ["README.md", ".part-00000.ndjson", "_SUCCESS"] {
      try folder.write("", to: name)
      try folder.write("", to: "tenant_id=\(Sample.tenantText)/\(name)")
    }
    let (tenants, unexpectedEntries) = try layout.tenants()
    #expect(tenants.map(\.tenant) == [Sample.tenant])
    #expect(unexpectedEntries == [])
    #expect(try layout.dates(inTenantDirectory: tenants[0].path) == [])
  }

  @Test(
    "reports directories among the tenants that are none",
    arguments: ["tenant_id=1234", "tenant_id=", "tenant=x", "date=2026-03-15", "TENANT_ID=x"])
  func unexpectedDirectoriesAreReported(name: String) throws {
    try folder.directory(name)
    let (tenants, unexpectedEntries) = try layout.tenants()
    #expect(tenants.isEmpty)
    #expect(unexpectedEntries.map(\.code) == [.invalidLayout])
    #expect(unexpectedEntries.first?.file == "\(folder.path)/\(name)")
  }

  @Test(
    "reports files among the tenants that could hold money",
    arguments: [
      "part-00000.ndjson", "x.ndjson.gz", "journal.gz", "part-7", "x.ndjson.bak",
      "tenant_id=\(Sample.tenantText)",
    ])
  func unexpectedFilesAreReported(name: String) throws {
    try folder.write("", to: name)
    let (tenants, unexpectedEntries) = try layout.tenants()
    #expect(tenants.isEmpty)
    #expect(unexpectedEntries.map(\.code) == [.invalidLayout])
  }

  @Test("takes one directory of a tenant that has two and reports the other")
  func secondDirectoryOfATenantIsReported() throws {
    try folder.directory("tenant_id=\(Self.other)")
    try folder.directory("tenant_id=\(Self.other.lowercased())")
    let (tenants, unexpectedEntries) = try layout.tenants()
    #expect(tenants.map(\.tenant) == [TenantID(Self.other)])
    #expect(
      unexpectedEntries.map(\.file) == ["\(folder.path)/tenant_id=\(Self.other.lowercased())"])
  }

  @Test("finds dates in order")
  func datesAreSorted() throws {
    for date in ["2026-03-15", "2024-02-29", "2026-02-28", "1999-12-31"] {
      try folder.directory("date=\(date)")
    }
    let dates = try layout.dates(inTenantDirectory: folder.path)
    #expect(
      dates.map(\.description) == ["1999-12-31", "2024-02-29", "2026-02-28", "2026-03-15"])
  }

  @Test(
    "stops at directories among the dates that are none",
    arguments: ["date=2026-02-29", "date=2026-3-15", "date=2026-03-15 ", "2026-03-15", "old"])
  func invalidDateDirectoryIsRefused(name: String) throws {
    try folder.directory("date=2026-03-15")
    try folder.directory(name)
    let error = #expect(throws: ReadingError.self) {
      try layout.dates(inTenantDirectory: folder.path)
    }
    #expect(error?.code == .invalidLayout)
    #expect(error?.file == "\(folder.path)/\(name)")
  }

  @Test(
    "stops at files among the dates that could hold money",
    arguments: ["part-00000.ndjson.gz", "date=2026-03-15", "x.ndjson"])
  func partAmongDatesIsRefused(name: String) throws {
    try folder.write("", to: name)
    let error = #expect(throws: ReadingError.self) {
      try layout.dates(inTenantDirectory: folder.path)
    }
    #expect(error?.code == .invalidLayout)
  }

  @Test("stops at a root that cannot be listed")
  func missingRootIsAnError() throws {
    let error = #expect(throws: ReadingError.self) {
      _ = try ExportLayout(root: "\(folder.path)/none").tenants()
    }
    #expect(error?.code == .cannotOpen)
    let file = try folder.write("", to: "file")
    #expect(throws: ReadingError.self) { try ExportLayout(root: file).tenants() }
  }
}
