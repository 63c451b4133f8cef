/// A person's decision to leave quarantined records of a close out of the balances, or its withdrawal.
public struct QuarantineAcceptance: Hashable, Sendable {
  /// The records that are meant.
  public enum Scope: Hashable, Sendable {
    /// Every record of the close that is not decided yet.
    case everything
    /// Those that were quarantined for this reason.
    case code(FindingCode)
    /// One record.
    case record(RecordPlace)
  }

  /// The records that are meant.
  public let scope: Scope
  /// Whether it takes back what was accepted before.
  public let isUndo: Bool
  /// Who decided.
  public let name: String
  /// Why.
  public let note: String
  /// When, RFC 3339 in UTC.
  public let acceptedAt: String

  /// Creates an acceptance.
  public init(scope: Scope, isUndo: Bool, name: String, note: String, acceptedAt: String) {
    self.scope = scope
    self.isUndo = isUndo
    self.name = name
    self.note = note
    self.acceptedAt = acceptedAt
  }
}

/// The records that a close left out, and what was decided about them.
///
/// Decisions apply in order, each to the records of its scope that are undecided, or if it takes
/// decisions back, to those that are accepted. So the first acceptance of a record stands until it is
/// taken back.
public struct CloseQuarantine: Sendable {
  /// How many records there are for each reason, in the order of the codes.
  public let counts: [QuarantineCount]
  /// The records kept one by one, in the order of code, part and record; at least those that a decision
  /// names.
  public let records: [QuarantinedRecord]
  /// The decisions, in order.
  public let acceptances: [QuarantineAcceptance]
  /// Whether records and amounts are known; closes of older versions kept only counts.
  public let isItemised: Bool
  private var decisions: [FindingCode: Decisions] = [:]

  /// What was decided about the records of one code.
  private struct Decisions {
    /// What holds for every record that has none of its own.
    var common: QuarantineAcceptance?
    /// Records decided on their own; `nil` if open.
    var own: [RecordPlace: QuarantineAcceptance?] = [:]

    func acceptance(of place: RecordPlace) -> QuarantineAcceptance? {
      if let decided = own[place] { return decided }
      return common
    }
  }

  /// Creates the quarantine of a close.
  public init(
    counts: [QuarantineCount], records: [QuarantinedRecord], acceptances: [QuarantineAcceptance],
    isItemised: Bool = true
  ) {
    self.counts = counts
    self.records = records
    self.acceptances = acceptances
    self.isItemised = isItemised
    let isNamed = acceptances.contains { if case .record = $0.scope { true } else { false } }
    let codes =
      isNamed
      ? Dictionary(records.map { ($0.place, $0.code) }, uniquingKeysWith: { first, _ in first })
      : [:]
    for acceptance in acceptances { apply(acceptance, codes) }
  }

  /// No record was left out.
  public static var none: CloseQuarantine {
    CloseQuarantine(counts: [], records: [], acceptances: [])
  }

  private mutating func apply(
    _ acceptance: QuarantineAcceptance, _ codes: [RecordPlace: FindingCode]
  ) {
    let decided: QuarantineAcceptance? = acceptance.isUndo ? nil : acceptance
    switch acceptance.scope {
    case .everything:
      for count in counts where count.code.needsAcceptance { decide(count.code, decided) }
    case .code(let code):
      decide(code, decided)
    case .record(let place):
      guard let code = codes[place] else { return }
      let current = decisions[code, default: Decisions()].acceptance(of: place)
      if (current == nil) != acceptance.isUndo {
        decisions[code, default: Decisions()].own[place] = .some(decided)
      }
    }
  }

  private mutating func decide(_ code: FindingCode, _ decided: QuarantineAcceptance?) {
    guard let decided else {
      decisions[code] = nil
      return
    }
    var decisionsOfCode = decisions[code] ?? Decisions()
    decisionsOfCode.common = decisionsOfCode.common ?? decided
    for (place, own) in decisionsOfCode.own where own == nil {
      decisionsOfCode.own[place] = .some(decided)
    }
    decisions[code] = decisionsOfCode
  }

  /// These records after one more decision.
  public func adding(_ acceptance: QuarantineAcceptance) -> CloseQuarantine {
    CloseQuarantine(
      counts: counts, records: records, acceptances: acceptances + [acceptance],
      isItemised: isItemised)
  }

  /// Who accepted that a record stays out; `nil` if it is open or needs no acceptance.
  public func acceptance(of record: QuarantinedRecord) -> QuarantineAcceptance? {
    decisions[record.code]?.acceptance(of: record.place)
  }

  /// The records for one reason that are open.
  public func open(_ count: QuarantineCount) -> QuarantineSum {
    guard count.code.needsAcceptance else { return QuarantineSum() }
    guard let decided = decisions[count.code] else { return count.sum }
    var open = decided.common == nil ? count.sum : QuarantineSum()
    let named = records.filter { $0.code == count.code && decided.own[$0.place] != nil }
    for record in named {
      switch (decided.common, decided.acceptance(of: record.place)) {
      case (nil, .some): open.remove(record)
      case (.some, nil): open.add(record)
      default: break
      }
    }
    return open
  }

  /// The records for one reason that somebody accepted.
  public func accepted(_ count: QuarantineCount) -> QuarantineSum {
    guard count.code.needsAcceptance else { return QuarantineSum() }
    return count.sum.subtracting(open(count))
  }

  /// All open records.
  public var open: QuarantineSum { sum(open) }

  /// All records that somebody accepted.
  public var accepted: QuarantineSum { sum(accepted) }

  /// The records that repeat an entry which is counted elsewhere.
  public var countedOnce: QuarantineSum {
    sum { $0.code.needsAcceptance ? QuarantineSum() : $0.sum }
  }

  private func sum(_ part: (QuarantineCount) -> QuarantineSum) -> QuarantineSum {
    counts.reduce(into: QuarantineSum()) { $0.add(part($1)) }
  }
}
