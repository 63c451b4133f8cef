import Foundation
import Glibc
import TestSupport
import Testing

@testable import TokenAccess

@Suite("Keys over HTTP")
struct KeysOverHTTPTests {
  private let forge = TokenForge(now: 1_700_000_000)

  /// An issuer: Python's own server over a directory.
  private final class Issuer {
    let directory = NSTemporaryDirectory() + "tieout-issuer-" + UUID().uuidString
    private let process = Process()
    private(set) var port = 0

    init(port: Int = 0) throws {
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
      process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      process.arguments = [
        "python3", "-u", "-m", "http.server", "\(port)", "--bind", "127.0.0.1", "--directory",
        directory,
      ]
      let output = Pipe()
      process.standardOutput = output
      process.standardError = FileHandle.nullDevice
      try process.run()
      let said = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      let words = said.split(separator: " ")
      let position = try #require(words.firstIndex(of: "port"))
      self.port = try #require(Int(words[position + 1]))
    }

    deinit { end() }

    func end() {
      // A child has the signals blocked that its parent's thread has: only this one cannot be.
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      try? FileManager.default.removeItem(atPath: directory)
    }

    func write(_ text: String) throws {
      try Data(text.utf8).write(
        to: URL(fileURLWithPath: directory + "/jwks.json"), options: .atomic)
    }

    func ring(path: String = "/jwks.json") throws -> KeySetCache {
      var timing = KeySetCache.Timing()
      timing.unknownKeySeconds = 0
      let source = try KeySource("http://127.0.0.1:\(port)\(path)")
      return KeySetCache(source: source, timing: timing) { _ in }
    }
  }

  @Test("a key that the issuer has added is found by the token that names it")
  func rotation() async throws {
    let issuer = try Issuer()
    try issuer.write(try forge.keySet())
    let ring = try issuer.ring()
    await ring.refresh()
    #expect(await ring.key(KeyID(identifier: "rsa-1", algorithm: .rs256)) != nil)
    try issuer.write("{\"keys\":[\(try forge.rsaMember(kid: "rsa-2"))]}")
    #expect(await ring.key(KeyID(identifier: "rsa-2", algorithm: .rs256)) != nil)
    #expect(await ring.key(KeyID(identifier: "rsa-1", algorithm: .rs256)) == nil)
  }

  @Test("an issuer that is down, or answers with something else, takes no keys away")
  func down() async throws {
    let issuer = try Issuer()
    try issuer.write(try forge.keySet())
    let ring = try issuer.ring()
    await ring.refresh()
    let name = KeyID(identifier: "rsa-1", algorithm: .rs256)
    try issuer.write(String(repeating: " ", count: 2 << 20))
    await ring.refresh()
    #expect(await ring.key(name) != nil)
    issuer.end()
    await ring.refresh()
    #expect(await ring.key(name) != nil)
    #expect(await ring.key(KeyID(identifier: "other", algorithm: .rs256)) == nil)
  }

  @Test("a page that is not there is no key set")
  func missing() async throws {
    let issuer = try Issuer()
    let ring = try issuer.ring(path: "/nothing.json")
    await ring.refresh()
    #expect(!ring.hasKeys)
  }
}
