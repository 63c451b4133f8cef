import LedgerDomain

/// One entry of a random history, as its export has it.
struct ModelEntry {
  struct Line {
    let account: Int
    let isDebit: Bool
    let amount: Int64
    let currency: String
    let layer: String

    /// The line as `JournalText` reads it.
    var text: String { "\(account) \(isDebit ? "DR" : "CR") \(amount) \(currency) \(layer)" }
  }

  let number: Int
  let effective: BusinessDate
  let lines: [Line]

  /// The entry as `JournalText` reads it.
  var text: String { "#\(number) \(effective)" + lines.map { " | \($0.text)" }.joined() }

  /// What two entries with one identifier must share: the order of lines does not matter.
  var content: String { "\(effective) " + lines.map(\.text).sorted().joined(separator: " | ") }

  /// Whether debits equal credits in every currency and layer.
  var isBalanced: Bool {
    Dictionary(grouping: lines) { $0.currency + $0.layer }.values.allSatisfy { lines in
      lines.reduce(0) { $0 + ($1.isDebit ? $1.amount : -$1.amount) } == 0
    }
  }
}

/// An entry at its place in an export.
struct ModelRecord {
  let file: String
  let number: Int
  let entry: ModelEntry

  var place: RecordPlace { RecordPlace(file: file, record: number) }
}

/// An account of a chart, or one that left it.
struct ModelAccount: Hashable {
  var name: String
  var isDebit: Bool
  var hasLeft = false
}

/// Accounts by their codes.
typealias ModelChart = [Int: ModelAccount]

/// A change of the chart that a close finds.
struct ModelChartFinding: Hashable {
  let code: FindingCode
  let account: Int
  var field = "-"
  /// Currency and layer of the balance, if the account left.
  var pair = "- -"

  /// The finding as the test reads it from the store.
  var text: String { "\(code.rawValue) \(account) \(field) \(pair)" }
}

/// An entry that a close left out because the close of an earlier date had accepted it.
struct ModelRepetition: Hashable {
  let date: BusinessDate
  /// The content of the entry that was accepted.
  let content: String
}

/// A close by the model.
struct ModelClose {
  let date: BusinessDate
  let records: [ModelRecord]
  /// Why each record was left out; `nil` if it is accepted.
  let reasons: [FindingCode?]
  /// What was left out because of earlier dates, by the entries' numbers.
  let repetitions: [Int: ModelRepetition]
  /// The sizes of the parts.
  let sizes: [String: Int]
  /// The chart with the accounts that left it.
  var chart: ModelChart
  var chartFindings: [ModelChartFinding] = []
  /// The tie-outs `open_quarantine` and `late_input`: scope, status, expected and found.
  var tieOuts: [String] = []
  /// The quarantined records that somebody accepted.
  var decided: Set<RecordPlace> = []

  /// The accepted entries.
  var accepted: [ModelEntry] {
    zip(records, reasons).filter { $0.1 == nil }.map(\.0.entry)
  }

  /// The contents of accepted entries by their numbers.
  var contents: [Int: String] {
    Dictionary(accepted.map { ($0.number, $0.content) }, uniquingKeysWith: { $1 })
  }

  /// The records that were left out, with their reasons.
  var quarantined: [(record: ModelRecord, code: FindingCode)] {
    zip(records, reasons).compactMap { record, code in code.map { (record, $0) } }
  }

  /// The quarantined records that nobody accepted, of those that need it.
  var open: [(record: ModelRecord, code: FindingCode)] {
    quarantined.filter { $0.code.needsAcceptance && !decided.contains($0.record.place) }
  }

  /// Whether the run exits 1 because of it.
  var hasBreaks: Bool { !quarantined.isEmpty || tieOuts.contains { $0.contains(" fail ") } }

  /// What the digest of the input tells apart.
  var input: [String] { Self.input(records, reasons) }

  static func input(_ records: [ModelRecord], _ reasons: [FindingCode?]) -> [String] {
    zip(records, reasons).map { record, reason in
      let kind =
        switch reason {
        case nil: "accepted"
        case .duplicateEntry, .conflictingDuplicate, .entryAlreadyClosed: "repeated"
        default: "refused"
        }
      return "\(kind) \(record.entry.text)"
    }.sorted()
  }
}
