import DemoLedger
import Foundation

/// A demo ledger in a temporary directory of its own, removed when the tree is.
final class DemoTree {
  let directory: String
  let summary: DemoSummary

  init(_ options: DemoOptions = DemoOptions()) throws {
    directory = NSTemporaryDirectory() + "tieout-demo-" + UUID().uuidString
    summary = try DemoLedger(options).write(to: directory)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// The paths of all files, relative to the directory, in order.
  func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: directory)
      .filter { path in
        var isDirectory: ObjCBool = false
        let exists = FileManager.default.fileExists(
          atPath: "\(directory)/\(path)", isDirectory: &isDirectory)
        return exists && !isDirectory.boolValue
      }
      .sorted()
  }

  func bytes(of path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: "\(directory)/\(path)"))
  }

  /// The rows of the expected findings, each by column.
  func planted() throws -> [[String: String]] {
    let rows = String(decoding: try bytes(of: "planted.csv"), as: UTF8.self)
      .split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    let columns = rows[0]
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(columns, $0)) }
  }
}

extension DemoOptions {
  /// A tree of two tenants and three dates that a debug build writes at once.
  static var small: DemoOptions {
    var options = DemoOptions()
    options.tenants = 2
    options.dates = 3
    options.entriesPerDate = 60
    return options
  }
}
