import Foundation
import LedgerDomain
import StatementReading
import Testing

@Suite("Statements of the corpus")
struct CamtCorpusTests {
  @Test(
    "are read as the text beside them says",
    arguments: ["one-batch-02", "prefixed-04", "odd-batch-06", "enveloped-08"])
  func everyDocumentIsRead(name: String) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Corpus/Camt")
    let path = folder.appendingPathComponent("\(name).xml").path
    let file = try StatementReader.camt053(at: path, name: name)
    #expect(file.findings.isEmpty)
    let expected = try String(
      contentsOf: folder.appendingPathComponent("\(name).txt"), encoding: .utf8)
    #expect(StatementText.of(file.statements) == expected)
    for statement in file.statements {
      let booked = statement.entries.filter { $0.status == .booked }.map(\.amountMinor)
      #expect(
        (statement.opening?.amountMinor ?? 0) + booked.reduce(0, +) == statement.closing.amountMinor
      )
    }
  }

  @Test(
    "are read in each version by its namespace",
    arguments: ["02", "03", "04", "05", "06", "07", "08"])
  func everyVersionIsRead(version: String) {
    let file = SampleDocument.read(
      SampleDocument.with("camt.053.001.02", "camt.053.001.\(version)"))
    #expect(file.findings.isEmpty)
    #expect(file.statements.map(\.closing.amountMinor) == [1200])
  }

  @Test("give items: booked entries that moved money, identified by file, statement and position")
  func bookedEntriesBecomeItems() throws {
    let text = SampleDocument.with(
      "<Ntry>",
      "<Ntry><Amt Ccy=\"EUR\">0</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts></Ntry>"
        + "<Ntry><Amt Ccy=\"EUR\">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>PDNG</Sts></Ntry><Ntry>")
    let statement = try #require(SampleDocument.read(text).statements.first)
    #expect(statement.entries.count == 3)
    #expect(
      statement.bankItems == [
        BankItem(
          side: .bank, identity: "bank.xml#1/3",
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
    for start in ["", "\n", "\u{FEFF}", "\u{FEFF}<?xml version=\"1.0\"?>\n<!-- <!DOCTYPE -->"] {
      let body = SampleDocument.with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", start)
      #expect(SampleDocument.read(body).statements.count == 1, "\(start)")
    }
  }
}
