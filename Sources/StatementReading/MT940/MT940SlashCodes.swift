import LedgerDomain

/// A text with codes between slashes: `/EREF/LOAN-1001-03/ORDP//NAME/JANE DOE/REMI/Instalment`.
///
/// A value may contain slashes; it ends before the next code that is known.
///
/// Source: the format descriptions of Dutch, Belgian and Nordic banks, and SWIFT's code words of field 86.
struct MT940SlashCodes {
  private(set) var references: [(BankReference.Kind, ArraySlice<UInt8>)] = []
  /// The remittance text; the text as a whole if no code marks it.
  private(set) var remittance: ArraySlice<UInt8>

  private enum Meaning {
    case reference(BankReference.Kind)
    case remittance
    case other
  }

  /// `nil` if the text does not begin with a code.
  init?(_ bytes: ArraySlice<UInt8>) {
    let text = MT940Bytes.trimmed(bytes)
    guard Self.code(text, at: text.startIndex) != nil else { return nil }
    remittance = []
    var hasRemittance = false
    var index = text.startIndex
    while let (meaning, valueStart) = Self.code(text, at: index) {
      index = valueStart
      // The slash that closes a code may open the next one: /BENM//NAME/.
      while index < text.endIndex, Self.code(text, at: index) == nil { index += 1 }
      let value = Self.value(text[valueStart..<index])
      switch meaning {
      case .reference(let kind): references.append((kind, kind == .uetr ? value.prefix(36) : value))
      case .remittance:
        hasRemittance = true
        if remittance.isEmpty { remittance = structured(value) }
      case .other: break
      }
    }
    if !hasRemittance { remittance = text }
  }

  /// Takes the creditor's reference out of `STRD/CUR/9900112233445566/`, and the text out of
  /// `USTD//text`.
  private mutating func structured(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if value.starts(with: "USTD/".utf8) {
      return Self.value(value.dropFirst(5).drop { $0 == UInt8(ascii: "/") })
    }
    guard value.starts(with: "STRD/".utf8) else { return value }
    let parts = value.dropFirst(5).split(separator: UInt8(ascii: "/"))
    if let reference = parts.last { references.append((.creditor, reference)) }
    return parts.last ?? []
  }

  private static func value(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var bytes = MT940Bytes.trimmed(bytes)
    while bytes.last == UInt8(ascii: "/") { bytes = MT940Bytes.trimmed(bytes.dropLast()) }
    return bytes
  }

  /// The meaning of the code at a position, and where its value begins; `nil` if there is none.
  private static func code(
    _ text: ArraySlice<UInt8>, at index: Int
  ) -> (meaning: Meaning, valueStart: Int)? {
    guard index < text.endIndex, text[index] == UInt8(ascii: "/") else { return nil }
    let name = text[(index + 1)...].prefix(5).prefix { MT940Bytes.isCapital($0) }
    let end = index + 1 + name.count
    guard (2...4).contains(name.count), end < text.endIndex, text[end] == UInt8(ascii: "/"),
      let meaning = meaning(name)
    else { return nil }
    return (meaning, end + 1)
  }

  private static func meaning(_ name: ArraySlice<UInt8>) -> Meaning? {
    meanings[MT940Bytes.packed(name)]
  }

  private static let meanings: [UInt32: Meaning] = {
    var meanings: [UInt32: Meaning] = [:]
    for name in others { meanings[MT940Bytes.packed(Array(name.utf8)[...])] = .other }
    for name in ["REMI", "PY", "TXT"] {
      meanings[MT940Bytes.packed(Array(name.utf8)[...])] = .remittance
    }
    for (name, kind) in kinds {
      meanings[MT940Bytes.packed(Array(name.utf8)[...])] = .reference(kind)
    }
    return meanings
  }()

  private static let kinds: [(name: String, kind: BankReference.Kind)] = [
    ("EREF", .endToEnd), ("UETR", .uetr), ("KREF", .customer), ("CREF", .customer),
    ("ROC", .customer), ("IREF", .instruction), ("PREF", .batch),
  ]

  private static let others = [
    "TRTP", "IBAN", "BIC", "NAME", "ORDP", "BENM", "CNTP", "MARF", "MREF", "CSID", "RTRN", "PURP",
    "ULTC", "ULTD", "ULTB", "UCRD", "UDTR", "ADDR", "ISDT", "SVCL", "OCMT", "CHGS", "EXCH", "TRCD",
    "INFO", "BUSP", "CTC", "ORD", "BEN", "RREF", "ACCW",
  ]
}
