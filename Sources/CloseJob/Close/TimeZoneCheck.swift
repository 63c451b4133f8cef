public import JobConfiguration
public import LedgerDomain
public import SnapshotStore

/// Whether the job's time zone is still the one in which a tenant's books are kept.
///
/// Zones are compared by what they mean for the dates concerned, not by their names: `UTC` and `Etc/UTC`
/// are one zone, and so are `US/Eastern` and `America/New_York`. Each other zone is compared once per run.
public final class TimeZoneCheck {
  private static let daysAhead = 5 * 366

  /// How far back a zone was compared with the job's, from the last date on.
  private struct Comparison {
    /// The last date whose bounds differ.
    var lastDifference: BusinessDate?
    /// The first date that was compared.
    var comparedFrom: BusinessDate
  }

  private let jobZone: String
  private let calendar: LedgerCalendar
  private let last: BusinessDate
  private var comparisons: [String: Comparison] = [:]

  /// A check of the job's zone.
  ///
  /// - Parameters:
  ///   - jobZone: the zone's name in the job.
  ///   - calendar: the zone's calendar.
  ///   - date: a current date, such as the last one to close. Dates up to five years after it are compared.
  public init(jobZone: String, calendar: LedgerCalendar, date: BusinessDate) {
    self.jobZone = jobZone
    self.calendar = calendar
    last = date.advanced(by: Self.daysAhead)
  }

  /// Whether every date from the given one on begins and ends at the same instants in the other zone.
  ///
  /// - Complexity: O(1) for the job's own name; otherwise some microseconds a date, once for each name.
  public func isSame(as name: String, from first: BusinessDate) -> Bool {
    if name == jobZone { return true }
    guard let other = LedgerCalendar(timeZone: name) else { return false }
    var comparison =
      comparisons[name] ?? Comparison(lastDifference: nil, comparedFrom: last.advanced(by: 1))
    if comparison.lastDifference == nil, first < comparison.comparedFrom {
      let dates = first...comparison.comparedFrom.advanced(by: -1)
      comparison.lastDifference = calendar.lastDifference(from: other, in: dates)
      comparison.comparedFrom = first
      comparisons[name] = comparison
    }
    return comparison.lastDifference.map { $0 < first } ?? true
  }

  /// Why a tenant's books cannot be closed in the job's zone; `nil` if they can.
  public func refusal(_ reader: BookReader, _ state: TenantState) throws -> CloseRefusal? {
    guard let zone = try reader.timeZone(state), !isSame(as: zone.name, from: state.firstDate)
    else { return nil }
    return CloseRefusal(
      .timeZoneChanged,
      "the books are kept in the time zone \(zone.name) (since close \(zone.since) of "
        + "\(zone.sinceDate)), but the job's time_zone is \(jobZone). In another zone, entries near "
        + "midnight would count on two dates or on none. Set time_zone back to \(zone.name). To keep books "
        + "in \(jobZone), begin a new store with opening balances.")
  }

  /// A note on a tenant whose closes are of an older version, which did not record their zone.
  public func note(_ reader: BookReader, _ state: TenantState) throws -> String? {
    guard try reader.timeZone(state) == nil else { return nil }
    return
      "an older version of Tieout closed the dates through \(state.closedThrough) and did not record their "
      + "time zone, so it was not compared with the job's, \(jobZone), which this close records. Check that "
      + "the books have always been kept in \(jobZone)."
  }
}
