#if XLSX
  import Glibc
  public import LedgerDomain

  /// `close.xlsx`: every table of the close on a sheet of its own, with totals as formulas.
  public struct CloseXLSX: ReportFile {
    /// The file's name in the set.
    public let name = "close.xlsx"
    private let rowsMax: Int

    /// The file.
    ///
    /// - Parameter rowsMax: rows of a sheet past which a table goes on on the next.
    public init(rowsMax: Int = 1_048_576) {
      self.rowsMax = rowsMax
    }

    /// Writes the file's content.
    public func write(
      _ record: CloseRecord, to output: inout ReportOutput
    ) throws(ReportError) {
      // The library writes to a path; the file is then copied, so that it is checked and hashed.
      let draft = output.path + ".draft"
      defer { unlink(draft) }
      let header = record.header
      let workbook = try XLSXWorkbook(
        path: draft, title: "Close of \(header.businessDate)",
        createdAt: PostedInstant(header.finishedAt)?.second ?? 0)
      try XLSXSheets(workbook: workbook, record: record, rowsMax: rowsMax).write()
      try workbook.close()
      try Self.copy(draft, to: &output)
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
