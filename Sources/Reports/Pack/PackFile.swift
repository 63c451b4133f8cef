/// A data file of a tenant's month, in the order in which its page lists them.
enum PackFile: String, CaseIterable {
  case trialBalance = "trial-balance.csv"
  case rollforward = "rollforward.csv"
  case restatements = "restatements.csv"
  case openItems = "open-items.csv"
  case quarantine = "quarantine.csv"
  case bankReconciliations = "bank-reconciliations.csv"
  case bankItems = "bank-items.csv"
  case settlements = "settlements.csv"
  case certifications = "certifications.csv"
  case tieOuts = "tie-outs.csv"
  case closes = "closes.csv"
  case inputParts = "input-parts.csv"

  /// What is in it.
  var about: String {
    switch self {
    case .trialBalance: "Every balance at the end of the month, and the close that wrote it"
    case .rollforward: "Opening, movement, backdated entries and closing of every account"
    case .restatements: "Every balance of the month that a later close changed, and the entries"
    case .openItems: "What needs somebody"
    case .quarantine: "Every record left out of the balances, and who accepted that"
    case .bankReconciliations: "Each bank account on each date"
    case .bankItems: "The items at the bank on the last date: matched, settled, outstanding"
    case .settlements: "What people matched or wrote off by hand, and why"
    case .certifications: "Who certified each date, and what withdrew it"
    case .tieOuts: "Every comparison of each date"
    case .closes: "Every close of the month's dates, with its digests"
    case .inputParts: "Every export file that was read, with its SHA-256"
    }
  }
}
