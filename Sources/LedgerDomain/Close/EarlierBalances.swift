/// An earlier date that a close's balances are compared with.
public enum ChangeBasis: String, Sendable, CaseIterable {
  /// The close before: the day before.
  case previousClose = "previous_close"
  /// The end of the month before.
  case monthEnd = "month_end"
  /// The same date a year ago; 28 February for 29 February.
  case yearAgo = "year_ago"

  /// The date.
  public func date(before date: BusinessDate) -> BusinessDate {
    let (year, month, day) = date.calendar
    switch self {
    case .previousClose: return date.advanced(by: -1)
    case .monthEnd: return date.advanced(by: -day)
    case .yearAgo:
      let last = BusinessDate.daysInMonth(year: year - 1, month: month)
      return BusinessDate(year: year - 1, month: month, day: min(day, last))
        ?? date.advanced(by: -365)
    }
  }
}

/// The balances of an earlier date as a close knew them.
public struct EarlierBalances: Hashable, Sendable {
  /// Which date it is.
  public let basis: ChangeBasis
  /// The date.
  public let date: BusinessDate
  /// The balance of each key of the close's roll-forward, in its order; `nil` if the date is before the first
  /// close and has no opening balances.
  public let totals: [DebitCreditTotals]?

  /// Creates balances.
  public init(basis: ChangeBasis, date: BusinessDate, totals: [DebitCreditTotals]?) {
    self.basis = basis
    self.date = date
    self.totals = totals
  }
}

/// What a job's settings say about its reports.
public struct ReportOptions: Sendable {
  /// What people call the tenants.
  public var tenantNames: TenantNames
  /// From which movement on somebody must look at a balance; `nil` if the job does not say.
  public var reviewThreshold: ReviewThreshold?

  /// Creates options.
  public init(tenantNames: TenantNames = TenantNames(), reviewThreshold: ReviewThreshold? = nil) {
    self.tenantNames = tenantNames
    self.reviewThreshold = reviewThreshold
  }
}
