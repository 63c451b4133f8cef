import LedgerDomain

/// Wording shared by the sections of the page.
enum Wording {
  /// `1 break`, `12,000 breaks`.
  static func count(_ count: Int, _ one: String, _ many: String) -> String {
    "\(HTMLWriter.string { $0.count(count) }) \(count == 1 ? one : many)"
  }

  /// The outcome of a check.
  static func of(_ status: TieOutStatus) -> String {
    switch status {
    case .pass: "ties out"
    case .fail: "break"
    case .inconclusive: "no input"
    }
  }
}
