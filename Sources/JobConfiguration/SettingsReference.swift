/// `docs/settings.md`: all settings as a page of Markdown, made from `SettingCatalogue`.
public enum SettingsReference {
  /// The page.
  public static func text() -> String {
    let settings = SettingCatalogue.all.map(row)
    let keys = BankAccountKey.allCases.map { key in
      "| `\(key.rawValue)` | \(escaped(key.summary))\(key.isRequired ? " Required." : "") |"
    }
    return """
      # Settings

      <!-- Written by `tieout job settings` from Sources/JobConfiguration. Do not edit. -->

      A setting can be given in a job file, as an environment variable (`TIEOUT_` and its key in capitals:
      `TIEOUT_EXPORTS`) or as an option. An option overrides the environment, which overrides the job file.
      Paths in a job file are relative to the file. `tieout job check FILE` prints the settings that apply
      and their sources. [jobs/](../jobs/README.md) has examples.

      | key | option | value | default | |
      |---|---|---|---|---|
      \(settings.joined(separator: "\n"))

      ## Bank accounts

      An entry of `bank_accounts` has these keys. Those that begin with `csv_` describe CSV statements.

      | key | |
      |---|---|
      \(keys.joined(separator: "\n"))

      """
  }

  private static func row(_ setting: any SettingDescription) -> String {
    let cells = [
      "`\(setting.name)`", "`--\(setting.optionName)`", values(setting.kind),
      setting.defaultText.map { "`\($0)`" } ?? setting.whenUnset ?? "", setting.help,
    ]
    return "| " + cells.map(escaped).joined(separator: " | ") + " |"
  }

  /// What a kind of setting accepts, in a few words.
  private static func values(_ kind: SettingKind) -> String {
    switch kind {
    case .path: "a path"
    case .fileName: "a file's name"
    case .date: "a date, YYYY-MM-DD"
    case .integer(let range): "an integer from \(range.lowerBound) to \(range.upperBound)"
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .flag: "`true` or `false`"
    case .timeZone: "an IANA time zone"
    case .currency: "an ISO 4217 currency code"
    case .memory: "bytes, or a size such as `512MiB`"
    case .accounts: "a list of account codes"
    case .tenants: "a list of UUIDs"
    case .tenantNames: "a path, or names by UUID"
    case .reviewThreshold: "an amount, a percentage, or both: `10000.00, 5%`"
    case .dates: "a list of dates, YYYY-MM-DD"
    case .weekdays: "a list of days, `monday` to `sunday`"
    case .bankAccounts: "a list of bank accounts"
    case .address: "an http or https URL"
    }
  }

  /// The text of a table cell, in which `<` and `|` would be taken for markup.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { cell, character in
      switch character {
      case "<": cell += "&lt;"
      case "|": cell += "\\|"
      default: cell.append(character)
      }
    }
  }
}
