public import JobConfiguration
public import LedgerDomain
public import SnapshotStore

/// `tieout balance`: a query for a tenant's balances.
///
/// A zero balance, an unknown account and a date that is not closed are three different answers.
public struct BalanceQuery {
  /// The columns of the result.
  public static let columns = [
    "as_of_date", "account_code", "account_name", "currency", "layer", "dr_balance_minor",
    "cr_balance_minor", "normal_balance_minor", "normal_balance",
  ]

  private let tenant: TenantID
  private let account: AccountCode?
  private let currency: CurrencyCode?
  private let layer: EntryLayer?
  private let asOf: BusinessDate?
  private let knownAt: KnownAt?

  /// The point in time whose knowledge is used: a close, or when the books were closed through a date.
  private enum KnownAt {
    case close(CloseID)
    case date(BusinessDate)
  }

  /// A query, from the texts of command-line options.
  ///
  /// - Throws: `UsageError` for an invalid text.
  public init(
    tenant: TenantID?, account: String?, currency: String?, layer: String?, asOf: String?,
    knownAt: String?
  ) throws(UsageError) {
    guard let tenant else { throw UsageError("--tenant: give one UUID.") }
    self.tenant = tenant
    self.account = try Self.parsed(account, "the account", "four digits") { AccountCode($0) }
    self.currency = try Self.parsed(currency, "--currency", "an ISO 4217 code") { text in
      CurrencyCode(text).flatMap { $0.minorUnitDigits == nil ? nil : $0 }
    }
    self.layer = try Self.parsed(layer, "--layer", "SETTLED, PENDING or ENCUMBRANCE") {
      EntryLayer(code: $0)
    }
    self.asOf = try Self.parsed(asOf, "--as-of", "a calendar date YYYY-MM-DD") { BusinessDate($0) }
    self.knownAt = try Self.parsed(
      knownAt, "--known-at", "the number of a close, or a calendar date YYYY-MM-DD"
    ) { text in
      if let number = Int64(text), number > 0 { return .close(CloseID(number)) }
      return BusinessDate(text).map { .date($0) }
    }
  }

  /// The balances in the order of account, currency and layer.
  ///
  /// - Throws: `CloseRefusal` with `unknown_tenant`, `before_opening`, `not_closed` or
  ///   `unknown_account`.
  public func answer(from reader: BookReader) throws -> [[String]] {
    guard let state = try reader.provedState(tenant) else {
      throw CloseRefusal(.notClosed, "tenant \(tenant) has no closed date yet.")
    }
    let date = asOf ?? knownDate ?? state.closedThrough
    guard date <= state.closedThrough else {
      throw CloseRefusal(
        .notClosed,
        "\(date) is not closed yet; the books are closed through "
          + "\(state.closedThrough).")
    }
    guard date >= state.firstDate else {
      throw CloseRefusal(.beforeOpening, "\(date) is before the first close, \(state.firstDate).")
    }
    let knownAt = try close(reader, state)
    let (all, chart) = try books(reader, state, date, knownAt)
    let balances = all.filter { matches($0.key) }
    if let account, balances.isEmpty {
      guard chart[account] != nil else {
        throw CloseRefusal(
          .unknownAccount,
          "the chart with which \(date) was closed for tenant \(tenant) has no account \(account).")
      }
      let key = BalanceKey(
        account: account, currency: currency ?? CurrencyCode(packed: 0), layer: layer ?? .settled)
      return [row(date, key, .zero, chart, currency: currency?.description ?? "")]
    }
    return balances.map { row(date, $0.key, $0.totals, chart, currency: "\($0.key.currency)") }
  }

  /// Every balance of the date, and the chart of its close, proved.
  private func books(
    _ reader: BookReader, _ state: TenantState, _ date: BusinessDate, _ knownAt: CloseID?
  ) throws -> ([Balance], ChartOfAccounts) {
    guard let knownAt else {
      let proved = try reader.provedBalances(state, date: date)
      return (proved.balances, proved.chart)
    }
    guard let header = try reader.closeHeader(state, date: date, knownAt: knownAt) else {
      throw CloseRefusal(.notClosed, "\(date) was not closed yet at close \(knownAt).")
    }
    try reader.proveKnown(state, date: date, at: knownAt)
    let all = try reader.balances(state, date: date, knownAt: knownAt)
    return (
      all,
      try reader.chart(
        of: header.closeID, state, keeping: all.map(\.key.account), knownAt: knownAt)
    )
  }

  /// The date through which the books were closed at that point; `nil` unless it is given as a date.
  private var knownDate: BusinessDate? {
    if case .date(let date) = knownAt { return date }
    return nil
  }

  /// The close whose knowledge is used; `nil` for the latest.
  private func close(_ reader: BookReader, _ state: TenantState) throws -> CloseID? {
    switch knownAt {
    case nil: return nil
    case .close(let close):
      let last = try reader.lastCloseID()
      guard close <= last else {
        throw CloseRefusal(.notClosed, "there is no close \(close) yet; the last is \(last).")
      }
      return close
    case .date(let date):
      guard let close = try reader.lastClose(state, closedThrough: date) else {
        throw CloseRefusal(
          .notClosed,
          "the books were never closed through \(date); they cover \(state.firstDate) to "
            + "\(state.closedThrough).")
      }
      return close
    }
  }

  private func matches(_ key: BalanceKey) -> Bool {
    (account == nil || key.account == account) && (currency == nil || key.currency == currency)
      && (layer == nil || key.layer == layer)
  }

  private func row(
    _ date: BusinessDate, _ key: BalanceKey, _ totals: DebitCreditTotals, _ chart: ChartOfAccounts,
    currency: String
  ) -> [String] {
    let account = chart[key.account]
    let normal = account.map { totals.normalBalanceMinor(on: $0.normalSide) }
    let digits = key.currency.minorUnitDigits ?? 0
    return [
      "\(date)", "\(key.account)", account?.name ?? "", currency, key.layer.code,
      "\(totals.debitMinor)", "\(totals.creditMinor)", normal.map { "\($0)" } ?? "",
      normal.map { AmountText.decimal($0, digits: digits) } ?? "",
    ]
  }

  private static func parsed<Value>(
    _ text: String?, _ what: String, _ kind: String, _ parse: (String) -> Value?
  ) throws(UsageError) -> Value? {
    guard let text else { return nil }
    guard let value = parse(text) else { throw UsageError("\(what): '\(text)' is not \(kind).") }
    return value
  }
}
