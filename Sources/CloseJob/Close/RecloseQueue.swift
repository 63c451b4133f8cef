import LedgerDomain

/// The closed dates to close again, in order. Closing one can add later ones.
struct RecloseQueue {
  /// The tasks of dates that are still to be closed, each with its place among the planned tasks; `nil`
  /// for a date that was added.
  private var waiting: [BusinessDate: (task: CloseTask, index: Int?)]

  init(_ planned: [CloseTask]) {
    waiting = Dictionary(
      planned.enumerated().map { ($1.date, ($1, $0)) }, uniquingKeysWith: { first, _ in first })
  }

  /// Removes the task of the earliest date, and returns it; `nil` if there is none.
  mutating func next() -> (task: CloseTask, index: Int?)? {
    waiting.keys.min().flatMap { waiting.removeValue(forKey: $0) }
  }

  /// Adds a date, unless it is waiting already.
  mutating func add(_ date: BusinessDate, _ task: () throws -> CloseTask) rethrows {
    if waiting[date] == nil { waiting[date] = (try task(), nil) }
  }
}
