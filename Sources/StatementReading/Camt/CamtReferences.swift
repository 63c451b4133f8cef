import LedgerDomain

/// What an entry or a transaction is known by, each reference once.
struct CamtReferences {
  /// In the order of the file.
  private(set) var all: [BankReference] = []

  /// Adds the text of an element, if it is a reference.
  mutating func add(_ element: CamtElement, _ text: CamtText) {
    guard let kind = Self.kind(of: element), let value = text.reference else { return }
    add(BankReference(kind, value))
  }

  /// Keeps what all transactions of a batch have in common: references of the batch.
  mutating func keepShared(_ others: CamtReferences) {
    all.removeAll { $0.kind != .batch || !others.all.contains($0) }
  }

  /// Adds those of another.
  mutating func add(_ others: CamtReferences) {
    for reference in others.all { add(reference) }
  }

  private mutating func add(_ reference: BankReference) {
    // More than a few are no references; the limit keeps the search short.
    guard all.count < 100, !all.contains(reference) else { return }
    all.append(reference)
  }

  /// A mandate's identification names no payment, so it is none.
  private static func kind(of element: CamtElement) -> BankReference.Kind? {
    switch element {
    case .servicerReference, .transactionServicerReference: .accountServicer
    case .entryReference: .entry
    case .batchReference, .transactionBatchReference: .batch
    case .instructionReference: .instruction
    case .endToEndReference: .endToEnd
    case .uetr: .uetr
    case .transactionReference: .transaction
    case .cheque: .cheque
    case .holderReference: .customer
    case .creditorReference: .creditor
    default: nil
    }
  }
}
