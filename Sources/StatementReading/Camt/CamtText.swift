import LedgerDomain

/// The text of an element, and the currency that it is marked with.
struct CamtText {
  /// Without white space at its ends.
  private let bytes: ArraySlice<UInt8>
  private let currency: [UInt8]?

  init(_ text: [UInt8], currency: [UInt8]?) {
    var bytes = text[...]
    while let first = bytes.first, XMLCharacters.isSpace(first) { bytes.removeFirst() }
    while let last = bytes.last, XMLCharacters.isSpace(last) { bytes.removeLast() }
    self.bytes = bytes
    self.currency = currency
  }

  var isEmpty: Bool { bytes.isEmpty }

  /// The text in one line.
  var string: String {
    var isSpaced = false
    for byte in bytes {
      if XMLCharacters.isSpace(byte), isSpaced || byte != 0x20 { return collapsed }
      isSpaced = byte == 0x20
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private var collapsed: String {
    let words = bytes.split(whereSeparator: XMLCharacters.isSpace)
    return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }

  /// The text for a message.
  func quoted(_ countMax: Int) -> String { "'\(string.prefix(countMax))'" }

  /// A reference; `nil` if the payer gave none, which banks write in capitals or not.
  var reference: String? {
    let text = string
    guard text.utf8.count <= 12, let first = text.utf8.first, first | 0x20 == UInt8(ascii: "n")
    else { return text }
    let word = text.uppercased()
    return ["NOTPROVIDED", "NOT PROVIDED", "NONREF"].contains(word) ? nil : text
  }

  /// Whether the text is that.
  func equals(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes.elementsEqual($0) }
  }

  /// An amount in whole minor units of its currency, which ISO 4217 must know.
  func amount(_ name: String) throws(CamtFlaw) -> CamtAmount {
    let named = String(decoding: currency ?? [], as: UTF8.self)
    guard let currency = CurrencyCode(named), let digits = currency.minorUnitDigits else {
      throw CamtFlaw("has \(name) in the currency '\(named.prefix(20))', which is not in ISO 4217")
    }
    guard let magnitude = magnitude(minorDigits: digits) else {
      throw CamtFlaw(
        "has \(name) \(quoted(40)), which is not an amount of \(currency) in whole minor units")
    }
    return CamtAmount(magnitude: magnitude, currency: currency)
  }

  /// `1234.50`, as minor units; `nil` if it is malformed or exceeds 2^63 − 1. Decimals beyond the
  /// currency's must be zeros: nothing is ever rounded.
  ///
  /// Source: W3C, XML Schema Part 2: Datatypes, section 3.2.3.
  private func magnitude(minorDigits: Int) -> AmountMinor? {
    var amount: AmountMinor = 0
    var (digitCount, decimalCount): (Int, Int?) = (0, nil)
    for (offset, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: "+"), offset == 0 { continue }
      if byte == UInt8(ascii: "."), decimalCount == nil {
        decimalCount = 0
        continue
      }
      guard (0x30...0x39).contains(byte) else { return nil }
      digitCount += 1
      if let count = decimalCount {
        decimalCount = count + 1
        guard count < minorDigits || byte == 0x30 else { return nil }
        if count >= minorDigits { continue }
      }
      guard let sum = Self.append(AmountMinor(byte - 0x30), to: amount) else { return nil }
      amount = sum
    }
    guard digitCount > 0 else { return nil }
    for _ in min(decimalCount ?? 0, minorDigits)..<minorDigits {
      guard let tenfold = Self.append(0, to: amount) else { return nil }
      amount = tenfold
    }
    return amount
  }

  private static func append(_ digit: AmountMinor, to amount: AmountMinor) -> AmountMinor? {
    let (tenfold, isTooLarge) = amount.multipliedReportingOverflow(by: 10)
    let (sum, isTooLargeSum) = tenfold.addingReportingOverflow(digit)
    return isTooLarge || isTooLargeSum ? nil : sum
  }

  /// Whether it is a credit to the account.
  func isCredit(_ name: String) throws(CamtFlaw) -> Bool {
    if equals("CRDT") { return true }
    if equals("DBIT") { return false }
    throw CamtFlaw("has \(name) \(quoted(20)), which is neither CRDT nor DBIT")
  }

  /// Whether it says so.
  func isTrue(_ name: String) throws(CamtFlaw) -> Bool {
    if equals("true") || equals("1") { return true }
    if equals("false") || equals("0") { return false }
    throw CamtFlaw("has \(name) \(quoted(20)), which is neither true nor false")
  }

  /// A number of digits; `nil` if it is none.
  var number: Int? {
    bytes.allSatisfy { (0x30...0x39).contains($0) } ? Int(string) : nil
  }

  /// The calendar date of a date, as it is written; a time zone does not shift it.
  func date(_ name: String) throws(CamtFlaw) -> BusinessDate {
    guard let found = CamtTime.date(bytes) else {
      throw CamtFlaw("has \(name) \(quoted(40)), which is not a date")
    }
    return found
  }

  /// The calendar date of a date and time, as it is written.
  func dateOfInstant(_ name: String) throws(CamtFlaw) -> BusinessDate {
    guard let found = CamtTime.dateOfInstant(bytes) else {
      throw CamtFlaw("has \(name) \(quoted(40)), which is not a date and time")
    }
    return found
  }

  /// A date and time, in UTC if its offset is stated; `nil` if it is none.
  var time: StatementTime? { CamtTime.time(bytes) }
}
