import CloseJob
import LedgerDomain

/// What to run after a run.
struct NextStep {
  private static let codesMax = 3

  /// A sentence, or a command.
  let text: String

  /// - Parameter job: the job file that was named on the command line.
  init(_ result: RunResult, _ items: [ActionItem], job: String?) {
    let option = job.map { " --job \(Self.quoted($0))" } ?? ""
    let codes = Self.codes(items)
    let others = codes.dropFirst().joined(separator: ", ")
    let explain = codes.first.map { code in
      "tieout explain \(code)" + (others.isEmpty ? "" : " (also \(others))")
    }
    switch result.exitCode {
    case 0 where result.tenants.contains { !$0.dates.isEmpty }:
      let (tenant, date) = Self.only(result)
      let signoff = "tieout signoff\(option) --tenant \(tenant) --date \(date) --by NAME"
      text =
        result.reports.map { "read \($0)/index.html, then \(signoff)" }
        ?? "tieout balance\(option) --tenant \(tenant)"
    case 0: text = "nothing; tieout status\(option) shows how far the books are closed"
    case 1: text = explain ?? "tieout status\(option)"
    default:
      text = "\(explain.map { $0 + "; " } ?? "")mend the cause, then run the same command again"
    }
  }

  /// The tenant and the date, if there is only one; otherwise words that stand for them.
  private static func only(_ result: RunResult) -> (tenant: String, date: String) {
    let dates = Set(result.tenants.flatMap(\.dates).map(\.header.businessDate))
    return (
      result.tenants.count == 1 ? "\(result.tenants[0].tenant)" : "UUID",
      dates.count == 1 ? dates.map(\.description).joined() : "D"
    )
  }

  /// The codes to read about, the most urgent first.
  private static func codes(_ items: [ActionItem]) -> [String] {
    let sorted = items.enumerated().sorted {
      ($0.element.urgency.rawValue, $0.offset) < ($1.element.urgency.rawValue, $1.offset)
    }
    var codes: [String] = []
    for code in sorted.compactMap(\.element.code) where !codes.contains(code) { codes.append(code) }
    return Array(codes.prefix(codesMax))
  }

  /// A word as a shell takes it.
  static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case 0x2B...0x3A, 0x40...0x5A, 0x5F, 0x61...0x7A, 0x80...: true
      default: false
      }
    }
    if isPlain && !word.isEmpty { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
      + "'"
  }
}
