import LedgerDomain
import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("Manifest")
struct ManifestTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func read(_ text: String) throws -> Manifest {
    let path = try folder.write(text, to: "manifest.json")
    return try Manifest.read(at: path, tenant: Sample.tenant, date: Sample.date)
  }

  private static func pair(_ currency: String, _ layer: EntryLayer) throws -> CurrencyLayer {
    CurrencyLayer(currency: try #require(CurrencyCode(currency)), layer: layer)
  }

  @Test("has every field read")
  func everyFieldIsRead() throws {
    let manifest = try read(
      """
      {"tenant_id": "\(Sample.tenantText)", "date": "2026-03-15",
       "entry_count": 12, "line_count": 25,
       "control_totals": [
         {"currency": "USD", "layer": "SETTLED", "dr_minor": 125000, "cr_minor": "125000"},
         {"currency": "EUR", "layer": "PENDING", "dr_minor": "0", "cr_minor": 7}],
       "parts": [
         {"file": "part-00001.ndjson.gz", "bytes": 1024, "entry_count": 12,
          "sha256": "01BA4719C80B6FE911B091A7C05124B64EEECE964E09C058EF8F9805DACA546B"},
         {"file": "part-00000.ndjson"}]}
      """)
    #expect(manifest.totals.entryCount == 12)
    #expect(manifest.totals.lineCount == 25)
    let settled = manifest.totals.controlTotals?[try Self.pair("USD", .settled)]
    #expect(settled?.debitMinor == 125_000)
    #expect(settled?.creditMinor == 125_000)
    let pending = manifest.totals.controlTotals?[try Self.pair("EUR", .pending)]
    #expect(pending?.debitMinor == 0)
    #expect(pending?.creditMinor == 7)
    #expect(manifest.totals.controlTotals?.count == 2)
    let parts = try #require(manifest.parts)
    #expect(parts.map(\.file) == ["part-00001.ndjson.gz", "part-00000.ndjson"])
    #expect(parts.map(\.bytes) == [1024, nil])
    #expect(parts.map(\.entryCount) == [12, nil])
    #expect(parts[0].sha256?.hasPrefix("01ba4719c80b6fe9") == true, "in lower case")
    #expect(parts[1].sha256 == nil)
  }

  @Test(
    "may leave everything out, also as null, and say more than is known",
    arguments: [
      "{}", "\r\n{ }\n", "{\"parts\":null,\"entry_count\":null,\"control_totals\":null}",
      "{\"exporter\":{\"version\":[1,2.5e3]},\"x\":\"\\ud83d\\ude00\"}",
    ])
  func everyFieldIsOptional(text: String) throws {
    let manifest = try read(text)
    #expect(manifest.totals.entryCount == nil)
    #expect(manifest.totals.lineCount == nil)
    #expect(manifest.totals.controlTotals == nil)
    #expect(manifest.parts == nil)
  }

  @Test("distinguishes empty lists from missing ones")
  func emptyListsDifferFromMissingOnes() throws {
    let manifest = try read("{\"parts\":[],\"control_totals\":[],\"entry_count\":0}")
    #expect(manifest.parts?.isEmpty == true)
    #expect(manifest.totals.controlTotals?.isEmpty == true)
    #expect(manifest.totals.entryCount == 0)
  }

  @Test(
    "has amounts of up to 128 bits, as numbers and as strings alike",
    arguments: [
      "0", "9007199254740993", "9223372036854775807", "9223372036854775808",
      "18446744073709551616", "123456789012345678901234567890",
      "170141183460469231731687303715884105727",
    ])
  func amountsOf128BitsAreRead(digits: String) throws {
    let amounts = "\"dr_minor\":\(digits),\"cr_minor\":\"\(digits)\""
    let manifest = try read(
      "{\"control_totals\":[{\"currency\":\"JPY\",\"layer\":\"ENCUMBRANCE\",\(amounts)}]}")
    let totals = try #require(
      manifest.totals.controlTotals?[try Self.pair("JPY", .encumbrance)])
    #expect(totals.debitMinor == Int128(digits))
    #expect(totals.creditMinor == Int128(digits))
  }

  @Test("may name the tenant in capitals")
  func tenantMayBeInCapitals() throws {
    let tenant = try #require(TenantID("AAAAAAAA-bbbb-4CCC-8ddd-EEEEEEEEEEEE"))
    let text = "{\"tenant_id\":\"AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE\"}"
    let path = try folder.write(text, to: "manifest.json")
    #expect(try Manifest.read(at: path, tenant: tenant, date: Sample.date).parts == nil)
  }

  @Test("must be readable")
  func missingManifestIsAnError() throws {
    let error = #expect(throws: ReadingError.self) {
      try Manifest.read(
        at: "\(folder.path)/none.json", tenant: Sample.tenant, date: Sample.date)
    }
    #expect(error?.code == .cannotOpen)
  }
}
