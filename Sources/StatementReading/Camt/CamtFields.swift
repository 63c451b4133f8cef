import LedgerDomain

/// The texts of one element's children, each present at most once.
struct CamtFields {
  /// The element's name in messages: `entry 3 of statement 1`.
  let place: String
  private var texts: [CamtElement: (text: String, currency: String?)] = [:]

  init(place: String) { self.place = place }

  subscript(element: CamtElement) -> String? { texts[element]?.text }

  mutating func set(
    _ element: CamtElement, _ text: String, currency: String?
  ) throws(StatementFault) {
    guard texts.updateValue((text, currency), forKey: element) == nil else {
      throw fault("repeats \(element.rawValue)")
    }
  }

  /// A sentence that the file's name begins.
  func fault(_ message: String) -> StatementFault {
    StatementFault("is not valid camt.053: \(place) \(message). Ask the bank to deliver it again.")
  }

  func required(_ element: CamtElement) throws(StatementFault) -> String {
    guard let text = self[element] else { throw fault("has no \(element.rawValue)") }
    return text
  }

  /// The currency of an amount, which ISO 4217 must know.
  func currency(of element: CamtElement) throws(StatementFault) -> CurrencyCode {
    _ = try required(element)
    let text = texts[element]?.currency ?? ""
    guard let currency = CurrencyCode(text), currency.minorUnitDigits != nil else {
      throw fault(
        "has \(element.rawValue) in the currency '\(text.prefix(20))', which is not in ISO 4217")
    }
    return currency
  }

  /// The element's amount without a sign, in the currency's minor units.
  func magnitude(of element: CamtElement) throws(StatementFault) -> AmountMinor {
    let text = try required(element)
    let currency = try currency(of: element)
    let digits = text.hasPrefix("+") ? text.dropFirst() : text[...]
    guard
      let amount = DecimalNotation.xml.magnitude(digits, minorDigits: currency.minorUnitDigits ?? 0)
    else {
      throw fault(
        "has \(element.rawValue) '\(text.prefix(40))', which is not an amount of \(currency) "
          + "in whole minor units")
    }
    return amount
  }

  /// Whether it is a credit to the account; `nil` if that is not stated.
  func isCredit(_ element: CamtElement) throws(StatementFault) -> Bool? {
    switch self[element] {
    case nil: return nil
    case "CRDT": return true
    case "DBIT": return false
    case let text?:
      throw fault("has \(element.rawValue) '\(text.prefix(20))', which is neither CRDT nor DBIT")
    }
  }

  /// The signed amount: positive for a credit to the account.
  func amount(
    of element: CamtElement, _ direction: CamtElement
  ) throws(StatementFault) -> AmountMinor {
    guard let isCredit = try isCredit(direction) else {
      throw fault("has no \(direction.rawValue)")
    }
    let magnitude = try magnitude(of: element)
    return isCredit ? magnitude : -magnitude
  }

  /// The calendar date of a date or an instant, as it is written; a time zone does not shift it.
  func date(_ date: CamtElement, or instant: CamtElement) throws(StatementFault) -> BusinessDate? {
    guard let text = self[date] ?? self[instant] else { return nil }
    let rest = text.utf8.dropFirst(10)
    let isDate = self[date] != nil
    guard let found = BusinessDate(text.prefix(10)),
      isDate ? Self.isZone(rest) : rest.first == UInt8(ascii: "T") && rest.count >= 9
    else {
      throw fault(
        "has \((isDate ? date : instant).rawValue) '\(text.prefix(40))', which is not a date")
    }
    return found
  }

  /// Whether XML Schema allows it after a date: nothing, `Z`, `+01:00`.
  private static func isZone(_ text: Substring.UTF8View) -> Bool {
    if text.isEmpty || text.elementsEqual("Z".utf8) { return true }
    let zone = Array(text)
    return zone.count == 6 && (zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-"))
      && zone[3] == UInt8(ascii: ":")
      && [1, 2, 4, 5].allSatisfy { (0x30...0x39).contains(zone[$0]) }
  }

  /// A reference; `nil` if the payer gave none.
  func reference(_ element: CamtElement) -> String? {
    self[element].flatMap { $0 == "NOTPROVIDED" ? nil : $0 }
  }
}
