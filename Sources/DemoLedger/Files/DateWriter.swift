import Foundation
import LedgerDomain

/// Writes one tenant's export of one business date: its parts and the planted records.
struct DateWriter {
  /// What the tree should look like.
  let options: DemoOptions
  /// The business date.
  let date: BusinessDate
  /// Its place among the dates, from 0.
  let dateIndex: Int
  /// Where the expected findings are listed.
  let planted: PlantedFindings
  /// What the bank and the servicing system say, if that is written.
  let counterparties: CounterpartyBooks?
  /// The directory of the date.
  let directory: String

  /// What composes its entries.
  var composer: EntryComposer
  /// The tenant's balances, before and after this date.
  var balances: BalanceModel
  /// What earlier dates posted, and with this date what later ones find.
  var earlier: EarlierEntries
  /// The receipt of an earlier date that this one reverses by another amount.
  var reversedEarlier: DemoEntry?
  /// The exporter's totals.
  private(set) var totals = ControlTotals()
  /// The bytes of its records.
  private(set) var recordBytes = 0
  /// The first entry of the date and of the part, which duplicates repeat.
  private(set) var firstOfDate: DemoEntry?
  /// The first entry of the part that is being written.
  private(set) var firstOfPart: DemoEntry?
  /// The first receipts of the date, and the entries that it reverses.
  private var receipts: [DemoEntry] = []
  private var reversals: Set<DemoIdentifier> = []
  /// What writes the usual form of a record.
  let writer: RecordWriter
  /// The position of the current record.
  private(set) var place: PlantedFindings.Place
  private var items: ArraySlice<PlantingSchedule.Item>

  /// A writer for one date of a tenant.
  init(
    tenant: DemoTenant, dateIndex: Int, options: DemoOptions, balances: BalanceModel,
    earlier: EarlierEntries, planted: PlantedFindings, counterparties: CounterpartyBooks?,
    exports: String
  ) {
    let date = options.firstDate.advanced(by: dateIndex)
    self.options = options
    self.date = date
    self.dateIndex = dateIndex
    self.planted = planted
    self.counterparties = counterparties
    self.balances = balances
    self.earlier = earlier
    place = PlantedFindings.Place(tenant: tenant.identifier.text, date: date.description)
    directory = "\(exports)/tenant_id=\(place.tenant)/date=\(place.date)"
    composer = EntryComposer(tenant: tenant, businessDay: date.dayNumber, dayIndex: dateIndex)
    writer = RecordWriter(tenant: tenant.identifier, businessDay: date.dayNumber)
    items =
      PlantingSchedule(tenantIndex: tenant.index, dateIndex: dateIndex, options: options)
      .items[...]
  }

  /// Writes the parts and the manifest, and lists the balances that end the day abnormal.
  mutating func write() throws {
    try FileManager.default.createDirectory(
      atPath: directory, withIntermediateDirectories: true)
    var parts: [PartTotals] = []
    for index in 0..<options.partsPerDate { parts.append(try writePart(index)) }
    place.file = ""
    for key in balances.closeDay(date.dayNumber) {
      try planted.add(
        .abnormalBalance, at: place, account: key.account.code, currency: key.currency,
        layer: key.layer)
    }
    try counterparties?.closeDay(date.dayNumber)
    earlier.closeDay(
      first: firstOfDate, receipts: receipts, reversals: reversals, reversed: reversedEarlier)
    guard options.writesManifests else { return }
    let manifest = totals.manifest(tenant: place.tenant, date: place.date, parts: parts)
    try FileSink.write(manifest, to: "\(directory)/manifest.json")
  }

  private mutating func writePart(_ index: Int) throws -> PartTotals {
    let form = PartForm(
      tenantIndex: composer.tenant.index, dateIndex: dateIndex, index: index, options: options)
    let part = try PartWriter(index: index, directory: directory, form: form, options: options)
    place.file = part.name
    firstOfPart = nil
    let entries = options.entriesPerDate
    let first = entries * index / options.partsPerDate
    let last = entries * (index + 1) / options.partsPerDate
    try writeStory(to: part, isFirstPart: index == 0)
    let secondMemberBegins = form.hasTwoMembers ? (first + last) / 2 : -1
    for entry in first..<last {
      if entry == secondMemberBegins && entry > first { try part.startMember() }
      let posted = entry * 86_400_000 / entries
      while let item = items.first, item.position <= entry {
        items.removeFirst()
        try write(item.record, postedMilliseconds: posted, to: part)
      }
      composer.composeNext(postedMilliseconds: posted)
      try writeAccepted(to: part)
    }
    let summary = try part.finish()
    recordBytes += part.recordBytes
    return summary
  }

  /// Writes the composed entry in the usual form; it is sound.
  private mutating func writeAccepted(to part: PartWriter) throws {
    try part.beginRecord()
    writer.write(composer.entry, to: part.buffer)
    part.endRecord()
    try accept(composer.entry, in: part)
    if composer.entry.event == .paymentReceived && receipts.count < 4 {
      receipts.append(composer.entry)
    }
    if let reversed = composer.entry.reverses { reversals.insert(reversed) }
    if firstOfPart == nil && composer.entry.event != .reversal {
      firstOfPart = composer.entry
      if firstOfDate == nil { firstOfDate = composer.entry }
    }
  }
}

extension DateWriter {
  /// Counts an entry that the close accepts, and lists the findings of its effective date.
  mutating func accept(_ entry: borrowing DemoEntry, in part: PartWriter) throws {
    count(entry, in: part)
    balances.add(entry, businessDay: date.dayNumber)
    counterparties?.add(entry, businessDay: date.dayNumber)
    guard entry.effectiveDay != date.dayNumber else { return }
    let place = place(of: entry.identifier, in: part)
    if entry.effectiveDay > date.dayNumber {
      try planted.add(.futureEffective, at: place)
      return
    }
    try planted.add(.backdated, at: place)
    if entry.effectiveDay < options.firstDate.dayNumber {
      try planted.add(.effectiveBeforeOpening, at: place)
    }
    if options.plantsDefects && entry.effectiveDay <= options.lockedThrough.dayNumber {
      try planted.add(.lockedPeriod, at: place)
    }
  }

  /// Counts an entry that can be read, whether or not the close accepts it.
  mutating func count(_ entry: borrowing DemoEntry, in part: PartWriter) {
    totals.add(entry)
    part.entryCount += 1
  }

  /// The position of the last record written.
  func place(of entry: DemoIdentifier?, in part: PartWriter) -> PlantedFindings.Place {
    var place = place
    place.record = part.recordCount
    place.entry = entry
    return place
  }
}
