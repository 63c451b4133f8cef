import LedgerDomain

/// A text with SEPA's labels: `EREF+LOAN-1001-03 KREF+77 SVWZ+Instalment`.
///
/// Some banks write `EREF: LOAN-1001-03` instead. Such labels count only where none has a plus sign, as
/// payers write them into their texts too; a value is one word then, as text may follow it.
///
/// Source: Deutsche Kreditwirtschaft, DFÜ agreement, annex 3, chapter 8 (MT 940), field 86.
struct MT940Labels {
  private(set) var references: [(BankReference.Kind, ArraySlice<UInt8>)] = []
  /// The text before the first label and that of `SVWZ`; with colons and without `SVWZ`, all of it.
  private(set) var remittance: [UInt8] = []

  private struct Mark {
    let label: Label
    let start: Int
    let valueStart: Int
  }

  private enum Label: String, CaseIterable {
    case endToEnd = "EREF"
    case customer = "KREF"
    case remittance = "SVWZ"
    case uetr = "UETR"
    case mandate = "MREF"
    case creditor = "CRED"
    case debtor = "DEBT"
    case compensation = "COAM"
    case original = "OAMT"
    case ultimateDebtor = "ABWA"
    case ultimateCreditor = "ABWE"
    case account = "IBAN"
    case bank = "BIC"
    case purpose = "PURP"

    /// The kind of the reference that it marks.
    var kind: BankReference.Kind? {
      switch self {
      case .endToEnd: .endToEnd
      case .customer: .customer
      case .uetr: .uetr
      default: nil
      }
    }
  }

  /// `nil` if the text has no labels.
  init?(_ bytes: ArraySlice<UInt8>) {
    var marks = Self.marks(UInt8(ascii: "+"), in: bytes)
    let haveColons = marks.isEmpty
    if haveColons { marks = Self.marks(UInt8(ascii: ":"), in: bytes) }
    guard let first = marks.first,
      marks.contains(where: { $0.label != .account && $0.label != .bank })
    else { return nil }
    remittance.append(contentsOf: bytes[..<first.start])
    for (position, mark) in marks.enumerated() {
      let end = position + 1 < marks.count ? marks[position + 1].start : bytes.endIndex
      let value = MT940Bytes.trimmed(bytes[mark.valueStart..<end])
      if let kind = mark.label.kind {
        let count = kind == .uetr ? 36 : value.count
        references.append((kind, haveColons ? value.prefix { $0 > 0x20 } : value.prefix(count)))
      } else if mark.label == .remittance {
        if !remittance.isEmpty { remittance.append(0x20) }
        remittance.append(contentsOf: value)
      }
    }
    if haveColons, !marks.contains(where: { $0.label == .remittance }) { remittance = Array(bytes) }
  }

  private static func marks(_ sign: UInt8, in bytes: ArraySlice<UInt8>) -> [Mark] {
    var marks: [Mark] = []
    for index in bytes.indices where bytes[index] == sign {
      let before = bytes[..<index]
      guard let label = label(before.suffix(4)) ?? label(before.suffix(3)) else { continue }
      let start = index - label.rawValue.utf8.count
      if sign == UInt8(ascii: ":"), start > bytes.startIndex, bytes[start - 1] > 0x20 { continue }
      marks.append(Mark(label: label, start: start, valueStart: index + 1))
    }
    return marks
  }

  private static func label(_ bytes: ArraySlice<UInt8>) -> Label? {
    guard let last = bytes.last, MT940Bytes.isCapital(last) else { return nil }
    return labels[MT940Bytes.packed(bytes)]
  }

  private static let labels = Dictionary(
    uniqueKeysWithValues: Label.allCases.map {
      (MT940Bytes.packed(Array($0.rawValue.utf8)[...]), $0)
    })
}
