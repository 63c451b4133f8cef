import LedgerDomain

/// The JSON schema of a job file, for editors, made from `SettingCatalogue`.
///
/// Source: JSON Schema draft 7, which YAML language servers read.
public enum JobSchema {
  /// The schema as JSON, the settings in their order.
  public static func text() -> String {
    let settings = SettingCatalogue.all.map { member($0.name, property($0)) }
    return """
      {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Tieout job file",
        "description": "The settings of a run. Paths are relative to the file.",
        "type": "object",
        "additionalProperties": false,
        "properties": {
      \(settings.joined(separator: ",\n"))
        }
      }

      """
  }

  private static func member(_ name: String, _ members: [(String, String)]) -> String {
    let lines = members.map { "      \(quoted($0.0)): \($0.1)" }
    return "    \(quoted(name)): {\n\(lines.joined(separator: ",\n"))\n    }"
  }

  private static func property(_ setting: any SettingDescription) -> [(String, String)] {
    var members = [("description", quoted(setting.help))] + type(setting.kind)
    if let text = setting.defaultText {
      switch setting.kind {
      case .integer, .flag: members.append(("default", text))
      default: members.append(("default", quoted(text)))
      }
    }
    return members
  }

  private static func type(_ kind: SettingKind) -> [(String, String)] {
    switch kind {
    case .tenantNames: tenantNames
    case .path, .timeZone: [("type", quoted("string")), ("minLength", "1")]
    case .fileName: text(matching: "^[^/]+$")
    case .date: text(matching: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
    case .integer(let range):
      [
        ("type", quoted("integer")), ("minimum", "\(range.lowerBound)"),
        ("maximum", "\(range.upperBound)"),
      ]
    case .choice(let words): [("enum", "[\(words.map(quoted).joined(separator: ", "))]")]
    case .flag: [("type", quoted("boolean"))]
    case .currency: text(matching: "^[A-Z]{3}$")
    case .memory:
      [("type", "[\"string\", \"integer\"]"), ("pattern", quoted("^[0-9]+(KiB|MiB|GiB)?$"))]
    case .reviewThreshold:
      [
        ("type", "[\"string\", \"number\"]"),
        (
          "pattern",
          quoted(
            "^([0-9]+([.][0-9]{1,4})?|[0-9]+([.][0-9]{1,4})?, *[0-9]+([.][0-9]{1,2})?%|[0-9]+([.][0-9]{1,2})?%)$"
          )
        ),
      ]
    case .address: text(matching: "^https?://[^#]+$")
    case .accounts: list(of: "{\"type\": [\"string\", \"integer\"], \"pattern\": \"^[0-9]{4}$\"}")
    case .tenants: list(of: "{\"type\": \"string\", \"format\": \"uuid\"}")
    case .dates: list(of: "{\"type\": \"string\", \"pattern\": \"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\"}")
    case .weekdays:
      list(
        of:
          "{\"enum\": [\(BankingCalendar.Weekday.allCases.map { quoted($0.name) }.joined(separator: ", "))]}"
      )
    case .bankAccounts: [("type", quoted("array")), ("items", bankAccount)]
    }
  }

  /// A path, or a mapping of UUIDs to names.
  private static let tenantNames = [
    ("type", "[\"string\", \"object\"]"), ("propertyNames", "{\"format\": \"uuid\"}"),
    (
      "additionalProperties",
      "{\"type\": \"string\", \"minLength\": 1, \"maxLength\": \(TenantNames.lengthMax)}"
    ),
  ]

  private static func text(matching pattern: String) -> [(String, String)] {
    [("type", quoted("string")), ("pattern", quoted(pattern))]
  }

  /// A list, or the same in one text with commas between the items.
  private static func list(of item: String) -> [(String, String)] {
    [("type", "[\"array\", \"string\", \"integer\"]"), ("items", item), ("minItems", "1")]
  }

  private static var bankAccount: String {
    let properties = BankAccountKey.allCases.map { key in
      let type = key.mayBeOtherThanText ? "[\"string\", \"integer\", \"boolean\"]" : "\"string\""
      return "          \(quoted(key.rawValue)): "
        + "{\"description\": \(quoted(key.summary)), \"type\": \(type)}"
    }
    let required = BankAccountKey.allCases.filter(\.isRequired).map { quoted($0.rawValue) }
    return """
      {
              "type": "object",
              "additionalProperties": false,
              "required": [\(required.joined(separator: ", "))],
              "properties": {
      \(properties.joined(separator: ",\n"))
              }
            }
      """
  }

  /// A text as JSON. Names and help contain no control characters.
  private static func quoted(_ text: String) -> String {
    "\"" + text.reduce(into: "") { $0 += "\"\\".contains($1) ? "\\\($1)" : String($1) } + "\""
  }
}
