import LedgerDomain

/// The tenant, date and records that the tests read.
enum Sample {
  static let tenantText = "11111111-2222-3333-4444-555555555555"
  static let tenant = TenantID(LedgerUUID(high: 0x1111_1111_2222_3333, low: 0x4444_5555_5555_5555))
  static let date = BusinessDate(dayNumber: 20_527)
  /// 2026-03-15 in UTC.
  static let seconds: Range<Int64> = 1_773_532_800..<1_773_619_200

  /// The identifier of the entry of that number.
  static func id(_ number: Int) -> JournalEntryID {
    JournalEntryID(
      LedgerUUID(high: 0x0B9F_7D52_3C1E_4A6B, low: 0x8F20_0000_0000_0000 + UInt64(number)))
  }

  /// A good record of two lines, told apart by its number.
  static func record(_ number: Int, description: String? = nil) -> [UInt8] {
    var record = RecordText.least
    record.set("journal_entry_id", "\"\(id(number))\"")
    if let description { record.set("description", "\"\(description)\"") }
    return record.bytes
  }

  /// Records 1 to `count`, each with its line feed.
  static func part(_ count: Int) -> [UInt8] {
    Array((1...count).map { record($0) + [0x0A] }.joined())
  }
}

/// A record as its members, so that a test can change, leave out or shuffle them.
struct RecordText {
  /// A name and the JSON text of its value.
  typealias Member = (name: String, value: String)

  /// The record's members; the one named `lines` stands for the lines, wherever it is.
  var members: [Member]
  /// The members of each line.
  var lines: [[Member]]

  /// A record with the required fields alone.
  static var least: RecordText {
    RecordText(
      members: [
        ("journal_entry_id", "\"0b9f7d52-3c1e-4a6b-8f20-5d7e9a1c4b36\""),
        ("event_type", "\"accrual\""), ("effective_at", "\"2026-03-15\""),
        ("posted_at", "\"2026-03-15T08:30:00Z\""), ("lines", ""),
      ],
      lines: [
        line(sequence: 1, account: "1200", direction: "DR"),
        line(sequence: 2, account: "4000", direction: "CR"),
      ])
  }

  /// A record in which every field of the specification has a value.
  static var whole: RecordText {
    var record = RecordText.least
    record.set("tenant_id", "\"\(Sample.tenantText)\"")
    record.set("correlation_id", "\"5A5B5C5D-0000-4000-8000-00000000000A\"")
    record.set("reverses_entry_id", "\"0123abcd-4567-4e89-8bcd-ef0123456789\"")
    record.set("description", "\"Interest, M\u{E4}rz\"")
    record.set("actor", "\"nightly\"")
    for line in record.lines.indices {
      record.set(line: line, "loan_id", "\"1f2e3d4c-5b6a-4798-8a9b-0c1d2e3f4a5\(line)\"")
      record.set(line: line, "borrower_id", "\"ffffffff-ffff-4fff-bfff-fffffffffff\(line)\"")
      record.set(line: line, "external_ref", "\"WIRE-\(line)\"")
    }
    return record
  }

  private static func line(sequence: Int, account: String, direction: String) -> [Member] {
    [
      ("sequence", "\(sequence)"), ("account_code", "\"\(account)\""),
      ("direction", "\"\(direction)\""), ("amount_minor", "\"1250\""), ("currency", "\"USD\""),
      ("layer", "\"SETTLED\""),
    ]
  }

  /// Gives a field of the record a value, or leaves it out.
  mutating func set(_ name: String, _ value: String?) {
    Self.set(name, value, in: &members)
  }

  /// Gives a field of a line a value, or leaves it out.
  mutating func set(line: Int, _ name: String, _ value: String?) {
    Self.set(name, value, in: &lines[line])
  }

  private static func set(_ name: String, _ value: String?, in members: inout [Member]) {
    let place = members.firstIndex { $0.name == name }
    switch (place, value) {
    case (let place?, let value?): members[place].value = value
    case (let place?, nil): members.remove(at: place)
    case (nil, let value?): members.append((name, value))
    case (nil, nil): break
    }
  }

  /// Puts the members of the record and of each line into another order.
  mutating func shuffle(using generator: inout some RandomNumberGenerator) {
    members.shuffle(using: &generator)
    for line in lines.indices { lines[line].shuffle(using: &generator) }
  }

  /// The record as the export has it, without its line feed.
  var text: String {
    let lineTexts = lines.map { Self.object($0) }
    let array = "[" + lineTexts.joined(separator: ",") + "]"
    return Self.object(members.map { $0.name == "lines" ? ($0.name, array) : $0 })
  }

  var bytes: [UInt8] { Array(text.utf8) }

  private static func object(_ members: [Member]) -> String {
    "{" + members.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
  }
}

/// Random numbers that are the same in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Source: Sebastiano Vigna, splitmix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
