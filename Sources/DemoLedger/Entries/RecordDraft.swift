/// A record as named values in order, which lets a planted record change, remove or add any of them before
/// it is written; slower than `RecordWriter`, and used for plants alone.
struct RecordDraft {
  /// A key and its value, both as JSON text; the key without its quotes.
  struct Member {
    var key: String
    var value: String
  }

  /// The members of the record; the value of `lines` is empty as long as `lines` is to be written.
  var header: [Member]
  /// The members of each line.
  var lines: [[Member]]
  /// Whether keys come in reverse order.
  var isReversed = false
  /// Whether white space is written wherever it is legal.
  var isSpaced = false
  /// What ends the record.
  var lineEnd = "\n"

  /// The draft of an entry, in the exporter's usual form.
  init(_ entry: DemoEntry, tenant: DemoIdentifier, writer: RecordWriter) {
    let effective = Self.text { writer.write(date: entry.effectiveDay, to: $0) }
    let posted = Self.text {
      writer.write(
        instant: entry.postedMilliseconds, offsetHours: entry.postedOffsetHours, to: $0)
    }
    header = [
      Self.member("journal_entry_id", entry.identifier.text),
      Self.member("tenant_id", tenant.text),
      Self.member("event_type", "\(entry.event.code)"),
      Self.member("effective_at", effective),
      Self.member("posted_at", posted),
    ]
    if let correlation = entry.correlation {
      header.append(Self.member("correlation_id", correlation.text))
    }
    if let reverses = entry.reverses {
      header.append(Self.member("reverses_entry_id", reverses.text))
    }
    header.append(Self.member("description", "\(entry.description)"))
    header.append(Self.member("actor", "\(entry.actor)"))
    header.append(Member(key: "lines", value: ""))
    lines = entry.lines.map(Self.members(of:))
  }

  private static func members(of line: DemoLine) -> [Member] {
    var members = [
      Member(key: "sequence", value: String(line.sequence)),
      member("account_code", String(line.account)),
      member("direction", line.isDebit ? "DR" : "CR"),
      member("amount_minor", String(line.amount)),
      member("currency", "\(line.currency.code)"),
      member("layer", "\(line.layer.code)"),
    ]
    if let loan = line.loan { members.append(member("loan_id", loan.text)) }
    if let borrower = line.borrower { members.append(member("borrower_id", borrower.text)) }
    if line.reference > 0 {
      let digits = text { $0.append(number: line.reference, width: 10) }
      members.append(member("external_ref", "PMT-\(digits)"))
    }
    return members
  }

  private static func member(_ key: String, _ text: String) -> Member {
    Member(key: key, value: "\"\(text)\"")
  }

  private static func text(_ write: (ByteBuffer) -> Void) -> String {
    let buffer = ByteBuffer(capacity: 64)
    write(buffer)
    return buffer.text
  }
}

extension RecordDraft {
  /// Sets a value of the record, adding the member if there is none.
  mutating func set(_ key: String, _ value: String) {
    Self.set(key, value, in: &header)
  }

  /// Sets a value of a line, adding the member if there is none.
  mutating func set(_ key: String, _ value: String, line: Int) {
    Self.set(key, value, in: &lines[line])
  }

  /// Removes a member of the record.
  mutating func remove(_ key: String) {
    header.removeAll { $0.key == key }
  }

  /// Removes a member of a line.
  mutating func remove(_ key: String, line: Int) {
    lines[line].removeAll { $0.key == key }
  }

  /// The record as JSON text, without its line end.
  var json: String {
    let separator = isSpaced ? " ,\t" : ","
    let written = lines.map { object($0) }.joined(separator: separator)
    let members = header.map { member in
      member.key == "lines" && member.value.isEmpty
        ? Member(key: "lines", value: "[\(written)]") : member
    }
    return object(members)
  }

  private func object(_ members: [Member]) -> String {
    let separator = isSpaced ? "  , " : ","
    let colon = isSpaced ? " :\t" : ":"
    let ordered = isReversed ? members.reversed() : members
    let body = ordered.map { "\"\($0.key)\"\(colon)\($0.value)" }.joined(separator: separator)
    return isSpaced ? "{ \(body) }" : "{\(body)}"
  }

  private static func set(_ key: String, _ value: String, in members: inout [Member]) {
    if let index = members.firstIndex(where: { $0.key == key }) {
      members[index].value = value
    } else {
      members.append(Member(key: key, value: value))
    }
  }
}
