import LedgerDomain
import Testing

@testable import JournalReading

@Suite("Escaped and raw text")
struct EscapedTextTests {
  @Test("of values and names means the same, character by character")
  func escapedValuesMeanTheSame() {
    let plain = Reading(decoding: RecordText.whole.bytes)
    var values = RecordText.whole
    values.members = values.members.map { ($0.name, Self.escaped($0.value)) }
    values.lines = values.lines.map { $0.map { ($0.name, Self.escaped($0.value)) } }
    #expect(Reading(decoding: values.bytes) == plain)
    var names = RecordText.whole
    names.lines = names.lines.map { $0.map { (Self.escaped($0.name), $0.value) } }
    names.members = names.members.map {
      ($0.name == "lines" ? "lines" : Self.escaped($0.name), $0.value)
    }
    #expect(Reading(decoding: names.bytes) == plain)
    #expect(plain.entry != nil)
  }

  /// The text with every character within it as `\uXXXX`, quotes and bare numbers left alone.
  private static func escaped(_ text: String) -> String {
    if Int(text) != nil { return text }
    return text.utf16.map { unit in
      unit == 0x22 ? "\"" : "\\u" + hexadecimal(unit)
    }.joined()
  }

  private static func hexadecimal(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  @Test(
    "of an external reference has one fingerprint",
    arguments: [
      ("\u{1F600}", "\\ud83d\\ude00"), ("\u{1F600}", "\\uD83D\\uDE00"),
      ("\u{10000}", "\\ud800\\udc00"),
      ("\u{10FFFF}", "\\udbff\\udfff"), ("\u{20AC}", "\\u20ac"), ("\u{E9}", "\\u00E9"),
      ("A", "\\u0041"),
      ("/", "\\/"), ("\\\\", "\\u005c"), ("\\\"", "\\u0022"), ("\\n", "\\u000a"),
      ("\\b\\f", "\\u0008\\u000C"),
      ("\\r\\t", "\\u000d\\u0009"), ("\u{7F}", "\\u007f"), ("\u{800}", "\\u0800"),
      ("\u{7FF}", "\\u07ff"),
      ("a\u{1F4B0}b\u{1F4B1}", "a\\ud83d\\udcb0b\\ud83d\\udcb1"), ("\u{FFFF}", "\\uffff"),
    ])
  func escapedReferenceHasTheSameFingerprint(raw: String, escaped: String) throws {
    for (prefix, suffix) in [("", ""), ("WIRE-", ""), ("12345678", "abcdefghi")] {
      let one = try #require(Self.fingerprint(prefix + raw + suffix))
      #expect(one == Self.fingerprint(prefix + escaped + suffix))
      #expect(one != Self.fingerprint(prefix + suffix))
    }
  }

  @Test("of different external references has different fingerprints")
  func differentReferencesHaveDifferentFingerprints() throws {
    let references = [
      "", " ", "a", "A", "b", "aa", "\\u0000", "\\u0000\\u0000", "e\\u0301", "\u{E9}", "\u{1F600}",
      "\\ud83d", "\\ude00", "\\ude00\\ud83d", "\\ud83d\\ud83d", "\u{FFFD}", "WIRE-1", "WIRE-2",
      "12345678", "123456780", "\\\\n", "\\n", "null",
    ]
    var seen: [UInt64: String] = [0: "none"]
    for reference in references {
      let fingerprint = try #require(Self.fingerprint(reference))
      let other = seen.updateValue(reference, forKey: fingerprint)
      #expect(other == nil, "\(reference) as \(other ?? "")")
    }
  }

  @Test("of a reference differs from the same text as a loan or borrower")
  func referenceLoanAndBorrowerHaveDifferentFingerprints() throws {
    let uuid = "\"1f2e3d4c-5b6a-4798-8a9b-0c1d2e3f4a50\""
    let fingerprints = try ["loan_id", "borrower_id", "external_ref"].map { field in
      var record = RecordText.least
      record.set(line: 0, field, uuid)
      return try #require(Reading(decoding: record.bytes).entry?.lines[0].referenceFingerprint)
    }
    #expect(Set(fingerprints + [0]).count == 4)
  }

  @Test("of a name given twice is found, raw and escaped")
  func repeatedNamesAreFoundRawAndEscaped() {
    for name in ["\\u0061ctor", "act\\u006Fr", "actor"] {
      var record = RecordText.whole
      record.members.append((name, "\"x\""))
      #expect(Reading(decoding: record.bytes).fault?.code == .malformedJSON)
    }
  }

  /// The fingerprint of a line with that external reference, as it stands between its quotes.
  private static func fingerprint(_ reference: String) -> UInt64? {
    var record = RecordText.least
    record.set(line: 1, "external_ref", "\"\(reference)\"")
    return Reading(decoding: record.bytes).entry?.lines[1].referenceFingerprint
  }
}
