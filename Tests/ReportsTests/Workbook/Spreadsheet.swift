#if XLSX
  import Foundation

  /// Headless LibreOffice: opens and calculates a workbook, and returns what each cell shows.
  enum Spreadsheet {
    static let program = Program.path("soffice")

    /// A cell's content, and whether it is text.
    struct Cell: Equatable {
      let content: String
      let isText: Bool
    }

    /// The rows of every sheet by its name, with all formulas recalculated.
    static func open(_ workbook: CloseWorkbook) throws -> [String: [[Cell]]] {
      let folder = NSTemporaryDirectory() + "tieout-spreadsheet-" + UUID().uuidString
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try FileManager.default.createDirectory(
        atPath: "\(folder)/profile/user", withIntermediateDirectories: true)
      try Data(settings.utf8).write(
        to: URL(fileURLWithPath: "\(folder)/profile/user/registrymodifications.xcu"))
      // Commas, quotes about every text, UTF-8, contents as they are, a file for every sheet.
      let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false,false,false,-1"
      try Program.run(
        "soffice",
        [
          "-env:UserInstallation=file://\(folder)/profile", "--headless", "--convert-to", filter,
          "--outdir", "\(folder)/out", workbook.path,
        ])
      var sheets: [String: [[Cell]]] = [:]
      withExtendedLifetime(workbook) {}
      for name in try FileManager.default.contentsOfDirectory(atPath: "\(folder)/out") {
        let text = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/out/\(name)"))
        let sheet = name.dropFirst("close-".count).dropLast(".csv".count)
        sheets[String(sheet)] = cells(String(decoding: text, as: UTF8.self))
      }
      return sheets
    }

    private static let settings = """
      <?xml version="1.0" encoding="UTF-8"?>
      <oor:items xmlns:oor="http://openoffice.org/2001/registry">
      <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
      <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
      </oor:items>

      """

    private static func cells(_ csv: String) -> [[Cell]] {
      var rows: [[Cell]] = []
      var row: [Cell] = []
      var content = String.UnicodeScalarView()
      var isText = false
      var isQuoted = false
      var wasQuote = false
      for scalar in csv.unicodeScalars {
        if scalar == "\"" {
          if wasQuote && !isQuoted { content.append(scalar) }
          isQuoted.toggle()
          isText = true
          wasQuote = true
          continue
        }
        wasQuote = false
        if isQuoted || (scalar != "," && scalar != "\n") {
          content.append(scalar)
          continue
        }
        row.append(Cell(content: String(content), isText: isText))
        content = String.UnicodeScalarView()
        isText = false
        if scalar == "\n" {
          rows.append(row)
          row = []
        }
      }
      return rows
    }
  }
#endif
