import FileInput
import Foundation
import Testing

@Suite("A directory that stays open")
struct OpenDirectoryTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID())")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("below/deeper"), withIntermediateDirectories: true)
    for (name, text) in [("b", "1234"), ("a", ""), ("_c", "12"), ("ä", "1")] {
      try Data(text.utf8).write(to: folder.appendingPathComponent("below/\(name)"))
    }
  }

  @Test("lists names in the order of their bytes, with the sizes that are wanted")
  func files() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/below/dangling", withDestinationPath: "nowhere")
    let directory = try OpenDirectory(path: folder.path)
    let files = try directory.files(in: "below", withSizesOf: { $0 != "_c" && $0 != "deeper" })
    #expect(files?.map(\.name) == ["_c", "a", "b", "dangling", "deeper", "ä"])
    #expect(files?.map(\.byteCount) == [nil, 0, 4, nil, nil, 1])
    #expect(try directory.files(in: "nothing", withSizesOf: { _ in true }) == nil)
    #expect(try directory.files(in: "below/a", withSizesOf: { _ in true }) == nil)
    #expect(throws: FileError.self) { _ = try OpenDirectory(path: folder.path + "/below/a") }
  }

  @Test("reads a file, unless it is larger than allowed or no file")
  func bytes() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let directory = try OpenDirectory(path: folder.path)
    #expect(try directory.bytes(of: "below/b", bytesMax: 4) == Array("1234".utf8))
    #expect(try directory.bytes(of: "below/a", bytesMax: 0) == [])
    #expect(try directory.bytes(of: "below/b", bytesMax: 3) == nil)
    mkfifo(folder.path + "/pipe", 0o600)
    #expect(throws: FileError.self) { try directory.bytes(of: "pipe", bytesMax: 4) }
    #expect(throws: FileError.self) { try directory.bytes(of: "below", bytesMax: 1 << 20) }
  }
}
