import DemoLedger
import LedgerDomain
import StatementReading
import Testing

@Suite("Written statements")
struct StatementWriterTests {
  private static let date = BusinessDate("2026-01-05") ?? BusinessDate(dayNumber: 0)

  private static func entry(
    _ number: Int, _ amountMinor: AmountMinor, _ references: [BankReference],
    transactions: [StatementTransaction] = [], text: String? = nil, isReversal: Bool = false
  ) -> StatementEntry {
    StatementEntry(
      number: number, amountMinor: amountMinor, bookingDate: date,
      valueDate: date.advanced(by: -1), references: references, transactions: transactions,
      text: text, isReversal: isReversal)
  }

  /// Every field of every format: a receipt, a payment, a cheque, reversals, and a batch.
  private static let entries = [
    entry(
      1, 125_000, [BankReference(.accountServicer, "BK1"), BankReference(.endToEnd, "PMT-1")],
      text: "Rate 3, Müller & Söhne"),
    entry(
      2, -5, [BankReference(.accountServicer, "BK2"), BankReference(.customer, "INV-7")],
      text: "FEE"),
    entry(3, -7_000, [BankReference(.accountServicer, "BK3"), BankReference(.cheque, "1047")]),
    entry(
      4, -125_000, [BankReference(.accountServicer, "BK4"), BankReference(.endToEnd, "PMT-1")],
      text: "BACK", isReversal: true),
    entry(
      5, 5, [BankReference(.accountServicer, "BK5"), BankReference(.customer, "INV-7")],
      text: "BACK", isReversal: true),
    entry(
      6, 300, [BankReference(.accountServicer, "BK6"), BankReference(.batch, "RUN-1")],
      transactions: [
        StatementTransaction(
          number: 1, amountMinor: 500, references: [BankReference(.endToEnd, "PMT-2")], text: "A"),
        StatementTransaction(
          number: 2, amountMinor: -200, references: [BankReference(.endToEnd, "PMT-3")], text: "B"),
      ], text: "RUN"),
  ]

  private static func statement(
    _ currency: String, _ entries: [StatementEntry] = entries
  ) -> BankStatement {
    BankStatement(
      account: "DE02120300000000202051",
      currency: CurrencyCode(currency) ?? CurrencyCode(packed: 0),
      identifier: "S-1", sequence: 17, createdAt: StatementTime(date: date, second: 7_260),
      opening: StatementBalance(amountMinor: -100, date: date),
      closing: StatementBalance(
        amountMinor: entries.reduce(-100) { $0 + $1.amountMinor }, date: date), entries: entries,
      file: "a", number: 1)
  }

  /// What a format is to give back: one line for each entry.
  private func lines(_ entries: [StatementEntry]) -> [String] {
    entries.map { entry in
      let references = entry.references.map { "\($0.kind)=\($0.value)" }.joined(separator: " ")
      let parts = entry.transactions.map { "\($0.amountMinor)" }.joined(separator: "+")
      return "\(entry.amountMinor) \(references) \(entry.text ?? "-") \(parts)"
        + (entry.isReversal ? "reversal" : "")
    }
  }

  private func read(_ text: String) throws -> BankStatement {
    let files = StatementReader.read(
      Array(text.utf8), name: "a",
      mappings: [
        NamedMapping(reference: "a", mapping: .demo(account: "DE02120300000000202051"))
      ])
    let file = try #require(files.first)
    #expect(files.count == 1 && file.findings.isEmpty, "\(file.findings.map(\.message))")
    return try #require(file.statements.first)
  }

  @Test(
    "have the same balances and amounts in every format and currency", arguments: ["EUR", "JPY"])
  func formatsAgree(currency: String) throws {
    let statement = Self.statement(currency)
    for text in [
      CamtWriter.statements([statement], identifier: "M-1"), MT940Writer.text([statement]),
      BAI2Writer.text([statement]), CSVStatementWriter.text(statement),
    ] {
      let found = try read(text)
      #expect(found.account == statement.account && found.currency == statement.currency)
      #expect(found.opening == statement.opening && found.closing == statement.closing)
      #expect(found.entries.map(\.amountMinor) == statement.entries.map(\.amountMinor))
      for (own, other) in zip(found.entries, statement.entries) {
        #expect(own.bookingDate == other.bookingDate && own.valueDate == other.valueDate)
        #expect(own.reference(.accountServicer) == other.reference(.accountServicer))
      }
    }
  }

  @Test("keep what camt.053 knows")
  func camtKeepsAll() throws {
    let statement = Self.statement("EUR")
    let found = try read(CamtWriter.statements([statement], identifier: "M-1"))
    #expect(found.identifier == "S-1" && found.sequence == 17)
    #expect(found.createdAt == statement.createdAt)
    #expect(lines(found.entries) == lines(statement.entries))
    #expect(
      found.entries[5].transactions.map(\.references)
        == statement.entries[5].transactions.map(\.references))
  }

  @Test("keep what MT940 knows")
  func mt940KeepsFields() throws {
    let text = MT940Writer.text([Self.statement("EUR")])
    #expect(
      text.split(separator: "\r\n").prefix(9).map(String.init) == [
        ":20:S-1", ":25:DE02120300000000202051", ":28C:17", ":60F:D260105EUR1,00",
        ":61:2601040105C1250,00NTRFNONREF//BK1", ":86:/EREF/PMT-1/REMI/Rate 3, M.ller . S.hne",
        ":61:2601040105D0,05NTRFINV-7//BK2", ":86:FEE", ":61:2601040105D70,00NCHK1047//BK3",
      ])
    #expect(
      lines(try read(text).entries) == [
        "125000 accountServicer=BK1 endToEnd=PMT-1 Rate 3, M.ller . S.hne ",
        "-5 customer=INV-7 accountServicer=BK2 FEE ",
        "-7000 cheque=1047 customer=1047 accountServicer=BK3 - ",
        "-125000 accountServicer=BK4 endToEnd=PMT-1 BACK reversal",
        "5 customer=INV-7 accountServicer=BK5 BACK reversal",
        "300 accountServicer=BK6 batch=RUN-1 RUN ",
      ])
  }

  @Test("keep what BAI2 knows, and have right control totals")
  func bai2KeepsFields() throws {
    let text = BAI2Writer.text([Self.statement("EUR")])
    #expect(
      text.split(separator: "\r\n").map(String.init) == [
        "01,DEMOBANK,TIEOUT,260105,0201,1,,,2/", "02,TIEOUT,DEMOBANK,1,260105,2359,EUR,2/",
        "03,DE02120300000000202051,EUR,010,-100,,,015,-6800,,,100,125305,3,,400,132005,3,/",
        "16,195,125000,V,260104,,BK1,PMT-1,Rate 3, Müller & Söhne",
        "16,495,5,V,260104,,BK2,INV-7,FEE", "16,475,7000,V,260104,,BK3,1047/",
        "16,552,125000,V,260104,,BK4,PMT-1,BACK", "16,252,5,V,260104,,BK5,INV-7,BACK",
        "16,195,300,V,260104,,BK6,,RUN RUN-1", "49,507720,8/", "98,507720,1,10/",
        "99,507720,1,12/",
      ])
    #expect(
      lines(try read(text).entries) == [
        "125000 accountServicer=BK1 customer=PMT-1 Rate 3, Müller & Söhne ",
        "-5 accountServicer=BK2 customer=INV-7 FEE ",
        "-7000 accountServicer=BK3 cheque=1047 customer=1047 - ",
        "-125000 accountServicer=BK4 customer=PMT-1 BACK reversal",
        "5 accountServicer=BK5 customer=INV-7 BACK reversal",
        "300 accountServicer=BK6 RUN RUN-1 ",
      ])
  }

  @Test("in BAI2 have a group for each date")
  func bai2SplitsDates() throws {
    let entries = [-2, 0, 0].enumerated().map { index, days in
      StatementEntry(
        number: index + 1, amountMinor: 100, bookingDate: Self.date.advanced(by: days))
    }
    let files = StatementReader.read(
      Array(BAI2Writer.text([Self.statement("EUR", entries)]).utf8), name: "a")
    #expect(
      files.flatMap(\.statements).map {
        "\($0.opening?.amountMinor ?? 0) \($0.closing.amountMinor) \($0.closing.date)"
      } == ["-100 0 2026-01-03", "0 200 2026-01-05"])
  }

  @Test("are cut into pages that lead from balance to balance")
  func pagesAreJoinedByBalances() throws {
    let pages = Self.statement("EUR").pages(entriesMax: 2)
    #expect(pages.map { "\($0.page?.number ?? 0) \($0.entries.count)" } == ["1 2", "2 2", "3 2"])
    #expect(
      pages.map { "\($0.opening?.amountMinor ?? 0) \($0.closing.amountMinor)" }
        == ["-100 124895", "124895 -7105", "-7105 -6800"])
    #expect(Self.statement("EUR").pages(entriesMax: 6).map(\.page) == [nil])
    let messages = pages.map { CamtWriter.statements([$0], identifier: "M") }
    for text in [MT940Writer.text(pages)] + messages {
      for found in StatementReader.read(Array(text.utf8), name: "a").flatMap(\.statements) {
        let page = try #require(found.page)
        #expect(page == pages[page.number - 1].page)
        #expect(found.opening == pages[page.number - 1].opening)
        #expect(found.closing == pages[page.number - 1].closing)
      }
    }
  }

  @Test("in MT940 have lines of 65 characters, none of which looks like a field or an end")
  func mt940LinesAreCut() throws {
    let words = String(repeating: "Rate -:1 of the loan, paid by - somebody: ", count: 9)
    let entry = StatementEntry(
      number: 1, amountMinor: 100, bookingDate: Self.date, text: words)
    let text = MT940Writer.text([Self.statement("EUR", [entry])])
    let lines = text.split(separator: "\r\n")
    let details = lines.drop { !$0.hasPrefix(":86:") }.dropLast(2)
    #expect(details.count == 6)
    for line in details { #expect(line.count <= (line.hasPrefix(":86:") ? 69 : 65)) }
    for line in details.dropFirst() { #expect(!":-".contains(line.first ?? ":")) }
    let found = try #require(try read(text).entries.first?.text)
    #expect(found.count > 350 && words.hasPrefix(found), "\(found)")
  }
}
