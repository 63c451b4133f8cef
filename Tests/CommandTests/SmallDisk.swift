import Foundation
import Testing

/// A file system of its own in memory, of a size that is given, gone with the value.
final class SmallDisk {
  /// What the file system is out of.
  enum Limit: Hashable {
    /// All but that much room.
    case size(String)
    /// More files than there are.
    case namesInUse
  }

  let place: TestDirectory
  private static let name = "disk"

  /// - Parameter size: as mount takes it, `5m`; further options may follow.
  init(_ place: TestDirectory, size: String) throws {
    self.place = place
    try place.makeDirectory(Self.name)
    #expect(Self.run(["mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", path]) == 0)
  }

  deinit { _ = Self.run(["umount", path]) }

  var path: String { place.path(Self.name) }

  func resize(_ size: String) { remount("size=\(size)") }

  func limit(_ limit: Limit) {
    switch limit {
    case .size(let size): resize(size)
    case .namesInUse:
      var state = statvfs()
      #expect(statvfs(path, &state) == 0)
      remount("nr_inodes=\(state.f_files - state.f_ffree)")
    }
  }

  func remount(_ options: String) {
    #expect(Self.run(["mount", "-o", "remount,\(options)", path]) == 0)
  }

  /// Whether file systems can be mounted here.
  static func isPossible() -> Bool {
    guard let place = try? TestDirectory(), (try? place.makeDirectory(name)) != nil else {
      return false
    }
    let path = place.path(name)
    guard run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path]) == 0 else { return false }
    return run(["umount", path]) == 0
  }

  private static func run(_ words: [String]) -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return -1 }
    process.waitUntilExit()
    return process.terminationStatus
  }
}
