import Foundation
import LedgerDomain
import Testing

@Suite("ISO 4217")
struct ISO4217Tests {
  private var knownCount: Int { ISO4217.minorUnitDigits.count { $0 != ISO4217.unknown } }

  /// The codes as they are written in the table's source.
  private func writtenCodes() throws -> [Substring] {
    let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/LedgerDomain/Amounts/ISO4217.swift")
    let text = try String(contentsOf: source, encoding: .utf8)
    let table = try #require(text.range(of: "let codesByDigits"))
    return text[table.upperBound...].split { !$0.isASCII || !$0.isLetter }
      .filter { $0.count == 3 && $0.allSatisfy(\.isUppercase) }
  }

  @Test(
    "currencies have the digits of their minor unit",
    arguments: [
      ("USD", 2), ("EUR", 2), ("GBP", 2), ("CHF", 2), ("CNY", 2), ("INR", 2), ("MXN", 2),
      ("BRL", 2), ("JPY", 0), ("KRW", 0), ("CLP", 0), ("VND", 0), ("ISK", 0), ("XOF", 0),
      ("XAF", 0), ("PYG", 0), ("UGX", 0), ("BHD", 3), ("IQD", 3), ("JOD", 3), ("KWD", 3),
      ("LYD", 3), ("OMR", 3), ("TND", 3), ("CLF", 4), ("UYW", 4), ("UYI", 0), ("XAU", 0),
      ("XXX", 0), ("XTS", 0), ("HUF", 2), ("IDR", 2), ("MRU", 2), ("MGA", 2), ("ZWG", 2),
    ])
  func currenciesHaveTheirDigits(code: String, digits: Int) {
    #expect(CurrencyCode(code)?.minorUnitDigits == digits)
  }

  @Test(
    "a code that ISO 4217 does not have has none", arguments: ["ZZZ", "ABC", "AAA", "BTC", "USB"])
  func unknownCodesHaveNoDigits(code: String) throws {
    let currency = try #require(CurrencyCode(code))
    #expect(currency.minorUnitDigits == nil)
  }

  @Test(
    "withdrawn codes are known, since a backfill closes their dates", arguments: ["DEM", "HRK"])
  func withdrawnCurrenciesAreKnown(code: String) {
    #expect(CurrencyCode(code)?.minorUnitDigits == 2)
  }

  @Test("every listed code is listed once and is in the table")
  func listIsComplete() throws {
    let codes = try writtenCodes()
    let repeated = Dictionary(grouping: codes) { $0 }.filter { $0.value.count > 1 }.keys
    #expect(repeated.isEmpty)
    #expect(codes.count == knownCount)
    #expect(codes.allSatisfy { CurrencyCode($0)?.minorUnitDigits != nil })
  }

  @Test("the table covers every code of three letters and nothing but 0 to 4 digits")
  func tableHasOneEntryPerCode() {
    #expect(ISO4217.minorUnitDigits.count == CurrencyCode.codeCount)
    #expect(ISO4217.minorUnitDigits.allSatisfy { $0 <= 4 || $0 == ISO4217.unknown })
    #expect(knownCount == 232)
  }
}
