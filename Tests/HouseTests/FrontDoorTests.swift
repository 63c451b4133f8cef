import Foundation
import Testing

@Suite("What a newcomer reads first")
struct FrontDoorTests {
  @Test(
    "is there, and says something", arguments: ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"])
  func pages(name: String) throws {
    let path = try SourceTree().root.appendingPathComponent(name).path
    #expect(FileManager.default.fileExists(atPath: path), "\(name) is missing")
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    #expect(text.hasPrefix("# "), "\(name) begins with its title")
  }
}
