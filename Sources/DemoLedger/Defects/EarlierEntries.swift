/// Entries of a tenant's earlier dates that a later date repeats or reverses.
struct EarlierEntries {
  /// How many dates are kept: those with which `duplicate_window` compares by default.
  private static let datesMax = 35

  /// The first entry of each date, the last date first.
  private var first: [DemoEntry?] = []
  /// A receipt of each date that no entry reverses, the last date first.
  private var receipts: [DemoEntry?] = []
  /// The receipt that a reversal of another amount was posted for, on the date before.
  private(set) var reversed: DemoEntry?

  /// The first entry of a date so many days ago, or of the first date kept.
  func entry(daysBefore: Int) -> DemoEntry? {
    first.isEmpty ? nil : first[min(daysBefore, first.count) - 1]
  }

  /// A receipt of about so many days ago, which is then taken for reversed.
  mutating func takeReceipt(daysBefore: Int) -> DemoEntry? {
    let nearest = receipts.indices.filter { receipts[$0] != nil }
      .min { abs($0 + 1 - daysBefore) < abs($1 + 1 - daysBefore) }
    guard let nearest else { return nil }
    defer { receipts[nearest] = nil }
    return receipts[nearest]
  }

  /// Ends a date.
  ///
  /// - Parameters:
  ///   - receipts: its first ones.
  ///   - reversals: the entries that it reversed.
  ///   - reversed: the receipt of an earlier date that it reversed by another amount.
  mutating func closeDay(
    first: DemoEntry?, receipts: [DemoEntry], reversals: Set<DemoIdentifier>, reversed: DemoEntry?
  ) {
    self.first.insert(first, at: 0)
    self.receipts.insert(receipts.first { !reversals.contains($0.identifier) }, at: 0)
    self.reversed = reversed
    if self.first.count > Self.datesMax {
      self.first.removeLast()
      self.receipts.removeLast()
    }
  }
}
