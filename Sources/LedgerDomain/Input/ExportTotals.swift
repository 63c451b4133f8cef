/// The totals of an export, as its manifest states them or as it was read.
///
/// Counts and totals are over every readable record, quarantined or not: one that is well-formed
/// JSON and every field of each of its lines is well formed.
public struct ExportTotals: Sendable {
  /// Entries, if said.
  public var entryCount: Int?
  /// Lines, if said.
  public var lineCount: Int?
  /// Debits and credits by currency and layer, if said.
  public var controlTotals: [CurrencyLayer: WideTotals]?

  /// Totals of these.
  public init(entryCount: Int?, lineCount: Int?, controlTotals: [CurrencyLayer: WideTotals]?) {
    self.entryCount = entryCount
    self.lineCount = lineCount
    self.controlTotals = controlTotals
  }
}
