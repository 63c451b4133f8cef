import LedgerDomain
import StatementReading
import Testing

@Suite("A malformed MT940 message")
struct MT940MalformedTests {
  /// A piece of the message, what stands in its place, and what the finding must say.
  private static let replacements: [(piece: String, replacement: String, message: String)] = [
    (":25:DE02120300000000202051\n", "", "has no account (:25:)"),
    (":25:DE02120300000000202051\n", ":25:\n", "has no account (:25:)"),
    (":28C:63/1\n", ":28C:63/1\n:25:OTHER\n", "line 4 has two fields :25:"),
    (":60F:C260330EUR10,00\n", "", "line 4 has the entry :61: before the opening balance"),
    ("C260330EUR10,00", "260330EUR10,00", "line 4 has the balance :60F:"),
    ("C260330EUR10,00", "X260330EUR10,00", "does not begin with C or D"),
    ("C260330EUR10,00", "C260230EUR10,00", "whose date is none"),
    ("C260330EUR10,00", "C260330EUX10,00", "whose currency is not in ISO 4217"),
    ("C260330EUR10,00", "C260330EUR10,005", "whose amount is not one of EUR"),
    ("C260330EUR10,00", "C260330EUR", "whose amount is not one of EUR"),
    ("C260330EUR10,00", "C260330EUR10,0,0", "whose amount is not one of EUR"),
    ("C260330EUR10,00", "C260330EUR-10,00", "whose amount is not one of EUR"),
    ("C260330EUR10,00", "C260330EUR10,00 EUR", "whose amount is not one of EUR"),
    ("C260330EUR10,00", "C260330EUR92233720368547758,08", "whose amount is not one of EUR"),
    ("C260330EUR10,00", "C260330USD10,00", "line 10 has the field :62F: in EUR"),
    ("EUR10,00\n", "EUR10,00\n:60F:C260330EUR11,00\n", "line 5 has two different balances :60F:"),
    (":61:2603310331C2,50", ":61:260331031C2,50", "line 5 has the entry :61: '260331031C2"),
    (":61:2603310331C2,50", ":61:2602310331C2,50", "its dates are none"),
    (":61:2603310331C2,50", ":61:2603310231C2,50", "its dates are none"),
    (":61:2603310331C2,50", ":61:26033103312,50", "its dates are none"),
    (":61:2603310331C2,50", ":61:2603310331X2,50", "C, D, RC or RD does not follow"),
    (":61:2603310331C2,50", ":61:2603310331c2,50", "C, D, RC or RD does not follow"),
    (":61:2603310331C2,50", ":61:2603310331R2,50", "C, D, RC or RD does not follow"),
    (":61:2603310331C2,50", ":61:2603310331CEUR2,50", "its amount is not one"),
    (":61:2603310331C2,50", ":61:2603310331C-2,50", "its amount is not one"),
    (":61:2603310331C2,50", ":61:2603310331C2,501", "its amount is not one"),
    (":61:2603310331C2,50", ":61:2603310331C2,50,", "its amount is not one"),
    (":61:2603310331C2,50", ":61:2603310331C2.500", "its amount is not one"),
    (":61:2603310331C2,50", ":61:2603310331C99999999999999999999,", "its amount is not one"),
    (":61:2603310331C2,50", ":61:2603310331C250", "line 5 has an amount without a decimal comma"),
    (":61:2603310331C2,50", ":61:2603310331C2.05", "line 5 has an amount with a decimal point"),
    (":61:2603310331C2,50NTRF", ":61:2603310331C2,5pNTRF", ""),
    (":61:2603310331C2,50NTRF", ":61:2603310331C2,pNTRF", "line 5 has no transaction type"),
    (":62F:C260331EUR11,00\n-\n", "", "line 1 has no closing balance (:62F:)"),
    (":62F:C260331EUR11,00\n-\n", ":62F:C260331EUR1", "line 10 ends in the middle of the field"),
    (":62F:C260331EUR11,00\n-\n", ":62F:C260331EUR11,0", "ends in the middle of the field"),
    (":62F:C260331EUR11,00\n", ":62F:C260331EUR11,00\n:62F:C260331EUR12,00\n", "two different"),
    (
      ":62F:C260331EUR11,00\n", ":62F:C260331EUR11,00\n:61:260331C1,00NTRFX\n", "behind the closing"
    ),
  ]

  @Test("is a finding that names line and error, or is proved by its balances")
  func malformedMessageIsAFinding() {
    for (piece, replacement, message) in Self.replacements {
      let file = MT940Sample.read(MT940Sample.with(piece, replacement))
      let found = file.findings.map(\.message).joined(separator: " ")
      #expect(found.contains(message), "\(piece) → \(replacement): \(found)")
      #expect(file.statements.isEmpty != file.findings.isEmpty, "\(replacement)")
      #expect(file.findings.allSatisfy { $0.file == "bank.sta" && $0.code == .statementMalformed })
    }
  }

  @Test("that has a field twice with the same content is read once")
  func repeatedFieldIsReadOnce() {
    let whole = MT940Sample.read(MT940Sample.text).statements
    for line in [
      ":25:DE02120300000000202051\n", ":28C:63/1\n", ":60F:C260330EUR10,00\n",
      ":62F:C260331EUR11,00\n",
    ] {
      #expect(MT940Sample.read(MT940Sample.with(line, line + line)).statements == whole, "\(line)")
    }
  }

  @Test("with a field that is not known is read, and a note names the field")
  func unknownFieldIsNoted() {
    let file = MT940Sample.read(MT940Sample.with(":28C:63/1\n", ":28C:63/1\n:77E:EXTRA\n"))
    #expect(file.statements == MT940Sample.read(MT940Sample.text).statements)
    #expect(
      file.notes == [
        StatementNote("The message has the field ':77E:EXTRA', which is not used.", line: 4)
      ])
  }

  @Test("of another type or without any field is no statement")
  func otherMessagesAreNoStatements() {
    let payment =
      "{1:F01AAAADEFFAXXX0000000000}{2:I103BBBBDEFFXXXXN}{4:\n:20:A\n:32A:260331EUR1,\n-}"
    let file = MT940Sample.read(payment)
    #expect(file.format == .mt940 && file.statements.isEmpty)
    #expect(file.notes.map(\.message).first?.contains("is an MT103, which is no statement") == true)
    #expect(file.findings.count == 1)
    #expect(MT940Sample.read("{1:F01AAAADEFFAXXX0000000000}").findings.count == 1)
    for text in ["", ":", "::", ":2", ":20", "date,amount\n2026-03-31,1\n", "a\n:61:\n"] {
      #expect(MT940Sample.read(text).format != .mt940, "\(text)")
    }
  }
}
