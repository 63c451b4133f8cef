import LedgerDomain

/// A transaction of an entry while its elements arrive.
struct CamtTransactionDraft {
  /// What it is known by.
  private(set) var references = CamtReferences()
  /// What the payer says about it.
  private(set) var text = ""
  /// Whether it is a credit to the account; `nil` if that is not stated: then it is as its entry.
  private(set) var isCredit: Bool?
  /// What the bank kept of it.
  private(set) var charges = CamtCharges()
  private var amount: CamtAmount?
  private var detailAmount: CamtAmount?
  private var counterValue: CamtAmount?
  private var instructedAmount: CamtAmount?
  /// Whether an amount or a direction is malformed or repeated.
  private var isMalformed = false

  /// Receives the text of an element. What is wrong with amounts only takes the transactions away.
  mutating func set(_ element: CamtElement, _ text: CamtText) {
    do throws(CamtFlaw) {
      try setAmount(element, text)
    } catch {
      isMalformed = true
    }
    references.add(element, text)
    if element == .transactionText { self.text.appendWords(text.string) }
  }

  private mutating func setAmount(
    _ element: CamtElement, _ text: CamtText
  ) throws(CamtFlaw) {
    switch element {
    case .transactionAmount: try CamtEntryDraft.once(&amount, "Amt", text.amount("Amt"))
    case .transactionDetailAmount:
      try CamtEntryDraft.once(&detailAmount, "TxAmt", text.amount("TxAmt"))
    case .counterValueAmount:
      try CamtEntryDraft.once(&counterValue, "CntrValAmt", text.amount("CntrValAmt"))
    case .instructedAmount:
      try CamtEntryDraft.once(&instructedAmount, "InstdAmt", text.amount("InstdAmt"))
    case .transactionDirection:
      try CamtEntryDraft.once(&isCredit, "CdtDbtInd", text.isCredit("CdtDbtInd"))
    case .transactionChargesTotal: charges.setTotal(try text.amount("Chrgs"))
    case .transactionCharge: charges.add(try text.amount("Chrgs"))
    case .transactionChargeDirection:
      charges.setDirection(isCredit: try text.isCredit("CdtDbtInd"))
    default: break
    }
  }

  /// What was booked in the entry's currency, by the amount that tells it best; `nil` if that is not
  /// stated.
  func magnitude(in currency: CurrencyCode) -> AmountMinor? {
    guard !isMalformed else { return nil }
    return [amount, detailAmount, counterValue, instructedAmount]
      .first { $0?.currency == currency }?.map(\.magnitude)
  }
}

extension String {
  /// Adds words after a space, if they are not there yet.
  mutating func appendWords(_ words: String) {
    if words.isEmpty || self == words { return }
    self += isEmpty ? words : " " + words
  }
}
