import LedgerDomain

/// The booked balances of a statement, and which of them it begins and ends with.
///
/// Source: ISO 20022, external code sets ExternalBalanceType1Code and ExternalBalanceSubType1Code.
struct CamtBalances {
  private var openings: [BusinessDate: AmountMinor] = [:]
  private var previous: [BusinessDate: AmountMinor] = [:]
  private var closings: [BusinessDate: AmountMinor] = [:]
  /// Between two pages, or in the middle of a day, in the order of the file.
  private var interim: [StatementBalance] = []
  private var interimOpening: StatementBalance?
  private var interimClosing: StatementBalance?
  /// Balances of a page that are named like a statement's: they are, on its first or last page.
  private var pageOpening: StatementBalance?
  private var pageClosing: StatementBalance?

  /// Whether balances of a type are booked ones. All others are no proof of the entries.
  static func isBooked(_ type: String) -> Bool {
    ["OPBD", "PRCD", "CLBD", "ITBD"].contains(type)
  }

  /// Adds a balance of a booked type.
  ///
  /// - Parameter subtype: `INTM` for one of a page, `OIBD` and `CIBD` for a page's first and last.
  /// - Throws: `CamtFlaw` if it differs from another of its type and date.
  mutating func add(
    _ amountMinor: AmountMinor, _ date: BusinessDate, type: String, subtype: String?
  ) throws(CamtFlaw) {
    let isInterim = type == "ITBD" || ["INTM", "OIBD", "CIBD"].contains(subtype)
    let found = StatementBalance(
      amountMinor: amountMinor, date: date, isIntermediate: isInterim)
    switch (type, isInterim) {
    case ("OPBD", false): try Self.insert(found, "OPBD", &openings)
    case ("PRCD", _): try Self.insert(found, "PRCD", &previous)
    case ("CLBD", false): try Self.insert(found, "CLBD", &closings)
    case ("OPBD", true): pageOpening = pageOpening ?? found
    case ("CLBD", true): pageClosing = found
    default:
      if subtype == "OIBD" {
        interimOpening = interimOpening ?? found
      } else if subtype == "CIBD" {
        interimClosing = found
      } else {
        interim.append(found)
      }
    }
  }

  /// Each balance counts once; a bank that reports several days states one for each.
  private static func insert(
    _ found: StatementBalance, _ type: String, _ balances: inout [BusinessDate: AmountMinor]
  ) throws(CamtFlaw) {
    let earlier = balances.updateValue(found.amountMinor, forKey: found.date)
    guard earlier == nil || earlier == found.amountMinor else {
      throw CamtFlaw("has two different \(type) balances of \(found.date)")
    }
  }

  /// The balances that a statement begins and ends with; either may be missing.
  func ends(
    of page: StatementPage?
  ) -> (opening: StatementBalance?, closing: StatementBalance?) {
    let opening =
      Self.balance(openings.min { $0.key < $1.key })
      ?? (page?.number == 1 ? pageOpening?.final : nil)
      ?? Self.balance(previous.min { $0.key < $1.key })
    let closing =
      Self.balance(closings.max { $0.key < $1.key })
      ?? (page?.isLast == true ? pageClosing?.final : nil)
    let interimOpening = interimOpening ?? pageOpening
    let interimClosing = interimClosing ?? pageClosing
    // One without a partner could be either.
    let hasTwo = interim.count > 1
    let isClosed = hasTwo || closing != nil || interimClosing != nil
    let isOpened = hasTwo || opening != nil || interimOpening != nil
    let first = interimOpening ?? (isClosed ? interim.first : nil)
    let last = interimClosing ?? (isOpened ? interim.last : nil)
    let isLaterPage = (page?.number ?? 1) > 1
    return (
      isLaterPage ? first ?? opening : opening ?? first,
      page?.isLast == false ? last ?? closing : closing ?? last
    )
  }

  private static func balance(_ dated: (key: BusinessDate, value: AmountMinor)?)
    -> StatementBalance?
  {
    dated.map { StatementBalance(amountMinor: $0.value, date: $0.key) }
  }
}

extension StatementBalance {
  /// The balance as a statement's own.
  fileprivate var final: StatementBalance {
    StatementBalance(amountMinor: amountMinor, date: date)
  }
}
