import LedgerDomain

/// The references of an entry, in the order of the file, each once.
struct MT940References {
  private(set) var list: [BankReference] = []

  /// More than any bank gives to an entry.
  private static let countMax = 100

  /// Adds a reference, unless it says only that there is none or that it stands elsewhere.
  mutating func add(_ kind: BankReference.Kind, _ bytes: ArraySlice<UInt8>) {
    guard !bytes.isEmpty, !Self.isPlaceholder(bytes),
      let value = SingleLineText.of(CollectionOfOne(bytes))
    else { return }
    add(BankReference(kind, value))
  }

  /// Adds a reference.
  mutating func add(_ reference: BankReference) {
    if list.count < Self.countMax, !list.contains(reference) { list.append(reference) }
  }

  /// Adds the references of the field `:61:`.
  mutating func add(_ line: MT940StatementLine) {
    if line.type.suffix(3).elementsEqual("CHK".utf8),
      MT940Bytes.number(line.customerReference) != nil
    {
      add(.cheque, line.customerReference)
    }
    add(.customer, line.customerReference)
    add(.accountServicer, line.bankReference)
  }

  /// The customer's reference is mandatory in `:61:`: without one there stands `NONREF`, and with one
  /// that stands in `:86:`, its name. `NOTPROVIDED` is SEPA's word.
  private static func isPlaceholder(_ bytes: ArraySlice<UInt8>) -> Bool {
    let bytes = MT940Bytes.trimmed(bytes)
    guard bytes.count <= 11 else { return false }
    return placeholders.contains { bytes.elementsEqual($0.utf8) }
  }

  private static let placeholders = [
    "NONREF", "NOREF", "NO REF", "NONE", "NOTPROVIDED", "EREF", "EREF+", "KREF", "KREF+", "PREF",
    "PREF+", "MREF", "MREF+", "MARF", "RREF", "REF",
  ]
}
