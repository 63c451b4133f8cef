public import LedgerDomain

/// Counts findings exactly and keeps the first of each code, up to a limit.
public struct FindingCollector {
  private let limit: Int
  private var counts: [FindingCode: Int] = [:]
  private var keptCounts: [FindingCode: Int] = [:]
  private var withdrawnRecords: Set<Int> = []
  /// The findings kept, in the order they came in.
  public private(set) var kept: [Finding] = []

  /// A collector that keeps at most `limit` findings of a code.
  public init(limit: Int) {
    self.limit = limit
  }

  /// Counts a finding, and keeps it if there is room.
  public mutating func add(_ finding: Finding) {
    counts[finding.code, default: 0] += 1
    guard keptCounts[finding.code, default: 0] < limit else { return }
    keptCounts[finding.code, default: 0] += 1
    kept.append(finding)
  }

  /// Withdraws the warnings and notes of a record that was quarantined afterwards.
  ///
  /// - Parameters:
  ///   - record: the record's number in the part.
  ///   - codes: what was reported for it; counted down even for findings that were not kept.
  public mutating func withdraw(record: Int, codes: [FindingCode]) {
    if codes.isEmpty { return }
    for code in codes { counts[code, default: 0] -= 1 }
    withdrawnRecords.insert(record)
  }

  /// Drops withdrawn findings and sorts the others by record.
  public mutating func finish() {
    kept.removeAll { finding in
      guard finding.code.severity != .error, let record = finding.record,
        withdrawnRecords.contains(record)
      else { return false }
      keptCounts[finding.code, default: 0] -= 1
      return true
    }
    withdrawnRecords = []
    kept.sort { ($0.record ?? 0, $0.code.order) < ($1.record ?? 0, $1.code.order) }
  }

  /// Adds what the collector of the next part has.
  public mutating func merge(_ other: FindingCollector) {
    let seen = counts
    for finding in other.kept { add(finding) }
    for (code, count) in other.counts { counts[code] = seen[code, default: 0] + count }
  }

  /// How many findings of a code there are.
  public func count(of code: FindingCode) -> Int { counts[code, default: 0] }

  /// The counts of all codes that were found, in the order of the codes.
  public var summary: [FindingCount] {
    FindingCode.allCases.compactMap { code in
      guard let count = counts[code], count > 0 else { return nil }
      return FindingCount(code: code, count: count, kept: keptCounts[code, default: 0])
    }
  }
}
