import FoundationEssentials
import JobConfiguration
import LedgerDomain
import SystemPackage

/// The text of a job file and of a chart, from what an export tree holds.
///
/// What the tree does not say stands behind `FILL IN`.
struct JobDraft {
  /// Stands where a person must write something.
  static let placeholder = "FILL IN"

  private static let namesMax = 20
  private static let accountsMax = 20

  let survey: ExportSurvey
  let statements: StatementSurvey
  /// The directory of loan tapes; `nil` if there are none.
  let loanTape: String?
  /// The directory that the job file is written to.
  let directory: String
  /// The last date that a close without `date` would close.
  let yesterday: BusinessDate

  /// `account_code,account_name,normal_side`, an account for each code of the sample.
  var chart: String {
    let rows = survey.sample.accounts.sorted { $0.key < $1.key }.map { code, account in
      "\(code),\(Self.placeholder) \(code),\(account.guessedSide.code)\n"
    }
    return "account_code,account_name,normal_side\n" + rows.joined()
  }

  /// The job file.
  var job: String {
    var text =
      "# Written by tieout init. Replace what follows FILL IN; tieout job check tests the file.\n"
    text += "exports: \(path(survey.root))\n"
    text += "chart: chart.csv\nstore: books.sqlite\nreports: reports\n"
    text +=
      "\n# FILL IN the ledger's time zone: a date has the entries that were posted on it there.\n"
    text += "time_zone: UTC\n"
    if let marker = survey.marker {
      text += "\n# Every date has this file.\nsuccess_marker: \(marker)\n"
    }
    if survey.missingDates > 0 {
      text +=
        "\n# FILL IN: \(survey.missingDates.counted("date is", "dates are")) missing. If the exporter skips days "
        + "without entries, remove the #.\n# missing_dates: empty\n"
    }
    if let first = survey.dates?.lowerBound {
      text +=
        "\n# FILL IN, if the ledger is older than its exports: the balances at the end of "
        + "\(first.advanced(by: -1)).\n# opening: opening.csv\n"
    }
    if let last = survey.dates?.upperBound, last < yesterday {
      text +=
        "\n# The exports end here. Remove this line when they come every night.\ndate: \(last)\n"
    }
    return text + names + bank + loans
  }

  private var names: String {
    let tenants = survey.tenants.map(\.tenant)
    guard tenants.count <= Self.namesMax else {
      return "\n# FILL IN what people call the tenants, in a CSV file with tenant_id,tenant_name.\n"
        + "# tenant_names: tenants.csv\n"
    }
    return "\n# FILL IN what people call the tenants, and remove the #.\n# tenant_names:\n"
      + tenants.map { "#   \($0): FILL IN\n" }.joined()
  }

  private var bank: String {
    guard let root = statements.root else { return "" }
    var text = "\n# FILL IN the ledger's account of each bank account, and remove the #.\n"
    text += "# statements: \(path(root))\n# bank_accounts:\n"
    for account in statements.accounts.prefix(Self.accountsMax) {
      text += """
        #   - ref: \(Self.quoted(reference(account)))
        #     account: FILL IN
        #     currency: \(account.currency)
        #     number: \(Self.quoted(account.number))

        """
    }
    let others = statements.files - statements.understood
    if others > 0 {
      text +=
        "#   - …  # \(others.counted("file needs", "files need")) settings of their own: "
        + "tieout statement FILE, docs/statements.md\n"
    }
    return text
  }

  /// The number, with the currency where the bank has the number in several.
  private func reference(_ account: StatementSurvey.Account) -> String {
    let same = statements.accounts.count { $0.number == account.number }
    return same == 1 ? account.number : "\(account.number)-\(account.currency)"
  }

  private var loans: String {
    guard let loanTape else { return "" }
    return "\n# FILL IN the accounts that hold principal, and remove the #.\n"
      + "# loan_tape: \(path(loanTape))\n# principal_accounts: [FILL IN]\n"
  }

  /// A path as the job file names it: relative to itself for what is below its directory.
  private func path(_ path: String) -> String {
    let full = Self.absolute(path)
    let base = Self.absolute(directory)
    var relative = full
    if relative.starts(with: base), relative != base, relative.removePrefix(base) {
      return Self.quoted(relative.string)
    }
    return Self.quoted(full.string)
  }

  private static func absolute(_ path: String) -> FilePath {
    FilePath(FileManager.default.currentDirectoryPath).pushing(FilePath(path)).lexicallyNormalized()
  }

  /// A text as YAML reads it back, whatever it contains.
  static func quoted(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { byte in
      switch byte {
      case 0x2D...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
      default: false
      }
    }
    let hasLetter = text.utf8.contains { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }
    if isPlain && hasLetter && text.utf8.first != 0x2D { return text }
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": return "\\\""
      case "\\": return "\\\\"
      default:
        if scalar.value >= 0x20 && scalar.value < 0x7F { return String(scalar) }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return "\"" + escaped.joined() + "\""
  }
}
