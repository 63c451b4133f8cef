import LedgerDomain
import StatementReading
import Testing

@Suite("Signs of a table")
struct CSVSignTests {
  private func amounts(_ file: StatementFile) -> [AmountMinor] {
    file.statements.flatMap { $0.entries.map(\.amountMinor) }
  }

  /// A table with a flag column and a closing balance.
  private func flagged(_ rows: String, debit: Set<String> = StatementCSVMapping.Flag.usualDebit)
    -> StatementFile
  {
    CSVSample.read("Closing,5.00\nDate,Amount,Sign\n\(rows)") {
      $0.amount = .flagged("Amount", .init(column: "Sign", debit: debit))
      $0.balances = .rows(opening: nil, closing: "Closing")
    }
  }

  private func columns(_ rows: String) -> StatementFile {
    CSVSample.read("Closing,5.00\nDate,Out,In\n\(rows)") {
      $0.amount = .debitAndCredit(debit: "Out", credit: "In")
      $0.balances = .rows(opening: nil, closing: "Closing")
    }
  }

  @Test("come from a flag column, in any case")
  func flagGivesTheSign() {
    let rows = "2026-03-31,1.00,d\n2026-03-31,2.00,CR\n2026-03-31,3.00,Debit\n2026-03-31,0,\n"
    #expect(amounts(flagged(rows)) == [-100, 200, -300, 0])
    #expect(
      amounts(flagged("2026-03-31,-1.00,Af\n2026-03-31,+2.00,C\n", debit: ["AF"])) == [-100, 200])
  }

  @Test("that contradict the flag or the column are faults")
  func contradictionsAreFaults() {
    for (file, says) in [
      (flagged("2026-03-31,-1.00,C\n"), "line 3 has '-1.00' in 'Amount' with 'C' in 'Sign'"),
      (flagged("2026-03-31,+1.00,D\n"), "which contradict each other. Check csv_flag_debit"),
      (
        flagged("2026-03-31,1.00,X\n"),
        "line 3 has 'X' in 'Sign', which says neither debit nor credit"
      ),
      (flagged("2026-03-31,1.00,\n"), "Add it to csv_flag_debit or csv_flag_credit"),
      (
        columns("2026-03-31,+1.00,\n"),
        "line 3 has '+1.00' in 'Out', whose sign contradicts the column"
      ),
      (
        columns("2026-03-31,,-1.00\n"),
        "line 3 has '-1.00' in 'In', whose sign contradicts the column"
      ),
      (columns("2026-03-31,1.00 CR,\n"), "whether csv_debit and csv_credit are exchanged"),
      (columns("2026-03-31,1.00,2.00\n"), "line 3 has an amount in both 'Out' and 'In'"),
      (columns("2026-03-31,,\n"), "line 3 has a date but no amount in 'Out' or 'In'"),
      (
        columns("2026-03-31,1.00,\n2026-03-31,-2.00,\n"),
        "line 4 has a debit with a minus and line 3 one"
      ),
      (flagged("2026-03-31,1.00,D\n2026-03-31,-2.00,D\n"), "one of them may be a reversal"),
    ] { #expect(CSVSample.message(file).contains(says), "\(CSVSample.message(file))") }
  }

  @Test("come from two columns, of which one may be zero, empty or a dash")
  func columnsGiveTheSign() {
    #expect(
      amounts(
        columns(
          "2026-03-31,1.00,\n2026-03-31,0.00,2.00\n2026-03-31,3.00,-\n2026-03-31,0.00,0.00\n"))
        == [-100, 200, -300, 0])
    #expect(amounts(columns("2026-03-31,-1.00,\n2026-03-31,-2.00,\n")) == [-100, -200])
  }

  @Test("may be the other way round, if the mapping says so")
  func positiveMayBeDebit() {
    let file = CSVSample.read(
      "Date,Amount,Balance\n2026-03-31,5.00,-5.00\n2026-03-31,-2.00,-3.00\n"
    ) {
      $0.isPositiveDebit = true
    }
    #expect(amounts(file) == [-500, 200])
    #expect(file.statements.first?.opening?.amountMinor == 0)
  }

  @Test("that the balances contradict blame the setting")
  func wrongSignsBlameTheSetting() {
    let rows = "2026-03-30,5.00,95.00\n2026-03-30,-7.00,102.00\n2026-03-31,2.00,100.00\n"
    let signed = CSVSample.message(CSVSample.read("Date,Amount,Balance\n\(rows)"))
    #expect(signed.contains("line 2 has amounts whose signs contradict the balances in all rows"))
    #expect(signed.contains("Set csv_positive to debit"))
    let exchanged = CSVSample.message(
      CSVSample.read("Date,Out,In,Balance\n2026-03-30,5.00,,105.00\n2026-03-31,,2.00,103.00\n") {
        $0.amount = .debitAndCredit(debit: "Out", credit: "In")
      })
    #expect(exchanged.contains("Exchange csv_debit and csv_credit"), "\(exchanged)")
    let unsigned = CSVSample.message(
      CSVSample.read(
        "Date,Amount,Balance\n2026-03-30,5.00,95.00\n2026-03-30,7.00,102.00\n2026-03-31,2.00,100.00\n"
      ))
    #expect(
      unsigned.contains("line 4 has the amount 2.00, but its balance moves the other way"),
      "\(unsigned)")
    #expect(unsigned.contains("Set csv_flag to the column"))
    let flags = CSVSample.message(
      CSVSample.read(
        "Date,Amount,Sign,Balance\n2026-03-30,5.00,D,95.00\n2026-03-30,7.00,D,102.00\n2026-03-31,2.00,D,100.00\n"
      ) { $0.amount = .flagged("Amount", .init(column: "Sign")) })
    #expect(flags.contains("Check csv_flag (Sign), csv_flag_debit"), "\(flags)")
  }
}
