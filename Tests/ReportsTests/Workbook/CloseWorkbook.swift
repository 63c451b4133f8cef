#if XLSX
  import Foundation
  import FoundationXML
  import LedgerDomain

  @testable import Reports

  /// A close's `close.xlsx`, written and taken apart.
  final class CloseWorkbook {
    /// A cell as stored in the file.
    enum Cell: Equatable {
      case text(String)
      case number(String)
      case formula(String)
    }

    struct Sheet {
      let name: String
      let xml: String
      let rows: [[Cell?]]
    }

    private let folder = NSTemporaryDirectory() + "tieout-workbook-" + UUID().uuidString
    let path: String
    let sheets: [Sheet]

    init(_ record: CloseRecord, rowsMax: Int = 1_048_576) throws {
      let folder = folder
      path = "\(folder)/close.xlsx"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      var output = try ReportOutput(path: path)
      try CloseXLSX(rowsMax: rowsMax).write(record, to: &output)
      _ = try output.finish()
      try Program.run("unzip", ["-q", path, "-d", "\(folder)/parts"])
      let names = try SheetNames(xml: Self.part("xl/workbook.xml", of: folder)).names
      sheets = try names.enumerated().map { index, name in
        let xml = try Self.part("xl/worksheets/sheet\(index + 1).xml", of: folder)
        return Sheet(
          name: name, xml: String(decoding: xml, as: UTF8.self), rows: try SheetCells(xml: xml).rows
        )
      }
    }

    deinit {
      try? FileManager.default.removeItem(atPath: folder)
    }

    func bytes() throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    /// The rows of a table without its headers, from all its sheets.
    func table(_ name: String) -> [[Cell?]] {
      sheets.filter { $0.name == name || $0.name.hasPrefix("\(name) ") }
        .flatMap { $0.rows.dropFirst() }
    }

    private static func part(_ name: String, of folder: String) throws -> Data {
      try Data(contentsOf: URL(fileURLWithPath: "\(folder)/parts/\(name)"))
    }
  }

  /// The names of a workbook's sheets, in order.
  private final class SheetNames: NSObject, XMLParserDelegate {
    private(set) var names: [String] = []

    init(xml: Data) throws {
      super.init()
      try XMLDocumentTrouble.parse(xml, self)
    }

    func parser(
      _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      if element == "sheet" { names.append(attributes["name"] ?? "") }
    }
  }

  /// The cells of a sheet, row by row.
  private final class SheetCells: NSObject, XMLParserDelegate {
    private(set) var rows: [[CloseWorkbook.Cell?]] = []
    private var column = 0
    private var isText = false
    private var formula: String?
    private var text = ""

    init(xml: Data) throws {
      super.init()
      try XMLDocumentTrouble.parse(xml, self)
    }

    func parser(
      _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      let reference = (attributes["r"] ?? "").unicodeScalars
      switch element {
      case "row":
        while rows.count < Int(attributes["r"] ?? "") ?? 0 { rows.append([]) }
      case "c":
        column = reference.prefix { $0.properties.isAlphabetic }
          .reduce(0) { $0 * 26 + Int($1.value) - 64 }
        isText = attributes["t"] == "inlineStr"
        formula = nil
        text = ""
      case "f", "v", "t": text = ""
      default: break
      }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }

    func parser(
      _ parser: XMLParser, didEndElement element: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      if element == "f" { formula = text }
      guard element == "c", let row = rows.indices.last else { return }
      while rows[row].count < column { rows[row].append(nil) }
      rows[row][column - 1] =
        formula.map { .formula($0) }
        ?? (isText ? .text(EscapedText.decoded(text)) : .number(text))
    }
  }

  /// XML that is not well formed: no spreadsheet opens it.
  private struct XMLDocumentTrouble: Error {
    let reason: String

    static func parse(_ xml: Data, _ delegate: any XMLParserDelegate) throws {
      let parser = XMLParser(data: xml)
      parser.delegate = delegate
      guard parser.parse() else {
        throw XMLDocumentTrouble(reason: "line \(parser.lineNumber), column \(parser.columnNumber)")
      }
    }
  }

  /// The format's own escapes: `_x0001_` is the character of that number.
  private enum EscapedText {
    static func decoded(_ text: String) -> String {
      let scalars = Array(text.unicodeScalars)
      var decoded = String.UnicodeScalarView()
      var index = 0
      while index < scalars.count {
        let piece = String(String.UnicodeScalarView(scalars[index...].prefix(7)))
        if piece.unicodeScalars.count == 7, piece.hasPrefix("_x"), piece.hasSuffix("_"),
          let value = UInt32(piece.dropFirst(2).dropLast(), radix: 16),
          let scalar = Unicode.Scalar(value)
        {
          decoded.append(scalar)
          index += 7
        } else {
          decoded.append(scalars[index])
          index += 1
        }
      }
      return String(decoded)
    }
  }
#endif
