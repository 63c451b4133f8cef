/// A record's place in an export: `part-00000.ndjson.gz:12`.
public struct RecordPlace: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The part's name.
  public let file: String
  /// The record in the part, from 1.
  public let record: Int

  /// The place of a record.
  public init(file: String, record: Int) {
    self.file = file
    self.record = record
  }

  /// The file, a colon, and the record's number.
  public var description: String { "\(file):\(record)" }

  /// Orders values as the store sorts rows.
  public static func < (left: RecordPlace, right: RecordPlace) -> Bool {
    left.file == right.file
      ? left.record < right.record
      : left.file.utf8.lexicographicallyPrecedes(right.file.utf8)
  }
}

/// A record that a close left out of the balances.
public struct QuarantinedRecord: Hashable, Sendable {
  /// Where it is.
  public let place: RecordPlace
  /// Why it was left out: the first error that applies.
  public let code: FindingCode
  /// The entry, if its identifier could be read.
  public let entry: JournalEntryID?
  /// What its lines add up to, in the order of currency and layer; empty if they cannot be read.
  public let totals: [CurrencyLayerTotals]

  /// Creates a record.
  public init(
    place: RecordPlace, code: FindingCode, entry: JournalEntryID?, totals: [CurrencyLayerTotals]
  ) {
    self.place = place
    self.code = code
    self.entry = entry
    self.totals = totals
  }
}

/// How many records there are, and what those with readable lines add up to.
public struct QuarantineSum: Hashable, Sendable {
  /// All records.
  public var records = 0
  /// How many of them have readable lines; the amounts of the others are unknown.
  public var readable = 0
  /// Debits and credits of the readable ones by currency and layer; pairs without an amount are left out.
  public var totals: [CurrencyLayer: WideTotals] = [:]

  /// No record.
  public init() {}

  /// The totals in the order of currency and layer.
  public var sortedTotals: [CurrencyLayerTotals] {
    totals.sorted { $0.key < $1.key }.map { CurrencyLayerTotals(pair: $0.key, totals: $0.value) }
  }

  /// Adds a record.
  public mutating func add(_ record: QuarantinedRecord) {
    records += 1
    readable += record.totals.isEmpty ? 0 : 1
    for total in record.totals where total.totals != WideTotals() {
      totals[total.pair, default: WideTotals()].add(total.totals)
    }
  }

  /// Adds another sum.
  public mutating func add(_ other: QuarantineSum) {
    records += other.records
    readable += other.readable
    for (pair, sum) in other.totals { totals[pair, default: WideTotals()].add(sum) }
  }

  /// Takes out a record that was added.
  public mutating func remove(_ record: QuarantinedRecord) {
    var one = QuarantineSum()
    one.add(record)
    self = subtracting(one)
  }
}

extension QuarantineSum {
  /// What is left without records that are part of these.
  public func subtracting(_ other: QuarantineSum) -> QuarantineSum {
    var rest = self
    rest.records -= other.records
    rest.readable -= other.readable
    for (pair, sum) in other.totals {
      var left = rest.totals[pair] ?? WideTotals()
      left.debitMinor -= sum.debitMinor
      left.creditMinor -= sum.creditMinor
      rest.totals[pair] = left == WideTotals() ? nil : left
    }
    return rest
  }
}

/// The records that a close left out for one reason.
public struct QuarantineCount: Hashable, Sendable {
  /// The reason.
  public let code: FindingCode
  /// All of them; exact.
  public let sum: QuarantineSum
  /// How many of them are kept one by one; the rest passed the limit.
  public let kept: Int

  /// Creates a count.
  public init(code: FindingCode, sum: QuarantineSum, kept: Int) {
    self.code = code
    self.sum = sum
    self.kept = kept
  }
}

extension FindingCode {
  /// Whether somebody has to decide about a record that was quarantined for this reason.
  ///
  /// A repeated entry is counted once, so nothing is missing from the balances.
  public var needsAcceptance: Bool {
    severity == .error && self != .duplicateEntry && self != .entryAlreadyClosed
  }
}

/// Records of a closed date that nobody accepted and no later close of the date took in.
public struct OpenQuarantine: Hashable, Sendable {
  /// The date.
  public let businessDate: BusinessDate
  /// Its close.
  public let closeID: CloseID
  /// How many records are open, and what they add up to.
  public let sum: QuarantineSum
  /// Whether the close kept amounts; closes of older versions did not.
  public let hasAmounts: Bool

  /// Creates the open records of a date.
  public init(
    businessDate: BusinessDate, closeID: CloseID, sum: QuarantineSum, hasAmounts: Bool
  ) {
    self.businessDate = businessDate
    self.closeID = closeID
    self.sum = sum
    self.hasAmounts = hasAmounts
  }
}
