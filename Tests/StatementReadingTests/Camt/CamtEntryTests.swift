import LedgerDomain
import StatementReading
import Testing

@Suite("An entry of a camt statement")
struct CamtEntryTests {
  /// The document with other elements in place of its entry.
  private func read(_ entries: String, closing: String = "12.00") -> StatementFile {
    let start = SampleDocument.text.components(before: "<Ntry>")
    let text = start + entries + "</Stmt></BkToCstmrStmt></Document>"
    return SampleDocument.read(text.replacing("12.00", with: closing))
  }

  private static func entry(
    _ amount: String, _ direction: String = "CRDT", _ status: String = "<Sts>BOOK</Sts>",
    more: String = ""
  ) -> String {
    let direction = direction.isEmpty ? "" : "<CdtDbtInd>\(direction)</CdtDbtInd>"
    return "<Ntry><Amt Ccy=\"EUR\">\(amount)</Amt>\(direction)\(status)"
      + "<BookgDt><Dt>2026-03-31</Dt></BookgDt>\(more)</Ntry>"
  }

  @Test("that reverses another has the sign of its own direction")
  func reversalIsNotFlippedTwice() {
    for (direction, closing, amount) in [("CRDT", "12.00", 200), ("DBIT", "8.00", -200)] {
      let file = read(
        Self.entry("2.00", direction, "<RvslInd>true</RvslInd><Sts>BOOK</Sts>"), closing: closing)
      #expect(file.statements.first?.entries.map(\.amountMinor) == [AmountMinor(amount)])
      #expect(file.statements.first?.entries.first?.isReversal == true)
    }
  }

  @Test(
    "without status or direction counts where the balances prove it, else its statement does not")
  func assumptionsMustBeProved() {
    let proved = read(Self.entry("3.00", "", "") + Self.entry("1.00", "DBIT"))
    #expect(proved.statements.first?.entries.map(\.amountMinor) == [300, -100])
    #expect(proved.notes.count == 2 && proved.findings.isEmpty)
    for entries in [
      Self.entry("1.00", "", ""), Self.entry("2.00", "DBIT", ""),
      Self.entry("2.00", "CRDT", "<Sts>VOID</Sts>") + Self.entry("1.00"),
      // With and without these two, the balances agree.
      Self.entry("2.00") + Self.entry("1.00", "CRDT", "<Sts>X</Sts>")
        + Self.entry("1.00", "DBIT", "<Sts>X</Sts>"),
    ] {
      let file = read(entries)
      #expect(file.statements.isEmpty && file.findings.count == 1)
      #expect(file.findings.first?.message.contains("do not prove") == true)
    }
    let unopened = SampleDocument.with("OPBD", "OPAV").replacing("<Sts>BOOK</Sts>", with: "")
    #expect(
      SampleDocument.fault(unopened)?.contains("entry 1 of statement 1 has no status") == true)
  }

  @Test("that is pending in another currency is ignored, and noted")
  func pendingForeignEntryIsIgnored() {
    let foreign = Self.entry("5", "DBIT", "<Sts>PDNG</Sts>").replacing("EUR", with: "SEK")
    let file = read(foreign + Self.entry("2.00"))
    #expect(file.statements.first?.entries.map(\.number) == [2])
    #expect(
      file.notes.map(\.message) == [
        "Entry 1 of statement 1 is not booked and in another currency; it was ignored."
      ])
    let booked = read(foreign.replacing("PDNG", with: "BOOK") + Self.entry("2.00"))
    #expect(booked.statements.isEmpty)
  }

  private static func batch(_ amounts: [String], _ more: String = "") -> String {
    amounts.map { "<TxDtls><Amt Ccy=\"EUR\">\($0)</Amt>\(more)</TxDtls>" }.joined()
  }

  @Test("has its transactions only if they add up to it, perhaps with stated charges")
  func transactionsAddUp() {
    let charge = "<Chrgs><Rcrd><Amt Ccy=\"EUR\">0.25</Amt></Rcrd></Chrgs>"
    let refund =
      "<Chrgs><Rcrd><Amt Ccy=\"EUR\">0.25</Amt><CdtDbtInd>CRDT</CdtDbtInd></Rcrd></Chrgs>"
    for (details, expected) in [
      (Self.batch(["1.50", "0.50"]), [150, 50]), (Self.batch(["1.50", "0.51"]), []),
      (Self.batch(["2.00"]), []), (Self.batch(["2.25"], charge), [225, -25]),
      (Self.batch(["1.75"], refund), [175, 25]), (Self.batch(["2.25"]), []),
      (Self.batch(["1.50", "1.00"], charge), [150, 100, -50]),
      (Self.batch(["1.00", "1.00", "x"]), []), (Self.batch(["1.00"]) + "<TxDtls/>", []),
      (Self.batch(["3.00"]) + Self.batch(["1.00"], "<CdtDbtInd>DBIT</CdtDbtInd>"), [300, -100]),
      (Self.batch(["3.00"]) + Self.batch(["1.00"], "<CdtDbtInd>D</CdtDbtInd>"), []),
    ] as [(String, [AmountMinor])] {
      let file = read(Self.entry("2.00", more: "<NtryDtls>\(details)</NtryDtls>"))
      let entry = file.statements.first?.entries.first
      #expect(
        entry?.amountMinor == 200 && entry?.transactions.map(\.amountMinor) == expected,
        "\(details)")
      #expect(file.findings.isEmpty)
    }
  }

  @Test("knows each reference once, and a mandate is none")
  func referencesAreKept() {
    let details = """
      <NtryDtls><Btch><PmtInfId>B1</PmtInfId></Btch><TxDtls><Refs><PmtInfId>B1</PmtInfId>\
      <InstrId>NOTPROVIDED</InstrId><MndtId>M</MndtId><ChqNb>0012</ChqNb></Refs></TxDtls></NtryDtls>
      """
    let file = read(Self.entry("2.00", more: "<AcctSvcrRef>A</AcctSvcrRef>" + details))
    #expect(
      file.statements.first?.entries.first?.references == [
        BankReference(.accountServicer, "A"), BankReference(.batch, "B1"),
        BankReference(.cheque, "0012"),
      ])
  }

  @Test("is known by what all its transactions say of their batch")
  func batchReferenceIsShared() {
    func transaction(_ references: String) -> String {
      "<TxDtls><Refs>\(references)<EndToEndId>E</EndToEndId></Refs><Amt Ccy=\"EUR\">1.00</Amt></TxDtls>"
    }
    let (batch, message) = ("<PmtInfId>B</PmtInfId>", "<MsgId>M</MsgId>")
    for (references, expected) in [
      ([batch + message, batch], ["B"]), ([message, batch], []), ([batch, ""], []),
      ([message + batch, message + batch], ["M", "B"]),
    ] {
      let details = references.map(transaction).joined()
      let file = read(Self.entry("2.00", more: "<NtryDtls>\(details)</NtryDtls>"))
      #expect(
        file.statements.first?.entries.first?.references
          == expected.map {
            BankReference(.batch, $0)
          })
    }
  }
}

extension String {
  /// What stands before the first occurrence of a piece.
  fileprivate func components(before piece: String) -> String {
    ranges(of: piece).first.map { String(self[..<$0.lowerBound]) } ?? self
  }
}
