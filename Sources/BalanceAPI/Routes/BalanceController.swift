import LedgerDomain
import SnapshotStore

/// `GET /v1/accounts/{account_code}/balance`.
struct BalanceController {
  let books: RetryingBooksRepository

  /// The balance that a request names.
  struct Query {
    let key: BalanceKey
    let date: BusinessDate?

    /// - Throws: `bad_request`, listing every invalid parameter.
    init(account text: String, _ target: RequestTarget) throws(Problem) {
      var parameters = Parameters(target, known: Operation.balance.parameterNames)
      let account = AccountCode(text)
      if account == nil {
        parameters.fault("account_code", "invalid_value", "account_code must be four digits")
      }
      let currency = parameters.required("currency", "a three-letter ISO 4217 code in capitals") {
        CurrencyCode($0)
      }
      let layer =
        parameters.value("layer", "SETTLED, PENDING or ENCUMBRANCE") { EntryLayer(code: $0) }
      date = parameters.asOfDate()
      try parameters.check()
      guard let account, let currency else {
        throw Problem(.internalError, "The request cannot be processed.")
      }
      key = BalanceKey(account: account, currency: currency, layer: layer ?? .settled)
    }
  }

  func response(
    to query: Query, tenant: TenantID, ifNoneMatch: String?
  ) async throws(Problem) -> Response {
    let lookup = try await books.read { books in
      try books.balance(tenant, key: query.key, date: query.date)
    }
    let (balance, account, date, totals) = try Self.found(lookup, query)
    let signed = totals.normalBalanceMinor(on: account.normalSide)
    var response = Response.books(
      tag: EntityTag(balance.position.version), ifNoneMatch: ifNoneMatch
    ) {
      Self.document(query.key, account, date, totals, signed)
    }
    response.add(.normalBalanceSigned, String(signed))
    return response
  }

  /// Distinguishes a balance, which may be zero, from an unknown account, an unknown currency, a date that is
  /// not closed yet and one before the first close.
  private static func found(
    _ lookup: BalanceLookup?, _ query: Query
  ) throws(Problem) -> (BalanceLookup, Account, BusinessDate, DebitCreditTotals) {
    let date = try ClosedRangeCheck.date(query.date, lookup?.position)
    guard let lookup, let account = lookup.account else {
      throw Problem(
        .unknownAccount, "The chart of accounts has no account \(query.key.account).")
    }
    guard lookup.totals != nil || query.key.currency.minorUnitDigits != nil else {
      throw Problem(.unknownCurrency, "ISO 4217 has no currency \(query.key.currency).")
    }
    return (lookup, account, date, lookup.totals ?? .zero)
  }

  /// The response body, its members sorted by name.
  private static func document(
    _ key: BalanceKey, _ account: Account, _ date: BusinessDate, _ totals: DebitCreditTotals,
    _ signed: AmountMinor
  ) -> [UInt8] {
    var object = JSONObjectWriter()
    object.add("account_code", key.account.description)
    object.add("account_name", account.name)
    object.add("as_of_date", date.description)
    object.add("cr_balance_minor", String(totals.creditMinor))
    object.add("currency", key.currency.description)
    object.add("dr_balance_minor", String(totals.debitMinor))
    object.add("layer", key.layer.code)
    // The contract's amounts are never negative; the header has the signed balance.
    object.add("normal_balance_minor", String(max(0, signed)))
    return object.finished()
  }
}

/// Checks a requested date against the closed dates.
enum ClosedRangeCheck {
  /// The requested date, or the last closed one if the request names none.
  ///
  /// - Throws: `not_closed` or `before_opening`.
  static func date(
    _ date: BusinessDate?, _ position: BookPosition?
  ) throws(Problem) -> BusinessDate {
    guard let position else { throw Problem(.notClosed, "No date is closed yet.") }
    let date = date ?? position.closedThrough
    guard date <= position.closedThrough else {
      throw Problem(
        .notClosed,
        "\(date) is not closed yet; the books are closed through \(position.closedThrough).")
    }
    guard date >= position.firstDate else {
      throw Problem(
        .beforeOpening, "\(date) is before \(position.firstDate), the first closed date.")
    }
    return date
  }
}
