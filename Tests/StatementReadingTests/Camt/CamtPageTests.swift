import LedgerDomain
import StatementReading
import Testing

@Suite("The page of a camt statement")
struct CamtPageTests {
  private static func pages(_ number: Int, _ isLast: Bool) -> String {
    "<PgNb>\(number)</PgNb><LastPgInd>\(isLast)</LastPgInd>"
  }

  private func page(message: String = "", statement: String = "", amount: String = "2.00") -> String
  {
    let text = SampleDocument.with(
      "<Stmt>\n",
      "<GrpHdr><MsgPgntn>\(message)</MsgPgntn></GrpHdr><Stmt><StmtPgntn>\(statement)</StmtPgntn>"
    ).replacing(">2.00<", with: ">\(amount)<")
    guard let read = SampleDocument.read(text).statements.first else { return "no statement" }
    return read.page.map { "\($0.number) \($0.isLast.map(String.init) ?? "?")" } ?? "none"
  }

  @Test("is the message's, unless the statement is complete by itself")
  func messagePageIsNotOfACompleteStatement() {
    for (number, isLast) in [(1, true), (1, false), (2, false), (3, true)] {
      let stated = Self.pages(number, isLast)
      #expect(page(message: stated) == "none")
      #expect(page(message: stated, amount: "1.00") == "\(number) \(isLast)")
    }
    #expect(page() == "none" && page(message: "<PgNb>2</PgNb>", amount: "1.00") == "2 ?")
  }

  @Test("is the statement's own, unless it is the last one and complete by itself")
  func ownPageCounts() {
    #expect(page(statement: Self.pages(1, true)) == "1 true")
    #expect(page(statement: Self.pages(1, false)) == "1 false")
    #expect(page(statement: Self.pages(2, false)) == "2 false")
    // Statement 117, on its only page.
    #expect(page(statement: Self.pages(117, true)) == "none")
    #expect(page(statement: Self.pages(117, true), amount: "1.00") == "117 true")
    #expect(
      page(message: Self.pages(2, false), statement: Self.pages(1, true), amount: "1.00")
        == "1 true")
  }
}
