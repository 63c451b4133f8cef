import Foundation
import LedgerDomain

@testable import Reports

/// Overviews to be written, and the directory they go to.
final class SampleOverview {
  let root = NSTemporaryDirectory() + "tieout-overview-" + UUID().uuidString

  deinit {
    try? FileManager.default.removeItem(atPath: root)
  }

  var path: String { "\(root)/index.html" }

  func write(_ overview: Overview) throws -> String {
    try OverviewFile.write(overview, below: root)
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  static let first = BusinessDate(dayNumber: 20_458)
  private static let usd = CurrencyCode("USD").map { MatterAmount(-12_345, $0, .settled) }

  static func tenant(_ number: Int) -> TenantID {
    TenantID(LedgerUUID(high: UInt64(number) << 32, low: 0xA))
  }

  static func head(_ number: Int) -> BooksHead {
    BooksHead(
      close: CloseID(Int64(number)), chainDigest: "c\(number)",
      reconciliation: "2026-01-05|1|b|main",
      certifications: 2, acceptances: 1)
  }

  /// Three tenants: one in order, one with every kind of matter, one that is behind.
  static func overview(text: String = "OPERATING-USD") -> Overview {
    let amounts = [usd].compactMap(\.self)
    let matters = OpenMatter.Kind.allCases.dropLast().map { kind in
      OpenMatter(
        kind, date: first.advanced(by: kind.rawValue),
        check: kind == .brokenCheck ? .doubleEntry : nil, subject: text, count: 2,
        amounts: kind == .openQuarantine || kind == .brokenCheck ? amounts : [])
    }
    var names = TenantNames()
    // What the setting refuses is written here all the same: the page must not rely on it.
    try? names.add(
      text.filter { !$0.isNewline }.trimmingCharacters(in: .whitespaces), for: tenant(2))
    return Overview(
      tenants: [
        overview(1, cells: Array(repeating: CalendarCell(.tiesOut, .valid), count: 40)),
        overview(
          2, cells: everyCell + everyCell + [CalendarCell(.tiesOut, .missing)] + threeCells,
          matters: Array(matters)),
        overview(3, cells: Array(repeating: CalendarCell(.tiesOut, .missing), count: 38)),
      ], names: names, banking: "3|6,7|")
  }

  static let everyCell = DateStanding.allCases.flatMap { standing in
    CertificationStanding.allCases.map { CalendarCell(standing, $0) }
  }
  private static let threeCells = Array(everyCell.prefix(3))

  static func overview(
    _ number: Int, cells: [CalendarCell], matters: [OpenMatter] = []
  ) -> TenantOverview {
    TenantOverview(
      tenant: tenant(number), head: head(number), firstDate: first, cells: cells,
      matters: matters.sorted())
  }

  /// As many tenants and dates as a large job has in a year; about every hundredth date needs attention.
  static func large(tenants: Int, dates: Int) -> Overview {
    let amounts = [usd].compactMap(\.self)
    return Overview(
      tenants: (1...tenants).map { number in
        var matters: [OpenMatter] = []
        let cells = (0..<dates).map { day -> CalendarCell in
          let hash = (number * 7919 + day * 104_729) % 100
          if hash == 0 {
            matters.append(
              OpenMatter(
                .openQuarantine, date: first.advanced(by: day), count: day % 7 + 1,
                amounts: amounts))
            return CalendarCell(.openQuarantine, .missing)
          }
          return CalendarCell(.tiesOut, day < dates - 9 ? .valid : .missing)
        }
        return overview(number, cells: cells, matters: matters)
      }, names: TenantNames(), banking: "")
  }
}
