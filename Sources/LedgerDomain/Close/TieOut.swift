/// A check that two figures agree.
public enum TieOutCheck: String, Sendable, CaseIterable {
  case completeness
  case doubleEntry = "double_entry"
  case rollforward
  case ledgerIntegrity = "ledger_integrity"
  case bankReconciliation = "bank_reconciliation"
  case portfolioRollup = "portfolio_rollup"
  case lateInput = "late_input"
  case openQuarantine = "open_quarantine"
  case lockedPeriod = "locked_period"
}

/// How a check ended.
public enum TieOutStatus: String, Sendable {
  /// The figures agree.
  case pass
  /// They do not: a break.
  case fail
  /// There was nothing to compare with.
  case inconclusive
}

/// One comparison of one check.
public struct TieOut: Hashable, Sendable {
  /// The check it belongs to.
  public let check: TieOutCheck
  /// What was compared: `entries`, `day USD SETTLED`.
  public let scope: String
  /// How it ended.
  public let status: TieOutStatus
  /// What was expected; `nil` where inconclusive or past 64 bits (the detail has it then).
  public let expectedMinor: AmountMinor?
  /// What was found.
  public let actualMinor: AmountMinor?
  /// Found less expected, signed.
  public let differenceMinor: AmountMinor?
  /// An explanation in one or two sentences.
  public let detail: String

  /// A comparison whose outcome is already known.
  public init(
    _ check: TieOutCheck, scope: String, status: TieOutStatus, expectedMinor: AmountMinor?,
    actualMinor: AmountMinor?, differenceMinor: AmountMinor?, detail: String
  ) {
    self.check = check
    self.scope = scope
    self.status = status
    self.expectedMinor = expectedMinor
    self.actualMinor = actualMinor
    self.differenceMinor = differenceMinor
    self.detail = detail
  }

  /// Compares two figures; equal figures pass.
  public init(
    _ check: TieOutCheck, scope: String, expected: Int128, actual: Int128, detail: String
  ) {
    let figures = [expected, actual, actual - expected].map { Int64(exactly: $0) }
    let isExact = figures.allSatisfy { $0 != nil }
    self.init(
      check, scope: scope, status: expected == actual ? .pass : .fail,
      expectedMinor: figures[0], actualMinor: figures[1], differenceMinor: figures[2],
      detail: isExact
        ? detail : detail + " (expected \(expected), found \(actual): more than 64 bits)")
  }

  /// A check whose input was not given.
  public static func inconclusive(_ check: TieOutCheck, detail: String) -> TieOut {
    TieOut(
      check, scope: "", status: .inconclusive, expectedMinor: nil, actualMinor: nil,
      differenceMinor: nil, detail: detail)
  }
}

extension Sequence<TieOut> {
  /// How the check ended as a whole: one failure fails it, and without a pass it is inconclusive.
  public func status(of check: TieOutCheck) -> TieOutStatus {
    let statuses = filter { $0.check == check }.map(\.status)
    if statuses.contains(.fail) { return .fail }
    return statuses.contains(.pass) ? .pass : .inconclusive
  }
}
