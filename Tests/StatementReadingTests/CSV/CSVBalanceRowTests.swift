import LedgerDomain
import StatementReading
import Testing

@Suite("Rows of balances")
struct CSVBalanceRowTests {
  private func read(
    _ text: String, opening: String? = nil, date: String? = nil,
    _ change: (inout StatementCSVMapping) -> Void = { _ in }
  ) -> StatementFile {
    CSVSample.read(text, date: date.flatMap { BusinessDate($0) }) {
      $0.balances = .rows(opening: opening, closing: "Closing balance")
      change(&$0)
    }
  }

  private static let table = "Date,Amount\n2026-03-30,1.00\n2026-03-31,2.00\n"

  @Test(
    "may have label, date and amount in any cells",
    arguments: [
      "Closing balance,13.00", "Closing balance:,,13.00", "CLOSING  BALANCE,EUR,13.00",
      "Closing balance: 13.00 EUR", "Closing balance on 2026-03-31: 13.00 EUR",
      "Closing balance 2026-03-31,13.00", "Closing balance,13.00 CR",
      "Closing balance,EUR,13.00,2026-03-31",
      ",Closing balance,13.00", "Closing balance as of 2026-03-31,,13.00,14",
      "Closing balance,(EUR),13.00",
    ])
  func labelsAreFound(row: String) {
    for text in ["\(row)\n\(Self.table)", "\(Self.table)\(row)\n"] {
      let file = read(text)
      #expect(file.findings.map(\.message) == [], "\(text)")
      let statement = file.statements.first
      #expect(statement?.closing.amountMinor == 1300 && statement?.opening == nil)
      #expect(statement?.closing.date.description == "2026-03-31")
      #expect(statement?.entries.map(\.amountMinor) == [100, 200])
    }
  }

  @Test(
    "have the sign that they state",
    arguments: ["-13.00", "13.00-", "(13.00)", "13.00 DR", "13.00,D", "EUR,13.00,D"])
  func signsAreKept(text: String) {
    let file = CSVSample.read("Closing balance,\(text)\nDate,Amount,Sign\n2026-03-31,1.00,C\n") {
      $0.amount = .flagged("Amount", .init(column: "Sign"))
      $0.balances = .rows(opening: nil, closing: "Closing balance")
    }
    #expect(file.statements.first?.closing.amountMinor == -1300, "\(file.findings)")
  }

  @Test("with the columns of the table have their amount in the column of debits or balances")
  func tableColumnsAreUsed() {
    let text =
      "Date,Text,Out,In,Left\n,Opening,5.00,,\n2026-03-31,x,,7.00,2.00\n,Closing "
      + "balance,1.00,1.00,2.00\n"
    let file = CSVSample.read(text) {
      $0.amount = .debitAndCredit(debit: "Out", credit: "In")
      $0.balances = .init(column: "Left", openingLabel: "Opening", closingLabel: "Closing balance")
    }
    #expect(file.statements.first?.closing.amountMinor == 200 && file.notes.isEmpty)
    let rows = CSVSample.read(text) {
      $0.amount = .debitAndCredit(debit: "Out", credit: "In")
      $0.balances = .rows(opening: "Opening", closing: "Closing balance")
    }
    #expect(rows.statements.first?.opening?.amountMinor == -500)
  }

  @Test("that are missing, repeated or unreadable are faults")
  func badRowsAreFaults() {
    for (text, says) in [
      (Self.table, "has no row outside its entries with the label 'Closing balance'"),
      (
        "Closing balance,1.00\n\(Self.table)Closing balance,2.00\n",
        "line 5 has the label 'Closing balance' again"
      ),
      (
        "Closing balance\n\(Self.table)",
        "line 1 has the label 'Closing balance' but no readable amount of EUR"
      ),
      ("Closing balance,x\n\(Self.table)", "no readable amount"),
      ("Closing balance,1.00 USD\n\(Self.table)", "has a balance in USD, not in EUR"),
      ("Closing balance,1.001\n\(Self.table)", "is not an amount of EUR"),
      ("Closing balance - 5.00\n\(Self.table)", "no readable amount"),
      ("Closing balance overdrawn 5.00\n\(Self.table)", "no readable amount"),
      ("\(Self.table)Closing balance,1.0", "line 4 ends in an amount without all its decimals"),
      ("Closing balances,1.00\n\(Self.table)", "has no row outside its entries"),
    ] { #expect(CSVSample.message(read(text)).contains(says), "\(CSVSample.message(read(text)))") }
    let twice = read("Closing balance,1.00\n\(Self.table)Closing balance,1.00\n")
    #expect(twice.statements.count == 1, "the same balance twice is one")
    let opening = read("Closing balance,1.00\n\(Self.table)", opening: "Opening")
    #expect(CSVSample.message(opening).contains("csv_opening_row"))
  }

  @Test("are not found in the text of an entry")
  func entriesAreNoBalances() {
    let text = "Closing balance,13.00\nDate,Text,Amount\n2026-03-31,Closing balance fee,2.00\n"
    #expect(read(text).statements.first?.entries.map(\.amountMinor) == [200])
  }

  @Test("settle a quiet day, at their date or the folder's")
  func quietDaysHaveBalances() {
    let dated = read(
      "Opening,13.00\nClosing balance,13.00,2026-03-31\nDate,Amount\n", opening: "Opening")
    #expect(dated.statements.first?.closing.date.description == "2026-03-31")
    #expect(dated.statements.first?.entries.isEmpty == true)
    #expect(dated.statements.first?.opening?.amountMinor == 1300)
    let folder = read("Closing balance,13.00\nDate,Amount\n", date: "2026-03-30")
    #expect(folder.statements.first?.closing.date.description == "2026-03-30")
    let undated = read("Closing balance,13.00\nDate,Amount\n")
    #expect(
      CSVSample.message(undated).contains(
        "line 1 has a closing balance without a date and no entries"))
    let currency = read("Closing balance,13.00,2026-03-31\nDate,Amount,Currency\n") {
      $0.currency = .column("Currency")
      $0.emptyTableCurrency = CurrencyCode("EUR")
    }
    #expect(currency.statements.first?.currency.description == "EUR")
    let column = CSVSample.message(CSVSample.read("Date,Amount,Balance\n"))
    #expect(
      column.contains("has no entries and so no balance") && column.contains("csv_closing_row"))
    let account = read("Date,Amount,Account\n") { $0.account = .column("Account") }
    #expect(CSVSample.message(account).contains("does not say of which account it is"))
  }

  @Test("later than the last entry give the statement their date; earlier ones do not")
  func laterDateCounts() {
    for (date, closing) in [("2026-04-02", "2026-04-02"), ("2026-03-01", "2026-03-31")] {
      let file = read("Closing balance on \(date),13.00\n\(Self.table)")
      #expect(file.statements.first?.closing.date.description == closing)
    }
  }

  @Test("that differ from the column of balances are noted; the column counts")
  func columnCounts() {
    let file = CSVSample.read("Closing balance,99.00\nDate,Amount,Balance\n2026-03-31,1.00,2.00\n")
    {
      $0.balances = .init(column: "Balance", closingLabel: "Closing balance")
    }
    #expect(file.statements.first?.closing.amountMinor == 200)
    #expect(
      file.notes.first?.message.contains("states 99.00, but the balances of the rows end with 2.00")
        == true)
  }
}
