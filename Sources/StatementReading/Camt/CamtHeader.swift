import LedgerDomain

/// What a message or a statement says of itself.
struct CamtHeader {
  private(set) var identifier: String?
  private(set) var createdAt: StatementTime?
  private(set) var iban: String?
  private(set) var otherAccount: String?
  private(set) var accountCurrency: String?
  private var electronicSequence: Int?
  private var legalSequence: Int?
  private var pageNumber: Int?
  private var isLastPage: Bool?

  /// How the bank names the account.
  var account: String? { iban ?? otherAccount }

  /// Its place among the account's statements.
  var sequence: Int? { electronicSequence ?? legalSequence }

  /// Which page it is.
  var page: StatementPage? {
    pageNumber.map { StatementPage(number: $0, isLast: isLastPage) }
  }

  /// Receives the text of an element; `false` if it is not of a form that is understood.
  mutating func set(_ element: CamtElement, _ text: CamtText) throws(CamtFlaw) -> Bool {
    switch element {
    case .identifier: try CamtEntryDraft.once(&identifier, "Id", text.string)
    case .iban: try CamtEntryDraft.once(&iban, "IBAN", text.string)
    case .otherAccount: try CamtEntryDraft.once(&otherAccount, "Acct/Id", text.string)
    case .accountCurrency: try CamtEntryDraft.once(&accountCurrency, "Acct/Ccy", text.string)
    case .creationTime, .groupCreationTime:
      createdAt = text.time
      return createdAt != nil
    case .electronicSequence:
      electronicSequence = text.number
      return electronicSequence != nil
    case .legalSequence:
      legalSequence = text.number
      return legalSequence != nil
    case .page, .groupPage:
      pageNumber = text.number
      return pageNumber != nil
    case .isLastPage, .groupIsLastPage:
      isLastPage = text.equals("true") || text.equals("1")
      return isLastPage == true || text.equals("false") || text.equals("0")
    default: break
    }
    return true
  }
}
