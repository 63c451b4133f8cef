import Foundation
import LedgerDomain

/// What a page says about the settings it was made with, and about each tenant.
struct OverviewDocument: Decodable {
  let format: Int
  let banking: String
  let tenants: [TenantRow]

  /// The document in a page; `nil` if there is none, or it is not of this version.
  init?(page: [UInt8]) {
    let page = Data(page)
    guard let begin = page.range(of: Data(OverviewData.begin.utf8)),
      let end = page.range(
        of: Data(OverviewData.end.utf8), in: begin.upperBound..<page.endIndex),
      let document = try? JSONDecoder().decode(
        Self.self, from: page[begin.upperBound..<end.lowerBound]),
      document.format == OverviewData.format
    else { return nil }
    self = document
  }
}

/// A tenant's line.
struct TenantRow: Decodable {
  let overview: TenantOverview

  init(from decoder: any Decoder) throws {
    var cells = try decoder.unkeyedContainer()
    guard let tenant = TenantID(try cells.decode(String.self)),
      let head = BooksHead(texts: try cells.decode([String].self)),
      let first = BusinessDate(try cells.decode(String.self))
    else { throw Self.invalid(decoder) }
    let letters = try cells.decode(String.self).utf8.map { CalendarCell(letter: $0) }
    guard !letters.isEmpty, !letters.contains(nil) else { throw Self.invalid(decoder) }
    let matters = try cells.decode([MatterRow].self)
    overview = TenantOverview(
      tenant: tenant, head: head, firstDate: first, cells: letters.compactMap(\.self),
      matters: matters.map { $0.matter(first) })
  }

  fileprivate static func invalid(_ decoder: any Decoder) -> DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: decoder.codingPath, debugDescription: ""))
  }
}

/// What needs attention.
private struct MatterRow: Decodable {
  let offset: Int
  let kind: OpenMatter.Kind
  let check: TieOutCheck?
  let subject: String
  let count: Int
  let amounts: [MatterAmount]

  init(from decoder: any Decoder) throws {
    var cells = try decoder.unkeyedContainer()
    offset = try cells.decode(Int.self)
    guard let kind = OpenMatter.Kind(rawValue: try cells.decode(Int.self)),
      abs(offset) < 4_000_000
    else { throw TenantRow.invalid(decoder) }
    self.kind = kind
    let check = try cells.decode(Int.self)
    let checks = TieOutCheck.allCases
    self.check = checks.indices.contains(check) ? checks[check] : nil
    subject = try cells.decode(String.self)
    count = try cells.decode(Int.self)
    amounts = try cells.decode([[String]].self).map { texts in
      guard texts.count == 3, let currency = CurrencyCode(texts[0]), let amount = Int128(texts[2])
      else { throw TenantRow.invalid(decoder) }
      return MatterAmount(amount, currency, EntryLayer(code: texts[1]))
    }
  }

  func matter(_ first: BusinessDate) -> OpenMatter {
    OpenMatter(
      kind, date: first.advanced(by: offset), check: check, subject: subject, count: count,
      amounts: amounts)
  }
}

extension BooksHead {
  /// The head whose properties are written as texts, in their order; `nil` if they are invalid.
  fileprivate init?(texts: [String]) {
    guard texts.count == 5, let close = Int64(texts[0]), let certifications = Int(texts[3]),
      let acceptances = Int(texts[4])
    else { return nil }
    self.init(
      close: CloseID(close), chainDigest: texts[1], reconciliation: texts[2],
      certifications: certifications, acceptances: acceptances)
  }
}
