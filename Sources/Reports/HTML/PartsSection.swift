import LedgerDomain

/// The parts that the close read, each with its SHA-256.
enum PartsSection {
  enum SentenceField: String { case sentence }
  enum PartField: String { case file, records, bytes, sha256 }

  private static let begin = RowTemplate<SentenceField>("parts_begin")
  private static let part = RowTemplate<PartField>("part")
  private static let tableEnd = TemplateBlock("table_end")

  static func write(_ record: CloseRecord, to html: inout HTMLWriter) {
    let bytes = record.parts.reduce(0) { $0 + $1.bytes }
    html.fill(begin) { _, html in
      html.text(
        "\(Wording.count(record.parts.count, "part", "parts")), "
          + "\(Wording.count(bytes, "byte", "bytes")) on disk.")
    }
    for part in record.parts {
      html.fill(Self.part) { field, html in
        switch field {
        case .file: html.text(part.file)
        case .records: html.count(part.records)
        case .bytes: html.count(part.bytes)
        case .sha256: html.text(part.sha256)
        }
      }
    }
    html.block(tableEnd)
  }
}
