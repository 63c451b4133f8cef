import Foundation

/// A temporary directory to run the command in, removed afterwards.
///
///     let place = try TestDirectory()
///     try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05", "500")])
///     let outcome = try place.close(through: "2026-01-05")
final class TestDirectory {
  static let tenant = "0f000000-0000-4000-8000-00000000000a"
  static let otherTenant = "0f000000-0000-4000-8000-00000000000b"

  let directory: String

  init() throws {
    directory = NSTemporaryDirectory() + "tieout-command-" + UUID().uuidString
    try write(
      "chart.csv",
      """
      account_code,account_name,normal_side
      1000,Cash,DR
      2000,Borrower liabilities,CR
      3000,Paid-in capital,CR

      """)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: directory)
  }

  func path(_ name: String) -> String { "\(directory)/\(name)" }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  func write(_ name: String, _ text: String) throws {
    try write(name, Array(text.utf8))
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let url = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name))))
  }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(name)) }

  /// The names in a directory, in order.
  func names(_ name: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(name)).sorted()
  }

  /// The tenants with reports below a directory, in order.
  func reportedTenants(_ root: String = "reports") throws -> [String] {
    try names(root).filter { $0 != "index.html" }
  }

  /// The paths of all files below a directory, in order.
  func files(_ name: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path(name)).sorted().filter { file in
      var isDirectory: ObjCBool = false
      let isThere = FileManager.default.fileExists(
        atPath: path("\(name)/\(file)"), isDirectory: &isDirectory)
      return isThere && !isDirectory.boolValue
    }
  }

  func store(_ name: String = "books.sqlite") -> StoreReader {
    StoreReader(path: path(name), place: self)
  }
}

extension TestDirectory {
  /// Runs the command to its end.
  func tieout(
    _ arguments: String..., environment: [String: String] = [:], output: String? = nil
  ) throws -> CommandOutcome {
    try TieoutProcess(arguments, in: self, environment: environment, output: output).wait()
  }

  /// `tieout close --verbose` of what `export` wrote.
  func close(through date: String, _ more: String...) throws -> CommandOutcome {
    let arguments = [
      "close", "--exports", "exports", "--chart", "chart.csv", "--store", "books.sqlite", "--date",
      date, "--verbose",
    ]
    return try TieoutProcess(arguments + more, in: self).wait()
  }

  /// Where a tenant's date is exported.
  static func dateDirectory(_ date: String, tenant: String = TestDirectory.tenant) -> String {
    "exports/tenant_id=\(tenant)/date=\(date)"
  }

  /// Writes a part of a date.
  func export(
    _ date: String, _ records: [String], part: String = "part-00000.ndjson",
    tenant: String = TestDirectory.tenant
  ) throws {
    let text = records.map { $0 + "\n" }.joined()
    let isCompressed = part.hasSuffix(".gz")
    let bytes = isCompressed ? try Gzip.member(Array(text.utf8)) : Array(text.utf8)
    try write("\(Self.dateDirectory(date, tenant: tenant))/\(part)", bytes)
  }

  /// A record: an amount from account 3000 to account 1000, or from and to others.
  static func entry(
    _ number: Int, on date: String, effective: String? = nil, _ amount: String = "500",
    debit: String = "1000", credit: String = "3000"
  ) -> String {
    let digits = String(number)
    let padding = String(repeating: "0", count: 12 - digits.count)
    func line(_ sequence: Int, _ account: String, _ direction: String) -> String {
      """
      {"sequence":\(sequence),"account_code":"\(account)","direction":"\(direction)",\
      "amount_minor":"\(amount)","currency":"USD","layer":"SETTLED"}
      """
    }
    return """
      {"journal_entry_id":"00000000-0000-4000-8000-\(padding)\(digits)",\
      "event_type":"manual_adjustment","effective_at":"\(effective ?? date)",\
      "posted_at":"\(date)T12:00:00Z",\
      "lines":[\(line(1, debit, "DR")),\(line(2, credit, "CR"))]}
      """
  }
}
