/// What is planted on a date, and before which of its entries.
struct PlantSchedule {
  /// Something that is written between the sound entries.
  enum Plant: Sendable {
    case defect(Defect)
    case variant(ValidVariant)
    /// Takes the suspense account to its abnormal side, or back.
    case suspense(isOpened: Bool)
    case tooLong
    /// Receipts that the bank cannot tell apart.
    case unreferenced
    case principalWithoutLoan
  }

  /// A plant and the entry it is written before.
  struct Item: Sendable {
    let position: Int
    let plant: Plant
  }

  private static let defectsPerDateMax = 24
  private static let variantsPerDateMax = 8

  /// The plants of a date in the order they are written; none on a date without entries.
  let items: [Item]

  /// The plants of one tenant's date.
  init(tenantIndex: Int, dateIndex: Int, options: DemoOptions) {
    guard options.plantsDefects, options.entriesPerDate > 0 else {
      items = []
      return
    }
    let entries = options.entriesPerDate
    let defects = min(Self.defectsPerDateMax, (entries + 3) / 4)
    let variants = min(Self.variantsPerDateMax, (entries + 11) / 12)
    // Dates of a tenant take up the rotation where the date before left it; tenants stand apart.
    let turn = tenantIndex * 7 + dateIndex + Int(options.seed % 1_000)
    var items = Self.special(tenantIndex: tenantIndex, dateIndex: dateIndex, options: options)
      .map { Item(position: 0, plant: $0) }
    for index in 0..<(defects + variants) {
      let position = entries * (2 * index + 1) / (2 * (defects + variants))
      // Every fourth or so is an variant, so that they stand among the defects.
      let variantsBefore = index * variants / (defects + variants)
      let isVariant = (index + 1) * variants / (defects + variants) > variantsBefore
      let plant: Plant =
        isVariant
        ? .variant(.inRotation(turn * variants + variantsBefore))
        : .defect(.inRotation(turn * defects + index - variantsBefore))
      items.append(Item(position: position, plant: plant))
    }
    self.items = items
  }

  /// What is planted on chosen dates: an abnormal balance that lasts two days, two records that
  /// are too long, and entries that the bank or the servicing system cannot agree to.
  private static func special(
    tenantIndex: Int, dateIndex: Int, options: DemoOptions
  ) -> [Plant] {
    var plants: [Plant] = []
    let turn = (tenantIndex + dateIndex) % 4
    if turn == 0 { plants.append(.suspense(isOpened: true)) }
    if turn == 2 && dateIndex >= 2 { plants.append(.suspense(isOpened: false)) }
    if tenantIndex == 0 && (dateIndex == 0 || dateIndex == 5) { plants.append(.tooLong) }
    let atBank = PlantedBreak.atBank(
      tenantIndex: tenantIndex, dateIndex: dateIndex, options: options)
    if atBank == .bankAmbiguous { plants.append(.unreferenced) }
    let aboutLoan = PlantedBreak.aboutLoan(
      tenantIndex: tenantIndex, dateIndex: dateIndex, options: options)
    if aboutLoan == .principalWithoutLoan { plants.append(.principalWithoutLoan) }
    return plants
  }
}
