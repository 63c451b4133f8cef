#if XLSX
  import CXlsxwriter
  import LedgerDomain

  /// A table on its own sheet, with a frozen header and filters. A table longer than a sheet
  /// continues on another. Columns of minor units are the last ones, grouped and folded: people read
  /// decimals.
  final class XLSXTable {
    /// The most rows that the format allows on a sheet.
    static let sheetRowsMax = 1_048_576
    private static let paperA4: UInt8 = 9

    private let workbook: XLSXWorkbook
    private let name: String
    private let columns: [(title: String, width: Double)]
    private let firstMinorColumn: Int?
    private let rowsMax: Int
    private var sheet: UnsafeMutablePointer<lxw_worksheet>
    private var row: UInt32 = 0
    private var sheetCount = 1

    /// A table without rows.
    ///
    /// - Parameter rowsMax: the most rows on a sheet, including its header.
    /// - Parameter minorColumns: the columns of minor units, after all others.
    init(
      _ workbook: XLSXWorkbook, _ name: String, _ columns: [(title: String, width: Double)],
      minorColumns: [String] = [], rowsMax: Int = XLSXTable.sheetRowsMax
    ) throws(ReportError) {
      self.workbook = workbook
      self.name = name
      self.columns = columns + minorColumns.map { ("\($0) minor", 22) }
      firstMinorColumn = minorColumns.isEmpty ? nil : columns.count
      self.rowsMax = rowsMax
      sheet = try workbook.addSheet(name)
      begin()
    }

    /// Adds a row.
    func add(_ cells: [XLSXCell]) throws(ReportError) {
      if Int(row) + 1 >= rowsMax {
        end()
        sheetCount += 1
        sheet = try workbook.addSheet("\(name) \(sheetCount)")
        begin()
      }
      row += 1
      for (column, cell) in cells.enumerated() {
        workbook.write(cell, to: sheet, row: row, column: UInt16(column))
      }
    }

    /// Adds filters to the last sheet.
    func end() {
      workbook.note(worksheet_autofilter(sheet, 0, 0, row, UInt16(columns.count - 1)))
    }

    private func begin() {
      row = 0
      worksheet_freeze_panes(sheet, 1, 0)
      worksheet_repeat_rows(sheet, 0, 0)
      worksheet_set_landscape(sheet)
      worksheet_set_paper(sheet, Self.paperA4)
      // As wide as a page, however many pages that takes: no column is cut off or alone on a page.
      worksheet_fit_to_pages(sheet, 1, 0)
      workbook.note(worksheet_set_header(sheet, "&L\(workbook.heading)&R&A"))
      workbook.note(worksheet_set_footer(sheet, "&RPage &P of &N"))
      for (index, column) in columns.enumerated() {
        let number = UInt16(index)
        let isMinor = firstMinorColumn.map { index >= $0 } ?? false
        workbook.note(
          tieout_set_column(sheet, number, column.width, isMinor ? 1 : 0))
        workbook.note(
          worksheet_write_string(sheet, 0, number, column.title, workbook.headerFormat))
      }
      // The column after folded ones has the sign that unfolds them.
      if firstMinorColumn != nil {
        workbook.note(tieout_fold_before(sheet, UInt16(columns.count)))
      }
    }
  }
#endif
