/// A short notation for journal entries, one to a line, that is turned into the records of a part:
///
///     2026-01-05 | 1000 DR 500 | 3000 CR 500
///     #7 2026-01-04 posted 2026-01-05T23:30:00-03:00 | 1000 DR 5 EUR PENDING | 2000 CR 5 EUR PENDING
///     2026-01-05 | 1100 DR 500 USD SETTLED loan:7 | 1000 CR 500
///     = the rest of such a line is the record
///
/// The date is the effective date. By default an entry is posted at noon UTC of the part's date, and a
/// line is in settled dollars without a loan. `#7` gives the entry an identifier, and `reverses #7`
/// after the date makes it the reversal of that entry.
struct JournalText {
  /// A line that is not an entry.
  struct Unreadable: Error {
    let line: String
  }

  /// The number of the next entry without a number of its own.
  private var number = 1_000_000

  /// The records of a part of that date.
  mutating func records(_ text: String, of date: String) throws -> String {
    let lines = text.split(separator: "\n").map(String.init)
    return try lines.map { try record($0, of: date) + "\n" }.joined()
  }

  /// The identifier of entry `#7`.
  static func identifier(_ number: Int) -> String {
    let digits = String(number)
    return "00000000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  /// The identifier of loan 7.
  static func loan(_ number: Int) -> String {
    let digits = String(number)
    return "10a00000-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  private mutating func record(_ line: String, of date: String) throws -> String {
    if line.hasPrefix("= ") { return String(line.dropFirst(2)) }
    let fields = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
    guard var header = fields.first, fields.count > 1 else { throw Unreadable(line: line) }
    number += 1
    var entry = number
    if let first = header.first, first.hasPrefix("#") {
      entry = Int(first.dropFirst()) ?? entry
      header.removeFirst()
    }
    let reverses = try Self.reversed(in: &header, of: line)
    guard header.count == 1 || header.count == 3 && header[1] == "posted" else {
      throw Unreadable(line: line)
    }
    let posted = header.count == 3 ? header[2] : "\(date)T12:00:00Z"
    let lines = try fields.dropFirst().enumerated().map { index, words in
      try Self.line(words, sequence: index + 1, of: line)
    }
    return """
      {"journal_entry_id":"\(Self.identifier(entry))","event_type":"manual_adjustment",\
      "effective_at":"\(header[0])","posted_at":"\(posted)",\(reverses)\
      "lines":[\(lines.joined(separator: ","))]}
      """
  }

  /// Removes `reverses #7` from the end of a header and returns its JSON member, or nothing.
  private static func reversed(in header: inout [String], of line: String) throws -> String {
    guard let word = header.firstIndex(of: "reverses") else { return "" }
    guard word == header.count - 2, let number = Int(header[word + 1].dropFirst()) else {
      throw Unreadable(line: line)
    }
    header.removeLast(2)
    return "\"reverses_entry_id\":\"\(identifier(number))\","
  }

  private static func line(_ words: [String], sequence: Int, of text: String) throws -> String {
    let loan = words.last.flatMap { $0.hasPrefix("loan:") ? Int($0.dropFirst(5)) : nil }
    let words = loan == nil ? words : words.dropLast()
    guard (3...5).contains(words.count) else { throw Unreadable(line: text) }
    let suffix = loan.map { ",\"loan_id\":\"\(Self.loan($0))\"" } ?? ""
    let currency = words.count > 3 ? words[3] : "USD"
    let layer = words.count > 4 ? words[4] : "SETTLED"
    return """
      {"sequence":\(sequence),"account_code":"\(words[0])","direction":"\(words[1])",\
      "amount_minor":"\(words[2])","currency":"\(currency)","layer":"\(layer)"\(suffix)}
      """
  }
}
