import LedgerDomain
import SnapshotStore

/// `GET /v1/accounts/{account_code}/balance`.
struct BalanceController {
  let books: RetryingBooksRepository

  /// What a request asks for.
  struct Question {
    let key: BalanceKey
    let date: BusinessDate?

    /// - Throws: `bad_request` with everything that is wrong.
    init(account text: String, _ target: RequestTarget) throws(Problem) {
      var parameters = Parameters(target, known: Operation.balance.parameterNames)
      let account = AccountCode(text)
      if account == nil {
        parameters.fault("account_code", "invalid_value", "account_code must be four digits")
      }
      let currency = parameters.required("currency", "three capital letters of ISO 4217") {
        CurrencyCode($0)
      }
      let layer =
        parameters.value("layer", "SETTLED, PENDING or ENCUMBRANCE") { EntryLayer(code: $0) }
      date = parameters.asOfDate()
      try parameters.check()
      guard let account, let currency else { throw Problem(.internalError, "nothing was asked") }
      key = BalanceKey(account: account, currency: currency, layer: layer ?? .settled)
    }
  }

  func answer(
    _ question: Question, tenant: TenantID, ifNoneMatch: String?
  ) async throws(Problem) -> Response {
    let served = try await books.read { books in
      try books.balance(tenant, key: question.key, date: question.date)
    }
    let (balance, account, date, totals) = try Self.found(served, question)
    let signed = totals.normalBalanceMinor(on: account.normalSide)
    var answer = Response.books(tag: EntityTag(balance.position.version), ifNoneMatch: ifNoneMatch)
    {
      Self.document(question.key, account, date, totals, signed)
    }
    answer.add(.normalBalanceSigned, String(signed))
    return answer
  }

  /// Which of the answers it is: "0", "no such account", "no such currency", "not closed yet" and
  /// "before the books began" are different ones.
  private static func found(
    _ served: BalanceLookup?, _ question: Question
  ) throws(Problem) -> (BalanceLookup, Account, BusinessDate, DebitCreditTotals) {
    let date = try ClosedRangeCheck.date(question.date, served?.position)
    guard let served, let account = served.account else {
      throw Problem(
        .unknownAccount, "the chart of accounts has no account \(question.key.account).")
    }
    guard served.totals != nil || question.key.currency.minorUnitDigits != nil else {
      throw Problem(.unknownCurrency, "ISO 4217 has no currency \(question.key.currency).")
    }
    return (served, account, date, served.totals ?? .zero)
  }

  /// The document, its members in the order of their names.
  private static func document(
    _ key: BalanceKey, _ account: Account, _ date: BusinessDate, _ totals: DebitCreditTotals,
    _ signed: AmountMinor
  ) -> [UInt8] {
    var text = JSONObjectWriter()
    text.add("account_code", key.account.description)
    text.add("account_name", account.name)
    text.add("as_of_date", date.description)
    text.add("cr_balance_minor", String(totals.creditMinor))
    text.add("currency", key.currency.description)
    text.add("dr_balance_minor", String(totals.debitMinor))
    text.add("layer", key.layer.code)
    // The contract's amounts are not negative; the signed figure is in the header.
    text.add("normal_balance_minor", String(max(0, signed)))
    return text.finished()
  }
}

/// Whether a date lies in the books.
enum ClosedRangeCheck {
  /// The date that is asked for, the last closed one if none is.
  ///
  /// - Throws: `not_closed` or `before_opening`.
  static func date(
    _ date: BusinessDate?, _ position: BookPosition?
  ) throws(Problem) -> BusinessDate {
    guard let position else { throw Problem(.notClosed, "no date is closed yet.") }
    let date = date ?? position.closedThrough
    guard date <= position.closedThrough else {
      throw Problem(
        .notClosed,
        "\(date) is not closed yet; the books are closed through \(position.closedThrough).")
    }
    guard date >= position.firstDate else {
      throw Problem(
        .beforeOpening, "\(date) lies before the first close, that of \(position.firstDate).")
    }
    return date
  }
}
