import LedgerDomain

/// A booked entry that moved money, and where people find it.
struct SourcedEntry: Hashable {
  var entry: StatementEntry
  /// `bank.xml#1/3`: file, statement and entry.
  let place: String

  var amountMinor: AmountMinor { entry.amountMinor }

  /// The bank's own reference for it, made comparable.
  var servicerReference: String? {
    let own = entry.references.first { $0.kind == .accountServicer }
    let sole = entry.transactions.count == 1 ? entry.transactions[0].references : []
    return (own ?? sole.first { $0.kind == .accountServicer })?.comparable
  }
}

/// A statement with all its pages.
struct JoinedStatement {
  /// `bank.xml#1`: the file and which of its statements, page by page.
  var sources: [String]
  var sequence: Int?
  var createdAt: StatementTime?
  /// The arrival of its last page.
  var arrival: Int
  var isMapped: Bool
  /// The balance and date before the first entry, as stated.
  var opening: StatementBalance?
  var closing: StatementBalance
  /// Its booked entries that moved money, in order.
  var entries: [SourcedEntry]

  /// A statement that is delivered in one piece, or a page of one.
  init(_ delivery: StatementDelivery) {
    let statement = delivery.statement
    let source = "\(statement.file)#\(statement.number)"
    sources = [source]
    sequence = statement.sequence
    createdAt = statement.createdAt
    arrival = delivery.arrival
    isMapped = delivery.isMapped
    opening = statement.opening
    closing = statement.closing
    entries = statement.entries.filter { $0.status == .booked && $0.amountMinor != 0 }.map {
      SourcedEntry(entry: $0, place: "\(source)/\($0.number)")
    }
  }

  /// Adds the next page, with its closing balance.
  mutating func append(_ page: JoinedStatement) {
    sources += page.sources
    createdAt = [createdAt, page.createdAt].compactMap(\.self).max()
    arrival = max(arrival, page.arrival)
    closing = page.closing
    entries += page.entries
  }

  /// The date of its opening balance; without one, the first on which it books. `nil` if it has neither.
  var firstDate: BusinessDate? { opening?.date ?? entries.map(\.entry.bookingDate).min() }

  /// What its entries add up to, in minor units.
  var bookedMinor: Int128 { entries.reduce(0) { $0 + Int128($1.amountMinor) } }

  /// The opening balance; if none is stated, the one with which it adds up.
  var openingMinor: Int128 {
    opening.map { Int128($0.amountMinor) } ?? Int128(closing.amountMinor) - bookedMinor
  }
}
