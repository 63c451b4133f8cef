import Foundation
import Glibc
import TestSupport

/// The built server, run as a process on a test directory's store.
final class ServerProcess {
  struct NotListening: Error {
    let log: String
  }

  let forge = TokenForge(now: Int(Date().timeIntervalSince1970))
  private let process = Process()
  private let place: TestDirectory
  private let logName = ".server-\(UUID().uuidString)"
  private(set) var ports: [String: Int] = [:]

  /// Starts the server, and waits until it listens.
  ///
  /// - Parameters:
  ///   - listeners: the number of listeners with these options.
  ///   - logPipe: takes the log instead of a file; only its first lines are read.
  ///   - launcher: a program that starts the server, with the arguments before the server's name.
  init(
    _ place: TestDirectory, _ options: String..., listeners: Int = 1, logPipe: Pipe? = nil,
    launcher: [String] = []
  ) throws {
    self.place = place
    try place.write("keys.json", forge.keySet())
    try place.write(logName, "")
    let binary = TieoutProcess.binary.deletingLastPathComponent()
      .appendingPathComponent("tieout-server")
    let words =
      launcher + [
        binary.path, "serve", "--store", "books.sqlite", "--jwks", "keys.json", "--issuer",
        forge.issuer, "--audience", forge.audience, "--port", "0",
      ] + options
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = URL(fileURLWithPath: place.directory)
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: place.path(logName)))
    process.standardOutput = logPipe ?? file as Any
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let deadline = ContinuousClock.now + .seconds(30)
    while ports.count < listeners {
      guard process.isRunning, ContinuousClock.now < deadline else {
        throw NotListening(log: try log())
      }
      usleep(20_000)
      if let logPipe { file.write(logPipe.fileHandleForReading.availableData) }
      for line in try lines() where line["message"] as? String == "listening" {
        ports[line["listener"] as? String ?? ""] = line["port"] as? Int
      }
    }
  }

  deinit {
    if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
  }

  func log() throws -> String { try place.text(logName) }

  /// The log's lines, decoded.
  func lines() throws -> [[String: Any]] {
    try log().split(separator: "\n").compactMap {
      try? JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]
    }
  }

  func signal(_ signal: Int32) { Glibc.kill(process.processIdentifier, signal) }

  /// Waits for the server to exit, and returns its exit code.
  func exitCode() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  func base(_ listener: String = "api") -> String {
    let scheme = listener == "partner" ? "https" : "http"
    return "\(scheme)://127.0.0.1:\(ports[listener] ?? 0)/v1"
  }

  /// Sends a request with curl.
  ///
  /// - Parameter token: the bearer token; `nil` for none.
  func ask(_ path: String, token: String?, _ options: String...) throws -> CurlReply {
    let credentials = token.map { ["-H", "Authorization: Bearer \($0)"] } ?? []
    return try CurlReply(credentials + options + [base() + path])
  }
}

/// A response received by curl.
struct CurlReply {
  let exitCode: Int32
  let status: Int
  /// The header fields, with lower-case names.
  let fields: [String: String]
  let body: String

  init(_ arguments: [String], in directory: String = "/") throws {
    let curl = Process()
    curl.executableURL = URL(fileURLWithPath: "/usr/bin/curl")
    curl.arguments = ["-s", "-i", "--max-time", "30", "--path-as-is"] + arguments
    curl.currentDirectoryURL = URL(fileURLWithPath: directory)
    let pipe = Pipe()
    curl.standardOutput = pipe
    curl.standardInput = FileHandle.nullDevice
    try curl.run()
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    curl.waitUntilExit()
    exitCode = curl.terminationStatus
    let parts = text.replacing("\r\n", with: "\n").split(
      separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
    let head = (parts.first ?? "").split(separator: "\n")
    status = head.first.flatMap { Int($0.split(separator: " ").dropFirst().first ?? "") } ?? 0
    var fields: [String: String] = [:]
    for line in head.dropFirst() {
      let name = line.prefix { $0 != ":" }
      fields[name.lowercased()] = line.dropFirst(name.count + 2).description
    }
    self.fields = fields
    body = parts.count > 1 ? String(parts[1]) : ""
  }

  /// A member of the JSON body.
  func member(_ name: String) -> String? {
    let object = try? JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
    return object?[name].map { "\($0)" }
  }

  /// The parts of the response that are the same for each request: without time and trace.
  var lasting: String {
    let kept = fields.filter { $0.key != "date" && $0.key != "trace-id" }
      .sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
    let traceless = body.replacing(/"(trace_id|instance)":"[^"]*"/, with: "")
    return "\(status)\n\(kept.joined(separator: "\n"))\n\n\(traceless)"
  }
}
