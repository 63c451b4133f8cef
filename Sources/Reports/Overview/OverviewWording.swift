import LedgerDomain

/// How the overview puts kinds of matters and standings of dates into words.
enum OverviewWording {
  /// A kind of matter.
  struct Kind {
    /// The name in the page's markup.
    let name: String
    let title: String
    /// `error` or `warning`.
    let tone: String
    /// What is counted, one and many; empty if nothing is.
    var noun: (one: String, many: String) = ("", "")
    /// The section of the close's page that explains it; empty for the beginning.
    var anchor = ""
  }

  static func of(_ kind: OpenMatter.Kind) -> Kind {
    switch kind {
    case .brokenCheck:
      Kind(
        name: "breaks", title: "Breaks", tone: "error",
        noun: ("comparison fails", "comparisons fail"), anchor: "tie-outs")
    case .openQuarantine:
      Kind(
        name: "open-quarantine", title: "Quarantine open", tone: "error",
        noun: ("record", "records"), anchor: "quarantine")
    case .withdrawnCertification:
      Kind(
        name: "withdrawn", title: "Certification withdrawn", tone: "warning",
        anchor: "certification")
    case .lateInput:
      Kind(
        name: "late-input", title: "Late input", tone: "error",
        noun: ("part more", "parts more"), anchor: "check-late_input")
    case .unreconciledBank:
      Kind(
        name: "unreconciled", title: "Bank not reconciled", tone: "error",
        noun: ("outstanding item", "outstanding items"), anchor: "bank")
    case .overdueStatement:
      Kind(
        name: "overdue", title: "Statement overdue", tone: "warning", anchor: "bank")
    case .notClosed:
      Kind(
        name: "not-closed", title: "Not closed", tone: "error",
        noun: ("date behind", "dates behind"))
    }
  }

  /// A standing's name in the page's markup, its sign, and what it means.
  static func of(_ standing: DateStanding) -> (name: String, sign: String, title: String) {
    switch standing {
    case .tiesOut: ("ties_out", "✓", "ties out")
    case .accepted: ("accepted", "✓", "ties out, quarantined records accepted")
    case .pending: ("pending", "…", "ties out, bank statement to come")
    case .earlierOpen: ("earlier_open", "←", "ties out, an earlier date was open")
    case .openQuarantine: ("open_quarantine", "!", "quarantined records open")
    case .breaks: ("breaks", "≠", "a break")
    }
  }

  /// `4 of 90 tenants need attention.`
  static func verdict(_ overview: Overview) -> String {
    if overview.tenants.isEmpty { return "No date is closed yet." }
    let count = overview.tenants.count { !$0.matters.isEmpty }
    if count == 0 { return "Nothing needs attention." }
    let all = Wording.count(overview.tenants.count, "tenant", "tenants")
    let needs = count == 1 ? "needs" : "need"
    return "\(HTMLWriter.string { $0.count(count) }) of \(all) \(needs) attention."
  }
}
