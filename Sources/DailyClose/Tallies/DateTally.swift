public import LedgerDomain

/// The totals of a date's records over all parts, in the order of the parts.
public struct DateTally {
  /// Records read: accepted and quarantined.
  public private(set) var counts = (read: 0, accepted: 0, quarantined: 0)
  /// What the exporter's totals are compared with: every readable record.
  public private(set) var readable: ExportTotals
  /// Entries of each part that the exporter's totals count.
  public let readableEntries: [Int]
  /// The records left out, each with its reason and amounts.
  public let quarantined: QuarantineCollector
  /// Counts and rows of what was found.
  public private(set) var findings: FindingCollector
  /// What the records were.
  public private(set) var input = InputFingerprint()
  /// The entries that may restate an earlier date.
  public let restating: RestatingEntryCollector
  /// The lines on accounts at a bank.
  public let bankItems: BankItemCollector
  private let movementParts: [PartTally]
  let principalLines: [PrincipalTally]
  private let quarantinedTotals: [CurrencyLayer: WideTotals]

  /// The sum of the tallies of a date's parts, in the order of the parts' names.
  ///
  /// - Parameters:
  ///   - parts: the tallies of the parts.
  ///   - recordsRead: how many records the reader found in each part.
  ///   - findingsLimit: how many findings of a code are kept.
  ///   - restating: an empty collector with the scope of the parts.
  ///   - bankItems: an empty collector for the accounts of the parts.
  ///   - openingLoans: the loans' opening principal, at a tenant's first date.
  public init(
    _ parts: [PartTally], recordsRead: [Int], findingsLimit: Int,
    restating: RestatingEntryCollector = RestatingEntryCollector(.nothing, limit: 0),
    bankItems: BankItemCollector = BankItemCollector([]), openingLoans: PrincipalTally? = nil
  ) {
    var (restating, bankItems) = (restating, bankItems)
    var (entries, lines) = (0, 0)
    var totals: [CurrencyLayer: WideTotals] = [:]
    var findings = FindingCollector(limit: findingsLimit)
    var quarantined = QuarantineCollector(limit: findingsLimit)
    for part in parts {
      counts.accepted += part.entriesAccepted
      counts.quarantined += part.recordsQuarantined
      entries += part.readable.entries
      lines += part.readable.lines
      totals.merge(part.quarantinedTotals) { left, right in
        var sum = left
        sum.add(right)
        return sum
      }
      input.merge(part.input)
      findings.merge(part.findings)
      quarantined.merge(part.quarantined)
      restating.merge(part.restating)
      bankItems.merge(part.bankItems)
    }
    counts.read = recordsRead.reduce(0, +)
    // Nothing is dropped: a record that is neither accepted nor quarantined would be lost money.
    precondition(
      counts.read == counts.accepted + counts.quarantined,
      "records read must be accepted or quarantined")
    precondition(
      input.recordCount == counts.read, "every record must be in the input's fingerprint")
    precondition(
      quarantined.counts.reduce(0) { $0 + $1.sum.records } == counts.quarantined,
      "every quarantined record must have a reason")
    self.findings = findings
    self.quarantined = quarantined
    self.restating = restating
    self.bankItems = bankItems
    readableEntries = parts.map(\.readable.entries)
    readable = ExportTotals(entryCount: entries, lineCount: lines, controlTotals: nil)
    quarantinedTotals = totals
    movementParts = parts
    principalLines = parts.compactMap(\.principal) + (openingLoans.map { [$0] } ?? [])
  }

  /// What the accepted entries moved, in the order of key and effective date.
  ///
  /// - Throws: `BalanceOverflow` if a sum passes 2^63 − 1.
  public func movements() throws(BalanceOverflow) -> [Movement] {
    var sum = MovementAccumulator()
    for part in movementParts { part.addMovements(to: &sum) }
    return try sum.movements()
  }

  /// The totals of every readable record, to be compared with the exporter's.
  ///
  /// - Parameter movements: what the accepted entries moved.
  public func readableTotals(movements: [Movement]) -> ExportTotals {
    var totals = quarantinedTotals
    for movement in movements {
      totals[movement.key.pair, default: WideTotals()].add(movement.totals)
    }
    var readable = readable
    readable.controlTotals = totals
    return readable
  }
}
