public import LedgerDomain

/// What a month's files have that may be large: it is read close by close while they are written.
public protocol MonthDetails {
  /// The closes that restated balances of the month, each with its chart, those restatements and the
  /// entries behind them.
  func forEachRestatingClose(_ body: (CloseRecord) throws -> Void) throws
  /// The closes that stand, each with the records that it left out.
  func forEachQuarantine(_ body: (CloseRecord) throws -> Void) throws
  /// The closes that stand, each with the parts that it read.
  func forEachInput(_ body: (CloseRecord) throws -> Void) throws
}
