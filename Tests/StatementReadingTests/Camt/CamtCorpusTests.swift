import Foundation
import LedgerDomain
import StatementReading
import Testing

@Suite("Statements of the corpus")
struct CamtCorpusTests {
  static let names = [
    "account-per-page-02", "american-wires-08", "british-text-02", "envelope-of-several",
    "enveloped-08", "german-returns-02", "mexican-spei-13", "middle-page-06", "nordic-page-1-02",
    "nordic-page-2-02", "notifications-08", "odd-batch-06", "odd-writing-10", "one-batch-02",
    "other-currencies-03", "prefixed-04", "proved-by-balances-02", "quiet-day-09", "reports-06",
    "several-days-02", "some-unusable-08", "swiss-charges-04",
  ]

  @Test("are read as the text beside them says", arguments: names)
  func everyDocumentIsRead(name: String) throws {
    let (bytes, expected) = try StatementCorpus.sample(name, of: "Camt", extension: "xml")
    let file = StatementReader.camt053(bytes, name: "\(name).xml")
    #expect(CamtFileText.of(file) == expected)
  }

  @Test("lead from balance to balance, but for those that were made not to", arguments: names)
  func entriesLeadFromBalanceToBalance(name: String) throws {
    let (bytes, _) = try StatementCorpus.sample(name, of: "Camt", extension: "xml")
    for statement in StatementReader.camt053(bytes, name: name).statements {
      guard let opening = statement.opening, statement.identifier != "G-2" else { continue }
      let booked = statement.entries.filter { $0.status == .booked }.map(\.amountMinor)
      #expect(opening.amountMinor + booked.reduce(0, +) == statement.closing.amountMinor)
      for entry in statement.entries where !entry.transactions.isEmpty {
        #expect(entry.transactions.map(\.amountMinor).reduce(0, +) == entry.amountMinor)
      }
    }
  }

  @Test(
    "are read in each version by its namespace",
    arguments: [
      "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "99",
    ])
  func everyVersionIsRead(version: String) {
    let file = SampleDocument.read(
      SampleDocument.with("camt.053.001.02", "camt.053.001.\(version)"))
    #expect(file.findings.isEmpty && file.format == .camt053)
    #expect(file.notes.isEmpty == (version <= "14"))
    #expect(file.statements.map(\.closing.amountMinor) == [1200])
  }

  @Test("give items: booked entries that moved money")
  func bookedEntriesBecomeItems() throws {
    let text = SampleDocument.with(
      "<Ntry>",
      "<Ntry><Amt Ccy=\"EUR\">0</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts></Ntry>"
        + "<Ntry><Amt Ccy=\"EUR\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry><Ntry>")
    let statement = try #require(SampleDocument.read(text).statements.first)
    #expect(statement.entries.count == 3)
    #expect(
      statement.entries.flatMap { $0.bankItems(identity: "\($0.number)", place: "\($0.number)") }
        == [
          BankItem(
            side: .bank, identity: "3",
            references: [BankReference(.accountServicer, "Ä-1")], amountMinor: 200,
            date: try #require(BusinessDate("2026-03-31")))
        ])
  }

  @Test("may hold a statement twice: both are given, equal but for their numbers")
  func repeatedStatementIsGivenTwice() throws {
    let stmt = try #require(SampleDocument.text.split(separator: "<Stmt>").last)
    let twice = SampleDocument.with("</BkToCstmrStmt></Document>", "<Stmt>\(stmt)")
    let statements = SampleDocument.read(twice).statements
    #expect(statements.map(\.number) == [1, 2])
    #expect(Set(statements.map(\.withoutSource)).count == 1)
  }

  @Test("may begin with a byte order mark, comments or nothing")
  func prologMayHaveByteOrderMarkAndComments() {
    for start in [
      "", "\n", "\u{FEFF}", "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- <!DOCTYPE -->",
      "\r\n <?xml version=\"1.0\"?>\n",
    ] {
      let body = SampleDocument.with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", start)
      #expect(SampleDocument.read(body).statements.count == 1, "\(start)")
    }
  }

  @Test(
    "may be in ISO 8859-1 or Windows-1252 if they declare it",
    arguments: ["ISO-8859-1", "iso-8859-1", "Windows-1252", "latin1"])
  func declaredEncodingIsRead(encoding: String) {
    let text = SampleDocument.with("UTF-8", encoding).replacing("S1", with: "€")
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      bytes.append(scalar == "€" ? 0x80 : UInt8(truncatingIfNeeded: scalar.value))
    }
    let file = SampleDocument.read([0x0A] + bytes)
    #expect(file.statements.first?.identifier == "€")
    #expect(file.statements.first?.entries.first?.reference(.accountServicer) == "Ä-1")
    let marked = SampleDocument.read([0xEF, 0xBB, 0xBF] + Array(text.utf8))
    #expect(marked.statements.first?.entries.first?.reference(.accountServicer) == "Ä-1")
  }
}
