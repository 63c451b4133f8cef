extension Defect {
  /// Records that are not JSON as RFC 8259 has it, or that break the reader's own limits.
  static let malformedRecords: [Defect] = [
    .malformed(.truncated),
    .malformed(.member(key: "actor", value: "\"svc:accrual-engine\"")),
    .malformed(.ending(",}")),
    .malformed(.descriptionBytes([0xC3, 0x28])),
    .malformed(.description("\"one\u{1}two\"")),
    .malformed(.member(key: "extra", value: nested(32))),
    .malformed(.member(key: "rate", value: "012")),
    .malformed(.member(key: "rate", value: "NaN")),
    .malformed(.emptyLine),
    .malformed(.lineMember(key: "currency", value: "\"USD\"")),
    .malformed(.descriptionBytes([0xC0, 0xAF])),
    .malformed(.description("\"one\ttwo\"")),
    .malformed(.member(key: "extra", value: nested(200))),
    .malformed(.member(key: "tags", value: "[1,2,]")),
    .malformed(.member(key: "\\u0061ctor", value: "\"svc:accrual-engine\"")),
    .malformed(.descriptionBytes([0xED, 0xA0, 0x80])),
    .malformed(.description("\"one\\xtwo\"")),
    .malformed(.ending("} {}")),
    .malformed(.member(key: "rate", value: "1.")),
    .malformed(.member(key: "rate", value: ".5")),
    .malformed(.member(key: "rate", value: "+1")),
    .malformed(.descriptionBytes([0xFF])),
    .malformed(.member(key: "tags", value: "tru")),
    .malformed(.member(key: "extra", value: "{\"a\":1,\"a\":2}")),
    .malformed(.description("'single quotes'")),
    .malformed(.ending("}]")),
    .malformed(.descriptionBytes([0x00])),
    .malformed(.member(key: "rate", value: "1e")),
    .malformed(.description("\"\\u12G4\"")),
    .malformed(.ending("} // end")),
    .malformed(.descriptionBytes([0xF4, 0x90, 0x80, 0x80])),
  ]

  /// Required fields, each left out in turn.
  static let missingFields: [Defect] = [
    .missing("journal_entry_id"), .missing("event_type"), .missing("effective_at"),
    .missing("posted_at"), .missing("lines"), .missing("sequence", line: 0),
    .missing("account_code", line: 1), .missing("direction", line: 0),
    .missing("amount_minor", line: 1), .missing("currency", line: 0), .missing("layer", line: 1),
    .missing("sequence", line: 1), .missing("amount_minor", line: 0),
  ]

  /// Fields with a value that is not of their type.
  static let invalidFields: [Defect] = invalidHeaders + invalidLines

  private static let invalidHeaders: [Defect] = [
    .invalid("journal_entry_id", "\"0198c1f2-77aa-4d10-9c5e-3f2b8a1d04g7\""),
    .invalid("journal_entry_id", "\"0198c1f2-77aa-4d10-9c5e-3f2b8a1d04\""),
    .invalid("journal_entry_id", "42"),
    .invalid("tenant_id", "\"acme\""),
    .invalid("event_type", "\"disbursment\""),
    .invalid("event_type", "7"),
    .invalid("effective_at", "\"2026-04-31\""),
    .invalid("effective_at", "\"2026-1-05\""),
    .invalid("effective_at", "\"2026-02-29\""),
    .invalid("effective_at", "20260105"),
    .invalid("posted_at", "\"2026-01-05T10:00:00\""),
    .invalid("posted_at", "\"2026-01-05T24:00:00Z\""),
    .invalid("posted_at", "\"2026-01-05\""),
    .invalid("posted_at", "\"2026-01-05T10:61:00Z\""),
    .invalid("posted_at", "1767607200"),
    .invalid("lines", "{\"sequence\":1}"),
    .invalid("lines", "\"none\""),
    .singleLine,
    .invalid("correlation_id", "\"none\""),
    .invalid("reverses_entry_id", "\"0198c1f2\""),
    .invalid("description", "42"),
    .invalid("actor", "[\"svc\"]"),
  ]

  private static let invalidLines: [Defect] = [
    .invalid("sequence", line: 0, "0"), .invalid("sequence", line: 1, "32768"),
    .invalid("sequence", line: 0, "1.0"), .invalid("sequence", line: 1, "\"2\""),
    .invalid("sequence", line: 0, "-1"), .invalid("account_code", line: 0, "\"12a4\""),
    .invalid("account_code", line: 1, "\"123\""), .invalid("account_code", line: 0, "1200"),
    .invalid("account_code", line: 0, "\"12000\""), .invalid("direction", line: 0, "\"D\""),
    .invalid("direction", line: 1, "\"cr\""), .invalid("direction", line: 0, "\"DEBIT\""),
    .invalid("amount_minor", line: 0, "\"01\""), .invalid("amount_minor", line: 1, "\"-5\""),
    .invalid("amount_minor", line: 0, "\"1.00\""),
    .invalid("amount_minor", line: 1, "\"9223372036854775808\""),
    .invalid("amount_minor", line: 0, "12345"), .invalid("amount_minor", line: 1, "\"\""),
    .invalid("amount_minor", line: 0, "\"+5\""), .invalid("amount_minor", line: 0, "\" 5\""),
    .invalid("amount_minor", line: 1, "\"99999999999999999999\""),
    .invalid("currency", line: 0, "840"), .invalid("currency", line: 1, "[\"USD\"]"),
    .invalid("layer", line: 0, "\"settled\""), .invalid("layer", line: 1, "\"POSTED\""),
    .invalid("layer", line: 0, "1"), .invalid("loan_id", line: 0, "\"L-1001\""),
    .invalid("borrower_id", line: 1, "17"), .invalid("external_ref", line: 0, "9001"),
  ]

  /// Arrays nested this many deep.
  static func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
  }
}
