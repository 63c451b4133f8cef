import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain
import Testing

/// The overview of a ledger as its page has it.
struct OverviewBooks {
  /// A tenant's line: its id, its first date, a letter for each date.
  struct Tenant {
    let id: String
    let first: BusinessDate
    let letters: [Character]
    let matters: [[Any]]

    /// The dates with their letters.
    var dates: [String: Character] {
      Dictionary(
        letters.enumerated().map { ("\(first.advanced(by: $0.offset))", $0.element) },
        uniquingKeysWith: { $1 })
    }

    /// The matters of a kind: date, check or -1, subject, count, and each amount.
    func matters(_ kind: OpenMatter.Kind) -> [String] {
      matters.filter { $0[1] as? Int == kind.rawValue }.map { matter in
        let date = first.advanced(by: matter[0] as? Int ?? 0)
        let amounts = (matter[5] as? [[String]] ?? []).map { $0.joined(separator: " ") }
        return ["\(date)", "\(matter[2])", "\(matter[3])", "\(matter[4])"].joined(separator: "|")
          + amounts.map { "|\($0)" }.joined()
      }
    }
  }

  let tenants: [Tenant]
  let names: [String]

  init(page: Data) throws {
    let text = String(decoding: page, as: UTF8.self)
    let data = text.components(separatedBy: "id=\"overview-data\">\n")[1]
      .components(separatedBy: "\n</script>")[0]
    let object =
      try JSONSerialization.jsonObject(with: Data(data.utf8)) as? [String: Any] ?? [:]
    names = object["names"] as? [String] ?? []
    tenants = try (object["tenants"] as? [[Any]] ?? []).map { row in
      Tenant(
        id: row[0] as? String ?? "", first: try #require(BusinessDate(row[2] as? String ?? "")),
        letters: Array(row[3] as? String ?? ""), matters: row[4] as? [[Any]] ?? [])
    }
  }
}

extension LedgerTree {
  /// The page that runs wrote.
  func overviewPage() throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(settings.reports ?? "")/index.html"))
  }

  func overview() throws -> OverviewBooks { try OverviewBooks(page: overviewPage()) }

  /// The page made from everything in the store, in another directory.
  func overviewMadeAnew() throws -> Data {
    var own = settings
    own.reports = "\(directory)/anew"
    let written = try ReportRun(settings: own, dates: nil).run {}
    #expect(written == ["\(directory)/anew/index.html"])
    return try Data(contentsOf: URL(fileURLWithPath: written[0]))
  }
}
