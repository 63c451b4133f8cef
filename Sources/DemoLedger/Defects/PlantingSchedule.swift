/// The records planted on a date, each with the entry it precedes.
struct PlantingSchedule {
  /// A record that is written between the valid entries.
  enum PlantedRecord: Sendable {
    case defect(Defect)
    case variant(ValidVariant)
    /// An entry that moves the suspense account to its abnormal side, or back.
    case suspense(isOpened: Bool)
    case tooLong
    /// Receipts that the bank cannot tell apart.
    case unreferenced
    case principalWithoutLoan
  }

  /// A planted record, and the number of the entry it precedes.
  struct Item: Sendable {
    let position: Int
    let record: PlantedRecord
  }

  private static let defectsPerDateMax = 24
  private static let variantsPerDateMax = 8

  /// The planted records of a date, in order; empty on a date without entries.
  let items: [Item]

  /// The schedule of one tenant's date.
  init(tenantIndex: Int, dateIndex: Int, options: DemoOptions) {
    guard options.plantsDefects, options.entriesPerDate > 0 else {
      items = []
      return
    }
    let entries = options.entriesPerDate
    let defects = min(Self.defectsPerDateMax, (entries + 3) / 4)
    let variants = min(Self.variantsPerDateMax, (entries + 11) / 12)
    // Each date continues the rotation where the previous one ended; tenants start elsewhere in it.
    let turn = tenantIndex * 7 + dateIndex + Int(options.seed % 1_000)
    var items = Self.special(tenantIndex: tenantIndex, dateIndex: dateIndex, options: options)
      .map { Item(position: 0, record: $0) }
    for index in 0..<(defects + variants) {
      let position = entries * (2 * index + 1) / (2 * (defects + variants))
      // About every fourth record is a variant, which spreads them among the defects.
      let variantsBefore = index * variants / (defects + variants)
      let isVariant = (index + 1) * variants / (defects + variants) > variantsBefore
      let record: PlantedRecord =
        isVariant
        ? .variant(.inRotation(turn * variants + variantsBefore))
        : .defect(.inRotation(turn * defects + index - variantsBefore))
      items.append(Item(position: position, record: record))
    }
    self.items = items
  }

  /// The records of chosen dates: an abnormal balance that lasts two days, two records that are too
  /// long, entries of earlier dates, and entries that disagree with the bank or the servicing system.
  private static func special(
    tenantIndex: Int, dateIndex: Int, options: DemoOptions
  ) -> [PlantedRecord] {
    var records: [PlantedRecord] = []
    let turn = (tenantIndex + dateIndex) % 4
    if turn == 0 { records.append(.suspense(isOpened: true)) }
    if turn == 2 && dateIndex >= 2 { records.append(.suspense(isOpened: false)) }
    if tenantIndex == 0 && (dateIndex == 0 || dateIndex == 5) { records.append(.tooLong) }
    if let defect = ofEarlierDate(tenantIndex: tenantIndex, dateIndex: dateIndex) {
      records.append(.defect(.ofEarlierDate(defect)))
    }
    let atBank = PlantedBreak.atBank(
      tenantIndex: tenantIndex, dateIndex: dateIndex, options: options)
    if atBank == .bankAmbiguous { records.append(.unreferenced) }
    let aboutLoan = PlantedBreak.aboutLoan(
      tenantIndex: tenantIndex, dateIndex: dateIndex, options: options)
    if aboutLoan == .principalWithoutLoan { records.append(.principalWithoutLoan) }
    return records
  }

  /// What is planted about an entry of an earlier date.
  private static func ofEarlierDate(tenantIndex: Int, dateIndex: Int) -> Defect.EarlierDateDefect? {
    if dateIndex == 0 { return nil }
    let distances = [1, 2, 4, 9, 16, 30]
    let days = distances[(tenantIndex + dateIndex / 4) % distances.count]
    switch (tenantIndex + dateIndex) % 4 {
    case 0: return .conflicting(days: days)
    case 1: return .repeated(days: days)
    case 2: return .reversedByOtherAmount(days: days)
    default: return .reversedAgain
    }
  }
}
