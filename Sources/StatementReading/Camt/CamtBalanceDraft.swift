import LedgerDomain

/// A balance while its elements arrive.
struct CamtBalanceDraft {
  /// Its line, from 1.
  let line: Int
  /// What makes the type narrower: `INTM`.
  private(set) var subtype: String?
  /// A type that is the bank's own.
  private(set) var proprietaryType: String?
  private var type: String?
  private var amount: Result<CamtAmount, CamtFlaw>?
  private var isCredit: Result<Bool, CamtFlaw>?
  private var date: Result<BusinessDate, CamtFlaw>?

  init(line: Int) { self.line = line }

  /// Receives the text of an element. What is wrong with it counts only if the balance does.
  mutating func set(_ element: CamtElement, _ text: CamtText) throws(CamtFlaw) {
    switch element {
    case .balanceType: try CamtEntryDraft.once(&type, "Tp", text.string)
    case .balanceProprietaryType: try CamtEntryDraft.once(&proprietaryType, "Tp", text.string)
    case .balanceSubtype: try CamtEntryDraft.once(&subtype, "SubTp", text.string)
    case .balanceAmount:
      try CamtEntryDraft.once(
        &amount, "Amt", Result { () throws(CamtFlaw) in try text.amount("Amt") })
    case .balanceDirection:
      try CamtEntryDraft.once(
        &isCredit, "CdtDbtInd", Result { () throws(CamtFlaw) in try text.isCredit("CdtDbtInd") })
    case .balanceDate:
      try CamtEntryDraft.once(&date, "Dt", Result { () throws(CamtFlaw) in try text.date("Dt") })
    case .balanceInstant:
      try CamtEntryDraft.once(
        &date, "Dt", Result { () throws(CamtFlaw) in try text.dateOfInstant("Dt") })
    default: break
    }
  }

  /// A booked balance.
  struct Found {
    let type: String
    let amountMinor: AmountMinor
    let currency: CurrencyCode
    let date: BusinessDate
  }

  /// The balance, if it is a booked one.
  func found() throws(CamtFlaw) -> Found? {
    guard let type, CamtBalances.isBooked(type) else { return nil }
    guard let amount = try amount?.get() else { throw CamtFlaw("has no Amt") }
    guard let isCredit = try isCredit?.get() ?? (amount.magnitude == 0 ? true : nil) else {
      throw CamtFlaw("has no CdtDbtInd")
    }
    guard let date = try date?.get() else { throw CamtFlaw("has no date") }
    return Found(
      type: type, amountMinor: amount.signed(isCredit: isCredit), currency: amount.currency,
      date: date)
  }
}
