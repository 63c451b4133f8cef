#if XLSX
  import Glibc
  public import LedgerDomain

  /// `close.xlsx`: one sheet for each table of the close, with totals as formulas.
  public struct CloseXLSX: ReportFile {
    /// The name of the file in the report set.
    public let name = "close.xlsx"
    private let rowsMax: Int

    /// The report file.
    ///
    /// - Parameter rowsMax: the most rows on a sheet; longer tables continue on another sheet.
    public init(rowsMax: Int = 1_048_576) {
      self.rowsMax = rowsMax
    }

    /// Writes the content of the file.
    public func write(
      _ record: CloseRecord, to output: inout ReportOutput
    ) throws(ReportError) {
      // The library writes to a path; copying the file from there hashes it and checks every write.
      let draft = output.path + ".draft"
      defer { unlink(draft) }
      let header = record.header
      let workbook = try XLSXWorkbook(
        path: draft, title: Self.title(record),
        createdAt: PostedInstant(header.finishedAt)?.second ?? 0)
      try XLSXSheets(workbook: workbook, record: record, rowsMax: rowsMax).write()
      try workbook.close()
      try Self.copy(draft, to: &output)
    }

    private static func title(_ record: CloseRecord) -> String {
      "Close of \(record.header.businessDate)" + (record.tenantName.map { ", \($0)" } ?? "")
    }

    private static func copy(_ path: String, to output: inout ReportOutput) throws(ReportError) {
      guard let file = fopen(path, "r") else { throw ReportError.system(path) }
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 64 * 1024)
      while true {
        let count = fread(&bytes, 1, bytes.count, file)
        if count > 0 { try output.write(bytes[..<count]) }
        if count < bytes.count {
          guard ferror(file) == 0 else { throw ReportError.system(path) }
          return
        }
      }
    }
  }
#endif
