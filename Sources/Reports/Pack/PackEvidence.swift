import LedgerDomain

/// What the pages of a pack show as evidence: faults, digests, files.
enum PackEvidence {
  /// The most faults that a page lists; `verification.txt` has all.
  private static let faultsMax = 100

  enum FaultField: String { case sentence }
  enum DigestField: String { case date, close, digest }
  enum FileField: String { case name, about, digest }

  private static let faultsBegin = TemplateBlock("pack_faults_begin")
  private static let fault = RowTemplate<FaultField>("pack_fault")
  private static let faultsEnd = TemplateBlock("pack_faults_end")
  private static let digestsBegin = TemplateBlock("pack_digests_begin")
  private static let digest = RowTemplate<DigestField>("pack_digest")
  private static let filesBegin = TemplateBlock("pack_files_begin")
  private static let file = RowTemplate<FileField>("pack_file")
  private static let tableEnd = TemplateBlock("table_end")

  static func writeFaults(_ faults: [String], to html: inout HTMLWriter) {
    if faults.isEmpty { return }
    html.block(faultsBegin)
    for sentence in faults.prefix(faultsMax) {
      html.fill(fault) { _, html in html.text(sentence) }
    }
    if faults.count > faultsMax {
      html.fill(fault) { _, html in html.text("The other differences are in verification.txt.") }
    }
    html.block(faultsEnd)
  }

  static func writeDigests(_ days: [MonthDay], to html: inout HTMLWriter) {
    html.block(digestsBegin)
    for header in days.map(\.header) {
      html.fill(digest) { field, html in
        switch field {
        case .date: html.text(header.businessDate.description)
        case .close: html.text(header.closeID.description)
        case .digest: html.text(header.chainDigest)
        }
      }
    }
    html.block(tableEnd)
  }

  static func writeFiles(_ digests: [PackFile: String], to html: inout HTMLWriter) {
    html.block(filesBegin)
    for file in PackFile.allCases {
      html.fill(Self.file) { field, html in
        switch field {
        case .name: html.text(file.rawValue)
        case .about: html.text(file.about)
        case .digest: html.text(digests[file])
        }
      }
    }
    html.block(tableEnd)
  }
}
