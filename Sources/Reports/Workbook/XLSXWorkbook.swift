#if XLSX
  import CXlsxwriter
  import LedgerDomain

  /// One cell of a workbook.
  enum XLSXCell {
    /// Nothing.
    case empty
    /// Text, never a formula.
    case text(String)
    /// A count.
    case count(Int)
    /// An amount in minor units, shown in its currency's decimals; as text if it has over 15
    /// digits.
    case amount(AmountMinor, digits: Int?)
    /// A formula and its value, an amount in minor units.
    case formula(String, AmountMinor, digits: Int)
  }

  /// A workbook, written sheet by sheet and row by row.
  final class XLSXWorkbook {
    private let path: String
    /// What stands at the top of every printed page, in the format's notation.
    let heading: String
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private var formats: [Int: UnsafeMutablePointer<lxw_format>] = [:]
    let headerFormat: UnsafeMutablePointer<lxw_format>
    private let rightFormat: UnsafeMutablePointer<lxw_format>
    private var failure: lxw_error = LXW_NO_ERROR

    /// - Throws: `ReportError` if the library cannot create it.
    init(path: String, title: String, createdAt second: Int64) throws(ReportError) {
      self.path = path
      heading = Self.heading(title)
      guard let workbook = tieout_workbook_new(path), let header = workbook_add_format(workbook),
        let right = workbook_add_format(workbook)
      else { throw ReportError(path: path, reason: "the workbook cannot be created") }
      self.workbook = workbook
      headerFormat = header
      rightFormat = right
      format_set_bold(header)
      format_set_bottom(header, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_text_wrap(header)
      format_set_align(right, UInt8(LXW_ALIGN_RIGHT.rawValue))
      note(tieout_workbook_set_created(workbook, title, second))
    }

    /// A title as a header of printed pages: `&` begins a code there, and the format allows 255 units.
    private static func heading(_ title: String) -> String {
      let scalars = title.unicodeScalars.filter { !$0.properties.isWhitespace || $0 == " " }
      return String(String.UnicodeScalarView(scalars)).replacing("&", with: "&&").prefix(120)
        .description
    }

    func addSheet(_ name: String) throws(ReportError) -> UnsafeMutablePointer<lxw_worksheet> {
      guard let sheet = workbook_add_worksheet(workbook, name) else {
        throw ReportError(path: path, reason: "the sheet \(name) cannot be added")
      }
      return sheet
    }

    func write(
      _ cell: XLSXCell, to sheet: UnsafeMutablePointer<lxw_worksheet>, row: UInt32, column: UInt16
    ) {
      switch cell {
      case .empty: break
      case .text(let text):
        note(worksheet_write_string(sheet, row, column, XLSXText.cell(text), nil))
      case .count(let count):
        note(worksheet_write_number(sheet, row, column, Double(count), format(digits: 0)))
      case .amount(let amount, let digits):
        write(amount, digits: digits, to: sheet, row, column)
      case .formula(let formula, let value, let digits):
        note(
          worksheet_write_formula_num(
            sheet, row, column, formula, format(digits: digits),
            Self.decimal(value, digits: digits)))
      }
    }

    /// Whether a spreadsheet can hold an amount without rounding it.
    static func isExact(_ amountMinor: AmountMinor) -> Bool {
      amountMinor.magnitude < 1_000_000_000_000_000
    }

    private func write(
      _ amount: AmountMinor, digits: Int?, to sheet: UnsafeMutablePointer<lxw_worksheet>,
      _ row: UInt32, _ column: UInt16
    ) {
      guard let digits, Self.isExact(amount) else {
        let text = digits.map { AmountText.decimal(amount, digits: $0) } ?? String(amount)
        note(worksheet_write_string(sheet, row, column, text, rightFormat))
        note(
          worksheet_write_comment(
            sheet, row, column,
            "Stored as text: a spreadsheet would round an amount of more than 15 digits."))
        return
      }
      note(
        worksheet_write_number(
          sheet, row, column, Self.decimal(amount, digits: digits), format(digits: digits)))
    }

    private static func decimal(_ amount: AmountMinor, digits: Int) -> Double {
      // Parsing the decimal text gives the nearest number; a division could be off by rounding.
      Double(AmountText.decimal(amount, digits: digits)) ?? 0
    }

    private func format(digits: Int) -> UnsafeMutablePointer<lxw_format>? {
      if let format = formats[digits] { return format }
      guard let format = workbook_add_format(workbook) else { return nil }
      let decimals = digits == 0 ? "" : "." + String(repeating: "0", count: digits)
      format_set_num_format(format, "#,##0\(decimals);[Red]-#,##0\(decimals)")
      formats[digits] = format
      return format
    }

    func note(_ error: lxw_error) {
      if failure == LXW_NO_ERROR { failure = error }
    }

    /// Writes the file.
    ///
    /// - Throws: `ReportError` if anything could not be written.
    func close() throws(ReportError) {
      let closing = workbook_close(workbook)
      let error = failure == LXW_NO_ERROR ? closing : failure
      guard error == LXW_NO_ERROR else {
        throw ReportError(path: path, reason: String(cString: lxw_strerror(error)))
      }
    }
  }
#endif
