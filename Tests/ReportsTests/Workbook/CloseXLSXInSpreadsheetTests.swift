#if XLSX
  import LedgerDomain
  import Testing

  @testable import Reports

  @Suite(
    "close.xlsx in a spreadsheet",
    .enabled(
      if: Spreadsheet.program != nil,
      "LibreOffice is not installed: apt-get install libreoffice-calc-nogui"),
    .serialized)
  struct CloseXLSXInSpreadsheetTests {
    private func expect(
      _ sheets: [String: [[Spreadsheet.Cell]]], of record: CloseRecord
    ) throws {
      for (name, rows) in WorkbookRecord.tables(record) {
        let shown = try #require(sheets[name], "\(name)").dropFirst()
        #expect(shown.count == rows.count, "\(name)")
        for (cells, wanted) in zip(shown, rows) {
          for (cell, wanted) in zip(cells, wanted) {
            if cell.isText || wanted == "" {
              #expect(cell.content == wanted, "\(name)")
            } else {
              #expect(Double(cell.content) == Double(wanted), "\(name)")
            }
          }
        }
      }
    }

    @Test(
      "shows every figure of the close, and every text as text", arguments: [nil, "=1+1", "007"])
    func everyFigureIsRead(text: String?) throws {
      let record = FullRecord.record(text: text)
      let sheets = try Spreadsheet.open(CloseWorkbook(record))
      try expect(sheets, of: record)
      let trial = try #require(sheets["Trial balance"])
      for row in trial.dropFirst() {
        #expect(row[0...4].allSatisfy { $0.isText || $0.content == "" })
        #expect(row[5...6].allSatisfy { !$0.isText })
      }
    }

    @Test("calculates the totals of the close")
    func totalsAreCalculated() throws {
      var rows: [RollforwardRow] = []
      for currency in ["USD", "JPY", "BHD"] {
        rows += WorkbookRecord.rows(40, currency: currency) { Int64($0 * $0) * 1_000_003 }
      }
      for record in [WorkbookRecord.record(rollforward: rows), FullRecord.record()] {
        let workbook = try CloseWorkbook(record)
        let wanted = WorkbookRecord.totals(record)
        for row in workbook.table("Summary").suffix(wanted.count) {
          for cell in row[2...3] {
            guard case .formula(let formula)? = cell else {
              Issue.record("no formula")
              continue
            }
            #expect(formula.hasPrefix("SUMIFS('Trial balance'!"))
          }
        }
        let shown = try #require(Spreadsheet.open(workbook)["Summary"]).suffix(wanted.count)
        for (cells, wanted) in zip(shown, wanted) {
          #expect(cells[0].content == wanted[0])
          for column in 2...3 {
            let difference =
              try #require(Double(cells[column].content))
              - (Double(wanted[column]) ?? .nan)
            #expect(abs(difference) < 0.0001, "\(wanted[0])")
          }
        }
      }
    }

    @Test("shows all digits of long amounts, and opens an empty close")
    func longAmountsAndEmptyCloseAreShown() throws {
      let amounts: [Int64] = [999_999_999_999_999, 1_000_000_000_000_001, .max, -.max]
      let wide = WorkbookRecord.record(
        rollforward: WorkbookRecord.rows(amounts.count) { amounts[$0] })
      for record in [wide, WorkbookRecord.record()] {
        try expect(Spreadsheet.open(CloseWorkbook(record)), of: record)
      }
    }
  }
#endif
