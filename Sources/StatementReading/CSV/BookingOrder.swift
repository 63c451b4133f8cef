import LedgerDomain

/// The order of a table's rows: which is the oldest, which the newest.
///
/// Running balances prove it: each is the one before plus the amounts since.
enum BookingOrder: CaseIterable {
  case oldestFirst
  case newestFirst
  /// The newest day comes first, but each day's oldest row.
  case newestDayFirst
  /// The oldest day comes first, but each day's newest row.
  case newestFirstInDay

  /// Rows from the oldest to the newest.
  func arrange(_ rows: [TableBooking]) -> [TableBooking] {
    switch self {
    case .oldestFirst: rows
    case .newestFirst: rows.reversed()
    case .newestDayFirst: Self.days(rows).reversed().flatMap { $0 }
    case .newestFirstInDay: Self.days(rows).flatMap { $0.reversed() }
    }
  }

  /// Whether the newest day comes first.
  var isNewestDayFirst: Bool { self == .newestFirst || self == .newestDayFirst }

  /// Runs of rows with the same date.
  private static func days(_ rows: [TableBooking]) -> [ArraySlice<TableBooking>] {
    var days: [ArraySlice<TableBooking>] = []
    var start = 0
    for index in rows.indices.dropFirst() where rows[index].date != rows[index - 1].date {
      days.append(rows[start..<index])
      start = index
    }
    days.append(rows[start...])
    return days
  }

  /// How a note names it.
  var description: String {
    switch self {
    case .oldestFirst: "the oldest row first"
    case .newestFirst: "the newest row first"
    case .newestDayFirst: "the newest day first, and the oldest row of each day first"
    case .newestFirstInDay: "the oldest day first, and the newest row of each day first"
    }
  }

  /// Whether the dates fall from the first row to the last (`true`), rise (`false`) or do neither.
  static func areDatesFalling(_ rows: [TableBooking]) -> Bool? {
    var (rises, falls) = (false, false)
    for (previous, next) in zip(rows, rows.dropFirst()) {
      if previous.date < next.date { rises = true }
      if previous.date > next.date { falls = true }
    }
    return rises == falls ? nil : falls
  }
}
