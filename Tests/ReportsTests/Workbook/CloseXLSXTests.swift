#if XLSX
  import Foundation
  import LedgerDomain
  import Testing

  @testable import Reports

  @Suite("close.xlsx")
  struct CloseXLSXTests {
    private static let names = [
      "Summary", "Tie-outs", "Trial balance", "Roll-forward", "Changes", "Findings", "Quarantine",
      "Restatements", "Restating entries", "Bank", "Outstanding", "Matched", "Loans", "Parts",
    ]

    @Test("is one of the report files")
    func workbookIsReportFile() {
      #expect(reportFiles.map(\.name).contains("close.xlsx"))
    }

    @Test("is byte-identical for the same close, whenever it is written")
    func sameCloseGivesSameBytes() throws {
      let first = try CloseWorkbook(FullRecord.record()).bytes()
      // A zip counts time in steps of two seconds.
      Thread.sleep(forTimeInterval: 2.1)
      #expect(try CloseWorkbook(FullRecord.record()).bytes() == first)
      #expect(try CloseWorkbook(SampleRecord.record(closeID: 8)).bytes() != first)
    }

    @Test("has every figure, with one sheet per table", arguments: [false, true])
    func everyFigureIsPresent(isFull: Bool) throws {
      let record = isFull ? FullRecord.record() : SampleRecord.record()
      let workbook = try CloseWorkbook(record)
      #expect(workbook.sheets.map(\.name) == Self.names)
      for (name, rows) in WorkbookRecord.tables(record) {
        expect(workbook.table(name), rows, name)
      }
    }

    @Test("lists what was matched with what, and who settled the rest")
    func matchedItemsAreListed() throws {
      var record = FullRecord.record()
      let date = record.header.businessDate
      func item(_ side: BankSide, _ identity: String, _ amountMinor: AmountMinor) -> BankItem {
        BankItem(
          side: side, identity: identity, references: [BankReference(.external, "PAY-1")],
          amountMinor: amountMinor, date: date)
      }
      let lines = [item(.ledger, "line 1", 700), item(.ledger, "line 2", 300)]
      let fee = item(.bank, "fee", -125)
      var bank = try #require(record.bankReconciliations.last)
      bank = BankReconciliation(
        account: bank.account, status: .reconciled, ledgerClosingMinor: 1_000, statement: (0, 875),
        differenceMinor: 125, unexplainedMinor: 0, matchCounts: [.group: 1, .settlement: 1],
        outstanding: [],
        matches: [
          BankMatch(
            ledger: lines, bank: [item(.bank, "entry", 1_000)], rule: .group, reference: "PAY-1"),
          BankMatch(ledger: [], bank: [fee], rule: .settlement),
        ], writtenOffMinor: 125)
      record.addBankAccounts([
        BankAccountRecord(
          version: ReconciliationVersion(
            reconciliation: bank, date: date, number: 1, closeID: record.header.closeID,
            madeAt: record.header.finishedAt),
          settlements: [
            SettlementDecision(
              number: 1, kind: .writeOff, date: date,
              items: [SettlementDecision.Item(key: fee.key, amountMinor: -125, date: date)],
              name: "Ada Lovelace", note: "A fee.", settledAt: record.header.finishedAt)
          ])
      ])
      func row(_ match: Int, _ rule: String, _ shared: String, _ cells: String...) -> [String] {
        ["reserve", "\(match)", rule, shared, cells[0], "\(date)", cells[1], "PAY-1"]
          + cells.dropFirst(2)
      }
      expect(
        try CloseWorkbook(record).table("Matched"),
        [
          row(1, "group", "PAY-1", "ledger", "7.00", "line 1", "", ""),
          row(1, "group", "PAY-1", "ledger", "3.00", "line 2", "", ""),
          row(1, "group", "PAY-1", "bank", "10.00", "entry", "", ""),
          row(2, "settlement", "", "bank", "-1.25", "fee", "Ada Lovelace", "A fee."),
        ], "Matched")
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

    @Test("stores identifiers, codes and digests as text, so that no zero is lost")
    func identifiersAreText() throws {
      let workbook = try CloseWorkbook(FullRecord.record())
      let columns = [
        "Trial balance": 0...4, "Roll-forward": 0...3, "Restating entries": 0...6, "Loans": 0...2,
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

    @Test("stores amounts of up to 15 digits as numbers and longer ones as text")
    func longAmountsAreText() throws {
      let amounts: [Int64] = [
        999_999_999_999_999, -999_999_999_999_999, 1_000_000_000_000_000, -1_000_000_000_000_001,
        .max, -.max,
      ]
      for currency in ["USD", "JPY", "BHD"] {
        let rows = WorkbookRecord.rows(amounts.count, currency: currency) { amounts[$0] }
        let workbook = try CloseWorkbook(WorkbookRecord.record(rollforward: rows))
        let cells = workbook.table("Trial balance").map { $0[5] }
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
      "stores totals that a spreadsheet would round as text",
      arguments: [
        [600_000_000_000_000, 600_000_000_000_000], [1_000_000_000_000_000, 1],
        [Int64.max, Int64.max],
      ])
    func longTotalsAreText(amounts: [Int64]) throws {
      let rows = WorkbookRecord.rows(2) { amounts[$0] }
      let record = WorkbookRecord.record(rollforward: rows)
      let summary = try CloseWorkbook(record).table("Summary")
      let total = try #require(WorkbookRecord.totals(record).first)
      #expect(summary.last?[0] == .text(total[0]))
      #expect(summary.last?[2] == .text(total[2]))
    }

    @Test("continues a long table on another sheet without losing rows", arguments: 2...7)
    func longTablesContinueOnAnotherSheet(rowsMax: Int) throws {
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
    func sheetsHaveFrozenHeaderAndFilters() throws {
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

    @Test("lists how every balance moved, with the dates that it is compared with")
    func changesAreListed() throws {
      let rows = try CloseWorkbook(FullRecord.record()).table("Changes")
      #expect(rows.count == 3)
      let texts = [0, 1, 2, 3, 5, 9, 13, 17, 18, 19, 20].map { rows[0][$0] }
      #expect(
        texts
          == [
            "1100", "Principal receivable", "USD", "SETTLED", "2026-01-04", "2025-12-31",
            "no such date", "previous_close", "88849", "80849", "8000",
          ].map { .text($0) })
      #expect(
        [4, 6, 7, 8, 10, 11, 12].map { rows[0][$0] }
          == [
            "888.49", "808.49", "80", "9.9", "900", "-11.51", "-1.3",
          ].map { .number($0) })
    }

    @Test("folds the columns of minor units after the others, and prints on whole pages")
    func minorUnitsAreFolded() throws {
      var record = FullRecord.record()
      record.tenantName = "Harbor & Sons"
      for sheet in try CloseWorkbook(record).sheets {
        let titles = sheet.rows[0].map { cell in
          if case .text(let text)? = cell { text } else { "" }
        }
        let firstMinor = titles.firstIndex { $0.hasSuffix(" minor") } ?? titles.count
        #expect(titles[firstMinor...].allSatisfy { $0.hasSuffix(" minor") }, "\(sheet.name)")
        let folded = sheet.xml.matches(of: /<col [^>]*hidden="1"[^>]*outlineLevel="1"/).count
        #expect(folded == titles.count - firstMinor, "\(sheet.name)")
        #expect((folded > 0) == (firstMinor < titles.count), "\(sheet.name)")
        #expect(sheet.xml.contains("<pageSetUpPr fitToPage=\"1\"/>"), "\(sheet.name)")
        #expect(sheet.xml.contains("fitToHeight=\"0\" orientation=\"landscape\""), "\(sheet.name)")
        #expect(sheet.xml.contains(", Harbor &amp;&amp; Sons&amp;R&amp;A"), "\(sheet.name)")
      }
    }

    @Test("has every sheet with only its header for an empty close")
    func emptyCloseHasOnlyHeaders() throws {
      let workbook = try CloseWorkbook(WorkbookRecord.record())
      #expect(workbook.sheets.map(\.name) == Self.names)
      for sheet in workbook.sheets.dropFirst() { #expect(sheet.rows.count == 1, "\(sheet.name)") }
      #expect(!workbook.sheets.contains { $0.xml.contains("<f>") })
    }
  }
#endif
