import Foundation

/// The report sets below a directory, as whoever opens them sees them.
struct WholeReports {
  /// The root of the sets, as a name in the place.
  let root: String
  let place: TestDirectory

  private static let names: Set = [
    "SHA256SUMS", "bank-items.csv", "changes.csv", "findings.csv", "reconciliation.html",
    "reconciliation.json",
    "restatements.csv",
    "rollforward.csv",
    "trial-balance.csv",
  ]

  /// The sets that are visible: `<tenant>/<date>`.
  func sets() throws -> [String] {
    guard place.exists(root) else { return [] }
    return try visible("").filter { $0 != "index.html" }.flatMap { tenant in
      try visible(tenant).map { "\(tenant)/\($0)" }
    }
  }

  private func visible(_ name: String) throws -> [String] {
    try place.names("\(root)/\(name)").filter { !$0.hasPrefix(".") }
  }

  /// What was left beside the sets.
  func drafts() throws -> [String] {
    guard place.exists(root) else { return [] }
    return try place.reportedTenants(root).flatMap { tenant in
      try place.names("\(root)/\(tenant)").filter { $0.hasPrefix(".") }.map { "\(tenant)/\($0)" }
    }
  }

  /// Of which close each set is.
  func closes() throws -> [String: String] {
    var closes: [String: String] = [:]
    for set in try sets() {
      let sums = (try? place.text("\(root)/\(set)/SHA256SUMS")) ?? ""
      closes[set] = String(sums.prefix { $0 != "\n" })
    }
    return closes
  }

  /// What is not whole: a file that lacks or is one too many, or another than its sum says.
  func faults() throws -> [String] {
    var found: [String] = []
    var sums = ""
    for set in try sets() {
      let names = try Set(place.names("\(root)/\(set)"))
      if names != Self.names { found.append("\(set) holds \(names.sorted())") }
      let lines = (try? place.text("\(root)/\(set)/SHA256SUMS"))?.split(separator: "\n") ?? []
      if lines.count != Self.names.count { found.append("\(set) has \(lines.count) lines of sums") }
      for line in lines.dropFirst() {
        sums += line.replacing("  ", with: "  \(set)/", maxReplacements: 1) + "\n"
      }
    }
    if sums.isEmpty { return found }
    try place.write(".sums", sums)
    return try found + sha256sum(place.path(".sums"))
  }

  private func sha256sum(_ sums: String) throws -> [String] {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["sha256sum", "--check", "--strict", "--quiet", sums]
    process.currentDirectoryURL = URL(fileURLWithPath: place.path(root))
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? [] : [String(decoding: output, as: UTF8.self)]
  }

  /// The bytes of every file, times and what covers them apart.
  func contents() throws -> [String: String] {
    var contents: [String: String] = [:]
    for set in try sets() {
      for name in try place.names("\(root)/\(set)") {
        let text = try place.text("\(root)/\(set)/\(name)")
        contents["\(set)/\(name)"] =
          if name == "SHA256SUMS" {
            Self.withoutTimedFiles(text)
          } else if Self.timed.contains(where: name.hasPrefix) {
            TimelessText.of(text)
          } else {
            text
          }
      }
    }
    return contents
  }

  /// How the names of files with moments begin: settlements have theirs.
  private static let timed = ["reconciliation.", "bank-items."]

  /// The sums without those of the files that have moments.
  private static func withoutTimedFiles(_ sums: String) -> String {
    sums.split(separator: "\n").filter { line in
      let name = line.split(separator: " ").last ?? ""
      return !timed.contains(where: name.hasPrefix)
    }.joined(separator: "\n")
  }
}
