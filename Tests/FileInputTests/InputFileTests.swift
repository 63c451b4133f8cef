import FileInput
import Foundation
import SystemPackage
import Testing

@Suite("Reading files")
struct InputFileTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func write(_ text: String, to name: String) throws -> String {
    let url = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: url)
    return url.path
  }

  @Test("chunks come in order and end with an empty one")
  func chunksComeInOrder() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    var file = try InputFile(path: write("abcdefg", to: "file"))
    let size = file.size
    #expect(size == 7)
    var chunks: [String] = []
    while case let chunk = try file.read(bytesMax: 3), !chunk.isEmpty {
      chunks.append(String(decoding: chunk, as: UTF8.self))
    }
    #expect(chunks == ["abc", "def", "g"])
    let bytesRead = file.bytesRead
    #expect(bytesRead == 7)
  }

  @Test("a missing file, a directory and a named pipe are refused without waiting")
  func onlyRegularFilesAreOpened() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let pipe = folder.appendingPathComponent("pipe").path
    #expect(mkfifo(pipe, 0o600) == 0)
    func error(at path: String) -> FileError? {
      do throws(FileError) {
        _ = try InputFile(path: path)
        return nil
      } catch {
        return error
      }
    }
    #expect(error(at: folder.path + "/none")?.kind == .open)
    #expect(error(at: folder.path + "/none")?.reason == "No such file or directory")
    #expect(error(at: folder.path)?.kind == .notARegularFile)
    #expect(error(at: pipe)?.kind == .notARegularFile)
  }

  @Test("a prefix is at most as long as the file, and empty if there is none")
  func prefixIsBounded() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = try write("SQLite", to: "file")
    #expect(InputFile.prefix(3, of: path) == Array("SQL".utf8))
    #expect(InputFile.prefix(20, of: path) == Array("SQLite".utf8))
    #expect(InputFile.prefix(20, of: path + ".none").isEmpty)
  }

  @Test(
    "the directory of a path",
    arguments: [("a/b", "a"), ("/a/b", "/a"), ("/a", "/"), ("a", "."), ("/", "/")])
  func directoryOfAPath(path: String, directory: String) {
    #expect(FilePath(path).directory.string == directory)
  }

  @Test("names in a directory are sorted by their bytes")
  func entryNamesAreSorted() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["b", "a", "Z", ".hidden"] { _ = try write("", to: name) }
    #expect(try FilePath(folder.path).entryNames() == [".hidden", "Z", "a", "b"])
    #expect(FilePath(folder.path).isDirectory)
    #expect(!FilePath(folder.path + "/a").isDirectory)
    #expect(FilePath(folder.path + "/x/y/z").nearestExisting.string == folder.path)
  }
}
