import Foundation

/// A pack taken apart by `unzip`, which shares no code with the product.
struct PackedMonth {
  static let isPossible = FileManager.default.isExecutableFile(atPath: "/usr/bin/unzip")

  struct Failed: Error {
    let status: Int32
  }

  private let place: TestDirectory
  private let directory: String

  init(_ path: String, in place: TestDirectory) throws {
    self.place = place
    directory = "unpacked-\(UUID().uuidString)"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/unzip")
    process.arguments = ["-q", "-d", place.path(directory), place.path(path)]
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
  }

  /// The paths of all files, in order.
  func names() throws -> [String] { try place.files(directory) }

  func text(_ name: String) throws -> String { try place.text("\(directory)/\(name)") }

  func bytes(_ name: String) throws -> [UInt8] { try place.bytes("\(directory)/\(name)") }

  func table(_ name: String) throws -> CSVTable { CSVTable(try text(name)) }
}

extension TestDirectory {
  /// `tieout pack` of January 2026.
  func pack(_ more: String..., month: String = "2026-01") throws -> CommandOutcome {
    try TieoutProcess(
      ["pack", "--store", "books.sqlite", "--reports", "reports", "--month", month] + more,
      in: self
    ).wait()
  }
}
