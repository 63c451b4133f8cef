import LedgerDomain
import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("Invalid manifests")
struct InvalidManifestTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// The error that reading the text as this date's manifest gives.
  private func fault(_ text: some Sequence<UInt8>) throws -> ReadingError? {
    let path = try folder.write(text, to: "manifest.json")
    do {
      _ = try Manifest.read(at: path, tenant: Sample.tenant, date: Sample.date)
      return nil
    } catch {
      return error
    }
  }

  private func fault(_ text: String) throws -> ReadingError? { try fault(text.utf8) }

  @Test(
    "are not JSON",
    arguments: [
      ("", 0), (" \n", 2), ("{", 1), ("{}}", 2), ("{\"parts\":[],}", 12), ("\u{FEFF}{", 4),
      ("{'date':1}", 1), ("{\"entry_count\":01}", 16), ("{\"parts\":[1,]}", 12),
      ("{\"date\":\"\t\"}", 8), ("// x\n{}", 0), ("{\"entry_count\":NaN}", 15),
    ])
  func invalidJSONIsRefused(text: String, byteOffset: Int) throws {
    let error = try #require(try fault(text))
    #expect(error.code == .invalidManifest)
    #expect(error.file == "manifest.json")
    #expect(error.byteOffset == byteOffset)
    #expect(error.message.hasPrefix("is not valid JSON: "))
  }

  @Test("are not UTF-8")
  func invalidUTF8IsRefused() throws {
    #expect(try fault([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D])?.code == .invalidManifest)
    #expect(try fault([0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00])?.code == .invalidManifest)
  }

  @Test(
    "say one thing twice",
    arguments: [
      "{\"entry_count\":1,\"entry_count\":1}", "{\"date\":null,\"\\u0064ate\":\"2026-03-15\"}",
      "{\"parts\":[{\"file\":\"a.ndjson\",\"file\":\"b.ndjson\"}]}",
      "{\"x\":{\"y\":1,\"y\":2}}",
    ])
  func repeatedNamesAreRefused(text: String) throws {
    let error = try fault(text)
    #expect(error?.code == .invalidManifest)
    #expect(error?.message.contains("repeats a name") == true)
  }

  @Test("list a part twice")
  func repeatedPartIsRefused() throws {
    let error = try fault("{\"parts\":[{\"file\":\"a.ndjson\"},{\"file\":\"a.ndjson\"}]}")
    #expect(error?.code == .invalidManifest)
    #expect(error?.message.contains("lists a part twice") == true)
  }

  @Test("total one currency and layer twice")
  func repeatedControlTotalIsRefused() throws {
    let total = "{\"currency\":\"USD\",\"layer\":\"SETTLED\",\"dr_minor\":1,\"cr_minor\":1}"
    let error = try fault("{\"control_totals\":[\(total),\(total)]}")
    #expect(error?.message.contains("USD SETTLED twice") == true)
  }

  @Test(
    "are another tenant's or date's",
    arguments: [
      "{\"tenant_id\":\"11111111-2222-3333-4444-555555555556\"}", "{\"tenant_id\":\"\"}",
      "{\"tenant_id\":\"11111111222233334444555555555555\"}", "{\"date\":\"2026-03-16\"}",
      "{\"date\":\"2026-3-15\"}", "{\"date\":\"20260315\"}", "{\"date\":\"\"}",
    ])
  func manifestOfAnotherTenantOrDateIsRefused(text: String) throws {
    let error = try fault(text)
    #expect(error?.code == .invalidManifest)
    #expect(error?.message.contains("cannot be used: it belongs to ") == true)
  }

  @Test(
    "have fields of a wrong kind",
    arguments: [
      "[]", "null", "1", "\"x\"", "{\"tenant_id\":1}", "{\"date\":20260315}",
      "{\"entry_count\":\"12\"}", "{\"entry_count\":1.5}", "{\"entry_count\":true}",
      "{\"line_count\":[]}", "{\"line_count\":9223372036854775808}", "{\"parts\":{}}",
      "{\"parts\":[\"part-00000.ndjson\"]}", "{\"parts\":[{}]}", "{\"parts\":[{\"file\":null}]}",
      "{\"parts\":[{\"file\":\"a.ndjson\",\"bytes\":\"1\"}]}",
      "{\"parts\":[{\"file\":\"a.ndjson\",\"sha256\":1}]}",
      "{\"control_totals\":{}}", "{\"control_totals\":[{}]}",
    ])
  func wrongTypesAreRefused(text: String) throws {
    #expect(try fault(text)?.code == .invalidManifest)
  }

  @Test("are reported with the missing or wrong field")
  func errorNamesTheField() throws {
    let missing = try fault("{\"parts\":[{\"file\":\"a.ndjson\"},{\"bytes\":1}]}")
    #expect(missing?.message.contains("parts[1] has no file") == true)
    let wrong = try fault("{\"parts\":[{\"file\":\"a.ndjson\",\"bytes\":\"1\"}]}")
    #expect(wrong?.message.contains("parts[0].bytes has the wrong type") == true)
  }

  @Test(
    "count less than nothing",
    arguments: [
      "{\"entry_count\":-1}", "{\"line_count\":-1}",
      "{\"parts\":[{\"file\":\"a.ndjson\",\"bytes\":-1}]}",
      "{\"parts\":[{\"file\":\"a.ndjson\",\"entry_count\":-1}]}",
    ])
  func negativeCountsAreRefused(text: String) throws {
    #expect(try fault(text)?.code == .invalidManifest)
  }

  @Test(
    "have totals that are no amounts",
    arguments: [
      "-1", "\"-1\"", "\"+1\"", "1.5", "\"1.5\"", "\"\"", "\" 1\"", "\"1 \"", "\"0x1\"", "null",
      "true", "[1]", "\"1,000\"", "170141183460469231731687303715884105728",
      "\"170141183460469231731687303715884105728\"", "\"\u{661}\"",
    ])
  func invalidAmountsAreRefused(amount: String) throws {
    let pair = "\"currency\":\"USD\",\"layer\":\"SETTLED\""
    let debit = "{\"control_totals\":[{\(pair),\"dr_minor\":\(amount),\"cr_minor\":1}]}"
    let credit = "{\"control_totals\":[{\(pair),\"dr_minor\":1,\"cr_minor\":\(amount)}]}"
    #expect(try fault(debit)?.code == .invalidManifest)
    #expect(try fault(credit)?.code == .invalidManifest)
  }

  @Test(
    "have totals of no currency or layer",
    arguments: [("usd", "SETTLED"), ("US", "SETTLED"), ("USD", "settled"), ("USD", "")])
  func unknownCurrencyOrLayerIsRefused(currency: String, layer: String) throws {
    let pair = "\"currency\":\"\(currency)\",\"layer\":\"\(layer)\""
    let error = try fault("{\"control_totals\":[{\(pair),\"dr_minor\":1,\"cr_minor\":1}]}")
    #expect(error?.code == .invalidManifest)
  }
}
