import Foundation
import LedgerDomain
import StatementReading
import Testing

@Suite("A statement as a table")
struct CSVTableTests {
  private static let mapping = StatementCSVMapping(
    dateColumn: "date", amount: .signed("amount"),
    references: [
      .init("ref", .accountServicer), .init("e2e", .endToEnd),
    ], balances: .column("balance"), account: .named("OPERATING"),
    currency: .named("USD"))

  private func read(
    _ text: String, _ change: (inout StatementCSVMapping) -> Void = { _ in }
  ) -> StatementFile {
    var mapping = Self.mapping
    change(&mapping)
    return StatementReader.table(Array(text.utf8), name: "bank.csv", mapping: mapping)
  }

  private func expect(_ file: StatementFile, _ lines: [String], _ comment: Comment? = nil) {
    #expect(file.findings.isEmpty, comment)
    #expect(StatementText.of(file.statements) == lines.map { $0 + "\n" }.joined(), comment)
  }

  private static let plain = [
    "statement 1 account OPERATING USD", "opening 10000 on 2026-03-30",
    "1 -2550 BOOK on 2026-03-30 account_servicer R1",
    "2 100000 BOOK on 2026-03-31 account_servicer R2 end_to_end E2",
    "closing 107450 on 2026-03-31",
  ]

  @Test("has its columns found by name, in any order, after rows that are skipped")
  func columnsAreFoundByName() {
    expect(
      read(
        "date,ref,e2e,amount,balance\n2026-03-30,R1,NOTPROVIDED,-25.5,74.50\n"
          + "2026-03-31, R2 ,E2,+1000,1074.50\n"), Self.plain)
    expect(
      read(
        "Export of 31 March\n\nbalance,amount,x,e2e,ref,date\n74.5,-25.50,,,R1,2026-03-30\n"
          + ",,,,,\n1074.5,1000.00,\"a,b\",E2,R2,2026-03-31\n"), Self.plain)
  }

  @Test(
    "has its dates and amounts read as the mapping says",
    arguments: [
      (
        "DD.MM.YYYY",
        StatementCSVMapping.DecimalSeparator.comma,
        Character("."), ["30.03.2026", "-25,50", "74,50", "31.03.2026", "1.000,00", "1.074,50"]
      ),
      (
        "MM/DD/YYYY", .point, ",",
        ["03/30/2026", "25.50-", "74.5", "03/31/2026", "1,000", "1,074.50"]
      ),
      (
        "DD/MM/YYYY", .point, "'",
        ["30/03/2026", "\u{2212} 25.50", "74.5", "31/03/2026", "1'000.00", "1'074.50"]
      ),
      (
        "YYYY-MM-DD", .comma, "\u{A0}",
        ["2026-03-30", "-25,5", "74,500", "2026-03-31", "1\u{A0}000", "1\u{A0}074,50"]
      ),
    ])
  func amountNotationsAreRead(
    format: String, separator: StatementCSVMapping.DecimalSeparator,
    group: Character, cells: [String]
  ) {
    let text =
      "date;ref;e2e;amount;balance\n\(cells[0]);R1;;\(cells[1]);\(cells[2])\n"
      + "\(cells[3]);R2;E2;\(cells[4]);\(cells[5])\n"
    expect(
      read(text) {
        $0.delimiter = .semicolon
        $0.dateFormat = DatePattern(format) ?? .yearMonthDay
        $0.decimalSeparator = separator
        $0.groupingSeparator = group
      }, Self.plain)
  }

  @Test("may have separate debit and credit columns, with or without a sign")
  func debitAndCreditColumnsAreRead() {
    for debit in ["25.50", "-25.50"] {
      let text =
        "date,ref,e2e,out,in,balance\n2026-03-30,R1,,\(debit),,74.50\n"
        + "2026-03-31,R2,E2,0.00,1000,1074.50\n"
      expect(read(text) { $0.amount = .debitAndCredit(debit: "out", credit: "in") }, Self.plain)
    }
  }

  @Test("may state its balances in rows before or after the table")
  func balanceRowsAreRead() {
    let table =
      "date,ref,e2e,amount\n2026-03-30,R1,,-25.50\n2026-03-31,R2,E2,1000\n"
    for text in [
      "Opening,100.00\nClosing,,1074.50\n\(table)", "\(table)Closing,1074.50\nOpening,100.00\n",
    ] {
      expect(read(text) { $0.balances = .rows(opening: "Opening", closing: "Closing") }, Self.plain)
    }
    let missing = read(table) { $0.balances = .rows(opening: "Opening", closing: "Closing") }
    #expect(missing.findings.map(\.code) == [.statementMalformed])
  }

  @Test("may hold the newest row first, pending rows, and several accounts and currencies")
  func newestFirstPendingAndSeveralAccountsAreRead() {
    expect(
      read(
        "date,ref,e2e,amount,balance\n2026-03-31,R2,E2,1000,1074.50\n2026-03-30,R1,,-25.5,74.50\n"
      ) { $0.isNewestFirst = true }, Self.plain)
    let file = read(
      "date,ref,e2e,amount,balance,account,currency,state\n"
        + "2026-03-31,,,1,3,A,USD,booked\n2026-03-31,,,5,,A,USD,reserved\n"
        + "2026-03-31,,,7,8,A,JPY,booked\n2026-03-31,,,-1,2,A,USD,booked\n"
    ) {
      $0.account = .column("account")
      $0.currency = .column("currency")
      $0.bookedRows = StatementCSVMapping.BookedRows(column: "state", values: ["booked"])
      $0.isNewestFirst = false
    }
    expect(
      file,
      [
        "statement 1 account A USD", "opening 200 on 2026-03-31", "1 100 BOOK on 2026-03-31",
        "2 500 PDNG on 2026-03-31", "3 -100 BOOK on 2026-03-31", "closing 200 on 2026-03-31",
        "statement 2 account A JPY", "opening 1 on 2026-03-31", "1 7 BOOK on 2026-03-31",
        "closing 8 on 2026-03-31",
      ])
  }

  @Test("that is malformed is a finding that names the line")
  func errorsNameTheLine() {
    let head = "date,ref,e2e,amount,balance\n"
    for (text, message) in [
      ("", "has no header with the columns"),
      ("date,ref,e2e,amount\n", ", line 1 looks like the header, but lacks columns"),
      ("date,ref,e2e,amount\n", "(csv_balance: balance)"),
      (head, "has no entries and so no balance"),
      (head + "2026-03-31,,,1\n", ", line 2 has a date"),
      (head + "2026-03-31,,,1\n", "4 cells where the table has 5"),
      (head + "2026-03-31,,,1,1\n,,,1,2\n", ", line 3 has '1' in 'amount' but no date in 'date'"),
      (
        head + "31.03.2026,,,1,1\n",
        "which is not a date in the form YYYY-MM-DD. Set csv_date_format to DD.MM"
      ),
      (head + "03/04/2026,,,1,1\n", "Set csv_date_format to DD/MM/YYYY or MM/DD/YYYY"),
      (head + "2026-02-30,,,1,1\n", "is not a date in the form"),
      (head + "2026-03-31,,,,1\n", ", line 2 has a date but no amount in 'amount'"),
      (head + "2026-03-31,,,1,\n", "is the newest row and has no balance in 'balance'"),
      (
        head + "2026-03-31,,,1.001,1\n",
        "'1.001' in 'amount', which is not an amount of USD in whole minor"
      ),
      (head + "2026-03-31,,,\"1,000\",1\n", "Set csv_decimal: '.' and csv_grouping: ','"),
      (head + "2026-03-31,,,\"1.000,50\",1\n", "Set csv_decimal: ','"),
      (head + "2026-03-31,,,--1,1\n", "which is not an amount of USD"),
      (head + "2026-03-31,,,99999999999999999999,1\n", "which is more than 2^63"),
      (head + "2026-03-31,,,-90000000000000000,90000000000000000\n", "more than 2^63"),
      (head + "2026-03-31,\"x,,1,1\n", ", line 2 opens a quote that is never closed"),
      ("date,ref,e2e,amount,balance,date\n2026-03-31,,,1,1,\n", "has the column 'date' twice"),
    ] {
      let file = read(text)
      #expect(file.statements.isEmpty)
      #expect(file.findings.map(\.code) == [.statementMalformed])
      #expect(file.findings.first?.message.contains(message) == true, "\(text): \(file.findings)")
    }
    let grouped = read(head + "2026-03-31,,,\"1,23\",1\n") { $0.groupingSeparator = "," }
    #expect(grouped.findings.count == 1, "a decimal comma is not taken for a group")
    #expect(read(head) { $0.groupingSeparator = "." }.findings.count == 1)
    let several = read(head + "2026-03-31,,,x,1\n2026-03-31,,,y,1\n2026-03-31,,,z,1\n")
    #expect(several.findings.count == 1)
    #expect(several.findings.first?.message.contains("2 more rows have faults too") == true)
    let latin1 = Array(head.utf8) + [0xE4]
    let file = StatementReader.table(latin1, name: "bank.csv", mapping: Self.mapping)
    #expect(file.findings.first?.message.contains("line 2 is not UTF-8 at byte 28") == true)
  }

  @Test("is read from a file; one that is missing is an error")
  func tableIsReadFromAFile() throws {
    let path = NSTemporaryDirectory() + "tieout-table-" + UUID().uuidString
    let text =
      "date,ref,e2e,amount,balance\n2026-03-30,R1,,-25.5,74.50\n2026-03-31,R2,E2,1000,1074.5"
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    expect(
      try StatementReader.table(at: path, name: "bank.csv", mapping: Self.mapping), Self.plain)
    var limits = StatementLimits()
    limits.tableBytesMax = 20
    let file = try StatementReader.table(
      at: path, name: "bank.csv", mapping: Self.mapping, limits: limits)
    #expect(file.findings.first?.message.contains("is larger than 20 bytes") == true)
    let error = #expect(throws: StatementError.self) {
      try StatementReader.table(at: path + "x", name: "bank.csv", mapping: Self.mapping)
    }
    #expect(error?.description.hasSuffix("[cannot_open]") == true)
  }
}
