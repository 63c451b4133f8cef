import LedgerDomain

/// The transactions of an entry while their elements arrive.
struct CamtBatchDraft {
  /// Why the transactions of an entry are not given.
  enum Gap {
    /// One of them has no amount in the entry's currency.
    case amountMissing
    /// They do not add up to the entry.
    case sumDiffers
  }

  /// What the bank kept of the entry.
  var charges = CamtCharges()
  /// The first transaction: the only one, or one of a batch.
  private var first: CamtTransactionDraft?

  /// What all transactions are known by: of the only one everything, of several their batch's.
  private(set) var shared = CamtReferences()

  private var count = 0
  private var current: CamtTransactionDraft?
  /// The transactions so far, as long as each has an amount.
  private var complete: [(draft: CamtTransactionDraft, magnitude: AmountMinor)] = []
  private var isComplete = true

  mutating func begin() {
    current = CamtTransactionDraft()
    count += 1
  }

  mutating func set(_ element: CamtElement, _ text: CamtText) { current?.set(element, text) }

  /// Ends the current transaction.
  ///
  /// - Parameter currency: the entry's.
  mutating func end(currency: CurrencyCode?) {
    guard let ended = current else { return }
    current = nil
    if count == 1 {
      first = ended
      shared = ended.references
    } else {
      shared.keepShared(ended.references)
    }
    guard isComplete else { return }
    if let currency, let magnitude = ended.magnitude(in: currency) {
      complete.append((ended, magnitude))
    } else {
      isComplete = false
      complete = []
    }
  }

  /// The only transaction, whose text is the entry's too; `nil` if there are several or none.
  var single: CamtTransactionDraft? { count == 1 ? first : nil }

  /// The transactions, if there are several and they add up to the entry, perhaps with the charges that
  /// are stated: those count as one more.
  func transactions(
    ofEntry amount: AmountMinor, isCredit: Bool, currency: CurrencyCode
  ) -> (given: [StatementTransaction], gap: Gap?) {
    guard isComplete else { return ([], count > 1 ? .amountMissing : nil) }
    var transactions: [StatementTransaction] = []
    var sum: Int128 = 0
    for (index, (draft, magnitude)) in complete.enumerated() {
      let signed = draft.isCredit ?? isCredit ? magnitude : -magnitude
      sum += Int128(signed)
      transactions.append(
        StatementTransaction(
          number: index + 1, amountMinor: signed, references: draft.references.all,
          text: draft.text.isEmpty ? nil : draft.text))
    }
    let missing = Int128(amount) - sum
    if missing == 0 { return (count > 1 ? transactions : [], nil) }
    guard count > 0 else { return ([], nil) }
    guard isCharged(missing, currency), let charged = AmountMinor(exactly: missing) else {
      return ([], .sumDiffers)
    }
    transactions.append(
      StatementTransaction(number: count + 1, amountMinor: charged, text: "Charges"))
    return (transactions, nil)
  }

  /// Whether an amount is what the bank kept: of the transactions, of the entry, or of both.
  private func isCharged(_ amount: Int128, _ currency: CurrencyCode) -> Bool {
    var ofTransactions: Int128 = 0
    for (draft, _) in complete { ofTransactions += draft.charges.sum(in: currency) ?? 0 }
    let ofEntry = charges.sum(in: currency) ?? 0
    return [ofTransactions, ofEntry, ofTransactions + ofEntry].contains(amount)
  }
}
