import DailyClose
import JobConfiguration
import LedgerDomain
import Reconciliation
import SnapshotStore

extension DateCloser {
  /// The fewest records of which all may be quarantined without stopping the date.
  private static let recordsOfWholeDate = 10

  /// A wrong chart or a broken exporter must not be published as a date with few entries, or none.
  func refuseIfMostlyQuarantined(_ input: DateInput) throws {
    let counts = input.tally.counts
    let percent = configuration.maxQuarantinedPercent
    let isMost = counts.quarantined > 100 && counts.quarantined * 100 > percent * counts.read
    // A job that allows 100 % has decided that a date may be left out as a whole.
    let isAll =
      counts.quarantined == counts.read && counts.read >= Self.recordsOfWholeDate && percent < 100
    guard isMost || isAll else { return }
    let codes = input.tally.findings.summary.filter { $0.code.severity == .error }
      .map { "\($0.code.rawValue) \($0.count)" }.joined(separator: ", ")
    let example = input.tally.findings.kept.first { $0.code.severity == .error }
    let place = example.map {
      " The first: \($0.file ?? "") record \($0.record ?? 0): \($0.message)"
    }
    let what =
      isAll
      ? "all \(counts.read) records would be quarantined (\(codes)): "
      : "\(counts.quarantined) of \(counts.read) records would be quarantined (\(codes)), more than "
        + "\(percent) %: "
    let remedy =
      isAll
      ? "Correct it, or set max_quarantined_percent to 100 to close the date without its records."
      : "Correct it, or raise max_quarantined_percent."
    throw CloseRefusal(
      .tooManyQuarantined,
      what + "the chart, the time zone or the exporter is probably wrong. " + remedy + (place ?? "")
    )
  }

  /// The records of earlier dates that are open.
  func openQuarantine(
    _ state: TenantState?, before date: BusinessDate
  ) throws -> [OpenQuarantine] {
    guard let state else { return [] }
    return try openRecords.open(state, before: date)
      ?? writer.reader.openQuarantine(state, before: date)
  }

  /// How many records of the replaced close somebody had accepted; that lapses with it.
  func lapsedAcceptances(_ header: CloseHeader) throws -> Int {
    try header.replaces.map {
      try writer.reader.quarantine(of: $0, isWhole: false).accepted.records
    } ?? 0
  }
}

/// What was open at the last close of a run, so that closing years of dates does not read the quarantine
/// of all earlier dates again for each.
final class OpenRecords {
  private var chainDigest: String?
  private var nextDate: BusinessDate?
  private var open: [OpenQuarantine] = []

  /// What is open before a date, if the books are still those of the last close and the date follows it.
  func open(_ state: TenantState, before date: BusinessDate) -> [OpenQuarantine]? {
    chainDigest == state.chainDigest && nextDate == date ? open : nil
  }

  /// Remembers a close.
  ///
  /// - Parameters:
  ///   - header: the close.
  ///   - counts: what it left out.
  ///   - earlier: what was open before its date.
  func closed(
    _ header: CloseHeader, leaving counts: [QuarantineCount], after earlier: [OpenQuarantine]
  ) {
    chainDigest = header.replaces == nil ? header.chainDigest : nil
    nextDate = header.businessDate.advanced(by: 1)
    open = earlier
    let own = CloseQuarantine(counts: counts, records: [], acceptances: []).open
    if own.records == 0 { return }
    open.append(
      OpenQuarantine(
        businessDate: header.businessDate, closeID: header.closeID, sum: own, hasAmounts: true))
  }
}
