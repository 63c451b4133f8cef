import LedgerDomain
import Synchronization

/// The `Date` header's value, formatted once a second. Source: RFC 9110, section 5.6.7.
final class DateHeader: Sendable {
  private let now: @Sendable () -> Double
  private let cached = Mutex((second: Int.min, text: ""))

  /// - Parameter now: seconds since 1970-01-01 UTC.
  init(now: @escaping @Sendable () -> Double) { self.now = now }

  var text: String {
    // A clock set before 1970 gives the first second of 1970.
    let second = max(0, Int(now().rounded(.down)))
    return cached.withLock { cached in
      if cached.second != second { cached = (second, Self.text(second)) }
      return cached.text
    }
  }

  /// `Sun, 06 Nov 1994 08:49:37 GMT`.
  ///
  /// - Parameter second: seconds since 1970-01-01 UTC, not negative.
  static func text(_ second: Int) -> String {
    let (day, rest) = second.quotientAndRemainder(dividingBy: 86_400)
    let date = BusinessDate(dayNumber: Int32(clamping: day)).calendar
    // 1970-01-01 was a Thursday.
    let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][day % 7]
    let month = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ][date.month - 1]
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    return "\(weekday), \(two(date.day)) \(month) \(date.year) "
      + "\(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60)) GMT"
  }
}
