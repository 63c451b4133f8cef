import LedgerDomain

extension HistoryModel {
  /// Whether a record passes the rules.
  private static func passes(_ entry: ModelEntry, _ chart: ModelChart) -> Bool {
    entry.lines.allSatisfy { has(chart, $0.account) } && entry.isBalanced
  }

  private static func has(_ chart: ModelChart, _ account: Int) -> Bool {
    chart[account].map { !$0.hasLeft } ?? false
  }

  /// Why each record of a date is left out; `nil` for one that is accepted.
  ///
  /// - Parameter repetitions: the entries that earlier dates accepted.
  static func reasons(
    _ records: [ModelRecord], _ chart: ModelChart, _ repetitions: [Int: ModelRepetition]
  ) -> [FindingCode?] {
    var seen: [Int: String] = [:]
    return records.map { record in
      let entry = record.entry
      guard entry.lines.allSatisfy({ has(chart, $0.account) }) else { return .unknownAccount }
      guard entry.isBalanced else { return .unbalanced }
      if let closed = repetitions[entry.number] {
        return closed.content == entry.content ? .entryAlreadyClosed : .conflictingDuplicate
      }
      if let first = seen[entry.number] {
        return first == entry.content ? .duplicateEntry : .conflictingDuplicate
      }
      seen[entry.number] = entry.content
      return nil
    }
  }

  /// The entries of a date that earlier dates accepted.
  func repetitions(
    _ date: BusinessDate, _ records: [ModelRecord], _ chart: ModelChart
  ) -> [Int: ModelRepetition] {
    if window == 0 { return [:] }
    let passing = Set(
      records.map(\.entry).filter { Self.passes($0, chart) }.map(\.number))
    let dates = (1...window).reversed().map { date.advanced(by: -$0) }
    var found: [Int: ModelRepetition] = [:]
    for number in passing {
      for earlier in dates where earlier >= keptFrom && found[number] == nil {
        if let content = current(earlier)?.contents[number] {
          found[number] = ModelRepetition(date: earlier, content: content)
        }
      }
      // What was closed again in this run is known, however old it is.
      for earlier in dates where earlier < keptFrom && found[number] == nil {
        if let content = changes[number]?[earlier] ?? nil {
          found[number] = ModelRepetition(date: earlier, content: content)
        }
      }
      // The date that had accepted it may be gone.
      if found[number] == nil, let old = current(date)?.repetitions[number],
        old.date < keptFrom, changes[number]?[old.date] == nil
      {
        found[number] = old
      }
    }
    return found
  }

  /// The later dates that shared entries with a date that was closed again and now accepts others.
  mutating func datesAffected(by close: ModelClose) -> [BusinessDate] {
    if window == 0 { return [] }
    let contents = close.contents
    var affected: [BusinessDate] = []
    for distance in 1...window {
      let date = close.date.advanced(by: distance)
      guard let later = current(date) else { continue }
      var numbers = Set<Int>()
      if date >= keptFrom {
        numbers = Set(later.contents.keys).intersection(contents.keys)
      }
      for (number, old) in later.repetitions
      where old.date == close.date && old.content != contents[number] { numbers.insert(number) }
      for number in numbers {
        changes[number, default: [:]].updateValue(contents[number], forKey: close.date)
      }
      if !numbers.isEmpty { affected.append(date) }
    }
    return affected
  }
}
