import Foundation
public import LedgerDomain

/// Converts between instants and business dates in the ledger's time zone.
public struct LedgerCalendar: Sendable {
  private static let daySeconds: Int64 = 86_400
  private let zone: TimeZone?

  /// The calendar of a ledger in UTC.
  public static let utc = LedgerCalendar(zone: nil)

  private init(zone: TimeZone?) {
    self.zone = zone
  }

  /// The calendar of an IANA time zone; `nil` if the name is unknown.
  public init?(timeZone: String) {
    if timeZone == "UTC" {
      zone = nil
      return
    }
    guard let zone = TimeZone(identifier: timeZone) else { return nil }
    self.zone = zone
  }

  /// The date at an instant, in seconds since 1970-01-01 UTC.
  public func date(at second: Int64) -> BusinessDate {
    BusinessDate(dayNumber: Int32(Self.floorDay(second + offset(at: second))))
  }

  /// The instants of a date, in seconds since 1970-01-01 UTC.
  ///
  /// With daylight saving time, a date may have 23 or 25 hours and may start after midnight. There are
  /// still no gaps or overlaps between dates.
  public func seconds(of date: BusinessDate) -> Range<Int64> {
    firstSecond(of: date)..<firstSecond(of: date.advanced(by: 1))
  }

  /// The last of these dates that does not begin and end at the same instants in the other calendar;
  /// `nil` if they all do.
  ///
  /// - Complexity: O(dates after it), some microseconds for each.
  public func lastDifference(
    from other: LedgerCalendar, in dates: ClosedRange<BusinessDate>
  ) -> BusinessDate? {
    var date = dates.upperBound.advanced(by: 1)
    // A date ends where the next one begins.
    while firstSecond(of: date) == other.firstSecond(of: date) {
      if date <= dates.lowerBound { return nil }
      date = date.advanced(by: -1)
    }
    return min(date, dates.upperBound)
  }

  private func firstSecond(of date: BusinessDate) -> Int64 {
    let midnight = Int64(date.dayNumber) * Self.daySeconds
    if zone == nil { return midnight }
    // No zone is more than 26 hours from UTC. If its clocks do not change in between, its offset tells.
    var (before, from) = (midnight - 26 * 3600, midnight + 26 * 3600)
    let offset = offset(at: midnight)
    if self.offset(at: before) == offset, self.offset(at: from) == offset {
      return midnight - offset
    }
    // Otherwise search for the first second of the date.
    while from - before > 1 {
      let middle = before + (from - before) / 2
      if self.date(at: middle) >= date { from = middle } else { before = middle }
    }
    return from
  }

  private func offset(at second: Int64) -> Int64 {
    guard let zone else { return 0 }
    return Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(second))))
  }

  private static func floorDay(_ second: Int64) -> Int64 {
    second >= 0 ? second / daySeconds : (second - daySeconds + 1) / daySeconds
  }
}
