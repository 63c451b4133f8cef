import Foundation
import Glibc
import TestSupport
import Testing

@testable import TokenAccess

@Suite("Key sets over HTTP")
struct KeysOverHTTPTests {
  private let forge = TokenForge(now: 1_700_000_000)

  /// An issuer: Python's HTTP server on a directory.
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
      let greeting = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
      let words = greeting.split(separator: " ")
      let position = try #require(words.firstIndex(of: "port"))
      self.port = try #require(Int(words[position + 1]))
    }

    deinit { end() }

    func end() {
      // A child inherits blocked signals; SIGKILL cannot be blocked.
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      try? FileManager.default.removeItem(atPath: directory)
    }

    func write(_ text: String) throws {
      try Data(text.utf8).write(
        to: URL(fileURLWithPath: directory + "/jwks.json"), options: .atomic)
    }

    func cache(path: String = "/jwks.json") throws -> KeySetCache {
      var timing = KeySetCache.Timing()
      timing.unknownKeySeconds = 0
      let source = try KeySource("http://127.0.0.1:\(port)\(path)")
      return KeySetCache(source: source, timing: timing) { _ in }
    }
  }

  @Test("a key that the issuer adds is found when a token names it")
  func addedKeyIsFound() async throws {
    let issuer = try Issuer()
    try issuer.write(try forge.keySet())
    let cache = try issuer.cache()
    await cache.refresh()
    #expect(await cache.key(KeyID(identifier: "rsa-1", algorithm: .rs256)) != nil)
    try issuer.write("{\"keys\":[\(try forge.rsaMember(kid: "rsa-2"))]}")
    #expect(await cache.key(KeyID(identifier: "rsa-2", algorithm: .rs256)) != nil)
    #expect(await cache.key(KeyID(identifier: "rsa-1", algorithm: .rs256)) == nil)
  }

  @Test("an issuer that is down or responds with something else removes no keys")
  func failedFetchKeepsTheKeys() async throws {
    let issuer = try Issuer()
    try issuer.write(try forge.keySet())
    let cache = try issuer.cache()
    await cache.refresh()
    let key = KeyID(identifier: "rsa-1", algorithm: .rs256)
    try issuer.write(String(repeating: " ", count: 2 << 20))
    await cache.refresh()
    #expect(await cache.key(key) != nil)
    issuer.end()
    await cache.refresh()
    #expect(await cache.key(key) != nil)
    #expect(await cache.key(KeyID(identifier: "other", algorithm: .rs256)) == nil)
  }

  @Test("a 404 response is not a key set")
  func missingPageIsNotAKeySet() async throws {
    let issuer = try Issuer()
    let cache = try issuer.cache(path: "/nothing.json")
    await cache.refresh()
    #expect(!cache.hasKeys)
  }
}
