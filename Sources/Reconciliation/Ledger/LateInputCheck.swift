public import LedgerDomain

/// Whether the exports of the dates closed last are still what their closes read.
public enum LateInputCheck {
  /// The dates that a close looks back at.
  public struct Window: Hashable, Sendable {
    /// The first of them.
    public let first: BusinessDate
    /// The last of them: the tenant's books are closed through it.
    public let last: BusinessDate

    /// How many there are.
    public var count: Int { first.days(to: last) + 1 }

    /// The last closed dates, not before the first close.
    ///
    /// - Returns: `nil` if there is none.
    public init?(firstDate: BusinessDate, closedThrough: BusinessDate, count: Int) {
      first = max(firstDate, closedThrough.advanced(by: 1 - count))
      last = closedThrough
      guard count > 0, first <= last else { return nil }
    }

    /// Whether a date is one of them.
    public func contains(_ date: BusinessDate) -> Bool { first <= date && date <= last }
  }

  /// The comparison: one row for each date whose export changed, or one that passes.
  ///
  /// - Parameters:
  ///   - isOn: whether the job compares closed dates at all.
  ///   - window: the dates before the close; `nil` at a tenant's first close.
  ///   - late: the dates whose export changed.
  ///   - archived: how many of the dates no longer have an export.
  public static func tieOuts(
    isOn: Bool, window: Window?, late: [LateDate], archived: Int
  ) -> [TieOut] {
    guard isOn else {
      return [
        .inconclusive(
          .lateInput,
          detail: "The job does not compare closed dates with their exports (recheck_dates: 0).")
      ]
    }
    guard let window else {
      return [.inconclusive(.lateInput, detail: "No date was closed before this one.")]
    }
    guard late.isEmpty else { return late.map(tieOut) }
    let compared = window.count - archived
    guard compared > 0 else {
      return [
        .inconclusive(
          .lateInput,
          detail: "The exports of the \(window.count.counted("date")) closed before are gone.")
      ]
    }
    let range =
      window.count == 1 ? "\(window.first)" : "\(window.count) dates to \(window.last)"
    let gone = archived == 0 ? "" : " \(archived) of the dates no longer have an export."
    return [
      TieOut(
        .lateInput, scope: range, expected: Int128(compared), actual: Int128(compared),
        detail: "The exports of \(compared.counted("closed date")) are unchanged.\(gone)")
    ]
  }

  /// A resized part leaves the number of parts as it was, and fails all the same.
  private static func tieOut(_ late: LateDate) -> TieOut {
    TieOut(
      .lateInput, scope: "\(late.date)", status: .fail,
      expectedMinor: AmountMinor(late.partsClosed), actualMinor: AmountMinor(late.partsNow),
      differenceMinor: AmountMinor(late.partsNow - late.partsClosed),
      detail: "\(late.change) \(late.remedy)")
  }
}
