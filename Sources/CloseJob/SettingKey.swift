/// Everything a job can be told: the keys of the job file, and with `TIEOUT_` before them and in
/// capitals, of the environment.
public enum SettingKey: String, CaseIterable, Sendable {
  case exports
  case chart
  case opening
  case store
  case reports
  case statements
  case bankAccounts = "bank_accounts"
  case bankDateWindow = "bank_date_window"
  case tenants
  case date
  case firstDate = "first_date"
  case missingDates = "missing_dates"
  case requireManifest = "require_manifest"
  case timeZone = "time_zone"
  case lockedThrough = "locked_through"
  case findingsLimit = "findings_limit"
  case restatingEntriesLimit = "restating_entries_limit"
  case principalAccounts = "principal_accounts"
  case loanTape = "loan_tape"
  case reportingCurrency = "reporting_currency"
  case loanDifferencesLimit = "loan_differences_limit"
  case maxQuarantinedPercent = "max_quarantined_percent"
  case recordBytesMax = "record_bytes_max"
  case partBytesMax = "part_bytes_max"
  case jobs
  case memoryLimit = "memory_limit"

  /// The variable of the environment.
  public var variable: String { "TIEOUT_" + rawValue.uppercased() }

  /// Whether it names a file or directory; in a job file, relative to that file.
  var isPath: Bool {
    switch self {
    case .exports, .chart, .opening, .store, .reports, .statements, .loanTape: true
    default: false
    }
  }

  /// The key that a misspelt one most likely means; `nil` if none is close.
  static func closest(to text: String) -> SettingKey? {
    let candidates = allCases.map { (key: $0, distance: distance(text, $0.rawValue)) }
    guard let best = candidates.min(by: { $0.distance < $1.distance }) else { return nil }
    return best.distance <= max(2, best.key.rawValue.count / 3) ? best.key : nil
  }

  /// How many letters have to be added, left out or changed to get from one text to the other.
  private static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var row = Array(0...right.count)
    for (i, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}

/// A setting as it was written, and where.
public struct SettingText: Sendable {
  /// The value as text; several tenants are separated by commas.
  public let text: String
  /// Where it was written: `--exports`, `TIEOUT_EXPORTS`, `nightly.yaml line 3`.
  public let source: String
  /// The entries of a setting that is a list of mappings, each with the names of its values.
  public let mappings: [[String: String]]

  /// A value from that place.
  public init(_ text: String, source: String, mappings: [[String: String]] = []) {
    self.text = text
    self.source = source
    self.mappings = mappings
  }
}
