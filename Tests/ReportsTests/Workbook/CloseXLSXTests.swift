#if XLSX
  import Foundation
  import LedgerDomain
  import Testing

  @testable import Reports

  @Suite("close.xlsx")
  struct CloseXLSXTests {
    private static let names = [
      "Summary", "Tie-outs", "Trial balance", "Roll-forward", "Findings", "Restatements",
      "Restating entries", "Bank", "Outstanding", "Loans", "Parts",
    ]

    @Test("is one of the report files")
    func isListed() {
      #expect(reportFiles.map(\.name).contains("close.xlsx"))
    }

    @Test("has the same bytes for the same close, whenever it is written")
    func identicalBytes() throws {
      let first = try CloseWorkbook(FullRecord.record()).bytes()
      // A zip counts time in steps of two seconds.
      Thread.sleep(forTimeInterval: 2.1)
      #expect(try CloseWorkbook(FullRecord.record()).bytes() == first)
      #expect(try CloseWorkbook(SampleRecord.record(closeID: 8)).bytes() != first)
    }

    @Test("has every figure, each table on a sheet of its own", arguments: [false, true])
    func figures(isFull: Bool) throws {
      let record = isFull ? FullRecord.record() : SampleRecord.record()
      let workbook = try CloseWorkbook(record)
      #expect(workbook.sheets.map(\.name) == Self.names)
      for (name, rows) in WorkbookRecord.tables(record) {
        expect(workbook.table(name), rows, name)
      }
    }

    private func expect(_ cells: [[CloseWorkbook.Cell?]], _ rows: [[String]], _ name: String) {
      #expect(cells.count == rows.count, "\(name)")
      for (cells, wanted) in zip(cells, rows) {
        for (index, wanted) in wanted.enumerated() {
          switch index < cells.count ? cells[index] : nil {
          case .text(let text): #expect(text == wanted, "\(name)")
          case .number(let number): #expect(Double(number) == Double(wanted), "\(name)")
          case .formula(let formula): Issue.record("\(name) has the formula \(formula)")
          case nil: #expect(wanted == "", "\(name)")
          }
        }
      }
    }

    @Test("has ids, codes and digests as text, so that no zero is lost")
    func identifiers() throws {
      let workbook = try CloseWorkbook(FullRecord.record())
      let columns = [
        "Trial balance": 0...6, "Roll-forward": 0...3, "Restating entries": 0...6, "Loans": 0...2,
        "Outstanding": 5...5, "Bank": 0...3,
      ]
      for (name, columns) in columns {
        for row in workbook.table(name) {
          for case .number(let number)? in row[columns] {
            Issue.record("\(name) has the number \(number)")
          }
        }
      }
    }

    @Test("has amounts of up to 15 digits as numbers, longer ones as text with all digits")
    func wideAmounts() throws {
      let amounts: [Int64] = [
        999_999_999_999_999, -999_999_999_999_999, 1_000_000_000_000_000, -1_000_000_000_000_001,
        .max, -.max,
      ]
      for currency in ["USD", "JPY", "BHD"] {
        let rows = WorkbookRecord.rows(amounts.count, currency: currency) { amounts[$0] }
        let workbook = try CloseWorkbook(WorkbookRecord.record(rollforward: rows))
        let cells = workbook.table("Trial balance").map { $0[7] }
        for (index, amountMinor) in amounts.enumerated() {
          let wanted = WorkbookRecord.decimal(amountMinor, rows[index].key.currency)
          if index < 2, case .number(let number)? = cells[index] {
            #expect(Double(number) == Double(wanted))
          } else {
            #expect(cells[index] == .text(wanted))
          }
        }
      }
    }

    @Test(
      "has totals as text where a spreadsheet would round them",
      arguments: [
        [600_000_000_000_000, 600_000_000_000_000], [1_000_000_000_000_000, 1],
        [Int64.max, Int64.max],
      ])
    func wideTotals(amounts: [Int64]) throws {
      let rows = WorkbookRecord.rows(2) { amounts[$0] }
      let record = WorkbookRecord.record(rollforward: rows)
      let summary = try CloseWorkbook(record).table("Summary")
      let total = try #require(WorkbookRecord.totals(record).first)
      #expect(summary.last?[0] == .text(total[0]))
      #expect(summary.last?[2] == .text(total[2]))
    }

    @Test("goes on on another sheet past the rows of one, and loses none", arguments: 2...7)
    func rowLimit(rowsMax: Int) throws {
      let record = WorkbookRecord.record(rollforward: WorkbookRecord.rows(12))
      let workbook = try CloseWorkbook(record, rowsMax: rowsMax)
      for (name, rows) in WorkbookRecord.tables(record) {
        expect(workbook.table(name), rows, name)
      }
      let sheets = workbook.sheets.filter { $0.name.hasPrefix("Trial balance") }
      let perSheet = rowsMax - 1
      #expect(sheets.count == (12 + perSheet - 1) / perSheet)
      #expect(sheets.allSatisfy { $0.rows.count <= rowsMax && $0.rows[0] == sheets[0].rows[0] })
      // A formula over one sheet would leave out the others.
      #expect(workbook.table("Summary").last?[2] == .text("66.66"))
    }

    @Test("has a frozen header and filters on every sheet")
    func headers() throws {
      for record in [FullRecord.record(), WorkbookRecord.record()] {
        for sheet in try CloseWorkbook(record).sheets {
          let pane = #"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#
          #expect(sheet.xml.contains(pane), "\(sheet.name)")
          let last = UnicodeScalar(UInt8(64 + sheet.rows[0].count))
          let filter = #"<autoFilter ref="A1:\#(last)\#(sheet.rows.count)"/>"#
          #expect(
            sheet.xml.contains(filter)
              || sheet.rows.count == 1 && sheet.xml.contains(#"<autoFilter ref="A1"#),
            "\(sheet.name)")
        }
      }
    }

    @Test("of a close without anything has every sheet, with its headers only")
    func empty() throws {
      let workbook = try CloseWorkbook(WorkbookRecord.record())
      #expect(workbook.sheets.map(\.name) == Self.names)
      for sheet in workbook.sheets.dropFirst() { #expect(sheet.rows.count == 1, "\(sheet.name)") }
      #expect(!workbook.sheets.contains { $0.xml.contains("<f>") })
    }
  }
#endif
