import LedgerDomain

@testable import JournalReading

/// How one exporter writes records: the order of names, the white space, what it leaves out, and what
/// else it writes.
struct ExporterStyle {
  private var names: [String]
  private var lineNames: [String]
  private var comma = ","
  private var colon = ":"
  private var lineEnd = ""
  private var zone = "Z"
  private var decimals = 0
  private var hasUpperCase = false

  private static let unknownNames = [
    "source", "ledger_offset", "cost_centre", "x", "l\\u0061yers", "größe", "lines_", "note", "",
    "a_name_that_is_longer_than_all_the_names_that_a_record_has",
  ]

  /// A style as an exporter may have it.
  init(using generator: inout SeededGenerator) {
    names = HeaderField.allCases.map(\.name.description)
    lineNames = LineField.allCases.map(\.name.description)
    let optional = ["tenant_id", "correlation_id", "reverses_entry_id", "description", "actor"]
    names.removeAll { optional.contains($0) && generator.one(in: 3) }
    lineNames.removeAll { ["loan_id", "borrower_id"].contains($0) && generator.one(in: 3) }
    for _ in 0..<generator.below(3) { names.append(generator.pick(Self.unknownNames)) }
    for _ in 0..<generator.below(2) { lineNames.append(generator.pick(Self.unknownNames)) }
    switch generator.below(4) {
    case 0: break
    case 1: (names, lineNames) = (names.sorted(), lineNames.sorted())
    default:
      names.shuffle(using: &generator)
      lineNames.shuffle(using: &generator)
    }
    // The second are the separators of Python's json.dumps.
    (comma, colon) = generator.pick([
      (",", ":"), (", ", ": "), (", ", ":"), (",\t ", " :\r  "), (" ,", " : "),
    ])
    lineEnd = generator.pick(["", "", "", " ", "\r"])
    zone = generator.pick(["Z", "Z", "+00:00", "z", "-00:00", "+02:30"])
    decimals = generator.pick([0, 3, 3, 6, 7, 8, 9, 12])
    hasUpperCase = generator.one(in: 5)
  }

  /// A record whose values fit its fields, nearly always.
  func record(using generator: inout SeededGenerator) -> [UInt8] {
    let loan = uuid(&generator)
    let count = generator.one(in: 40) ? generator.below(80) : 2 + generator.below(5)
    let lines = (0..<count).map { line($0, loan, &generator) }
    let members = names.compactMap { name -> (String, String)? in
      if name == "lines" { return (name, "[" + lines.joined(separator: comma) + "]") }
      return value(of: name, &generator).map { (name, $0) }
    }
    return Array((object(members) + lineEnd).utf8)
  }

  private func line(_ index: Int, _ loan: String, _ generator: inout SeededGenerator) -> String {
    object(
      lineNames.compactMap { name in
        switch name {
        case "sequence": return (name, "\(index + 1)")
        case "loan_id" where generator.below(8) > 0: return (name, loan)
        default: return value(of: name, &generator).map { (name, $0) }
        }
      })
  }

  private func object(_ members: [(name: String, value: String)]) -> String {
    "{" + members.map { "\"\($0.name)\"\(colon)\($0.value)" }.joined(separator: comma) + "}"
  }

  private func value(of name: String, _ generator: inout SeededGenerator) -> String? {
    if generator.one(in: 400) { return generator.pick(OddValue.all) }
    switch name {
    case "journal_entry_id": return uuid(&generator)
    case "tenant_id": return "\"\(Sample.tenantText)\""
    case "correlation_id", "reverses_entry_id", "loan_id", "borrower_id":
      return generator.one(in: 4) ? nil : generator.one(in: 20) ? "null" : uuid(&generator)
    case "event_type": return "\"\(generator.pick(EventType.allCases).code)\""
    case "effective_at": return "\"2026-03-\(generator.pick(["15", "14", "01", "32"]))\""
    case "posted_at": return posted(&generator)
    case "account_code": return "\"\(1000 + generator.below(9000))\""
    case "direction": return generator.pick(["\"DR\"", "\"CR\""])
    case "amount_minor": return "\"\(generator.next() >> (1 + generator.next() % 63))\""
    case "currency": return generator.pick(["\"USD\"", "\"EUR\"", "\"JPY\""])
    case "layer": return "\"\(generator.pick(EntryLayer.allCases).code)\""
    case "external_ref": return generator.one(in: 3) ? "\"W/\(generator.next())\"" : nil
    case "description", "actor": return generator.pick(OddValue.texts)
    default: return generator.one(in: 5) ? nil : generator.pick(OddValue.all)
    }
  }

  private func uuid(_ generator: inout SeededGenerator) -> String {
    let text = LedgerUUID(high: generator.next(), low: generator.next()).description
    return "\"\(hasUpperCase ? text.uppercased() : text)\""
  }

  private func posted(_ generator: inout SeededGenerator) -> String {
    func two(_ bound: Int) -> String {
      let number = generator.below(bound)
      return number < 10 ? "0\(number)" : "\(number)"
    }
    var text = "2026-03-15T\(two(25)):\(two(61)):\(two(61))"
    if decimals > 0 { text += "." }
    for _ in 0..<decimals { text += "\(generator.below(10))" }
    return "\"\(text)\(zone)\""
  }
}

/// Values that a field is seldom given.
enum OddValue {
  static let texts = [
    "\"interest\"", "\"Zinsen für März\"", "\"Zinsen f\\u00fcr M\\u00e4rz\"", "\"\"", "\"\\\"\"",
    "\"利息の計上\"", "\"paid \\ud83d\\ude00\"", "\"😀\"", "null",
  ]
  static let all =
    texts + [
      "1", "-0", "12345678901234567890123456789012345678901234567890", "1e400", "-1.5E-7", "01",
      "true", "[]", "{}", "[1,[2,{\"a\":null}]]", "{\"a\":1,\"a\":2}", "{\"a\":1,\"b\":{}}",
      "\"9223372036854775807\"", "\"9223372036854775808\"", "\"00\"", "\"0\"", "32767", "32768",
      "\"2026-02-29\"", "\"2024-02-29\"", "\"2026-03-15T23:59:60Z\"", "\"\\u0044R\"", "\"dr\"",
      "\"1200 \"", "\"US\"", "\"USDX\"", "\"SETTLED \"", "1.0", "nul", "\u{1}", "\"\t\"",
    ]
}

extension SeededGenerator {
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func one(in count: Int) -> Bool { below(count) == 0 }
  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }
}
