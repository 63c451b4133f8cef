import Foundation
import Glibc

/// A headless Chromium, driven by the DevTools protocol over a pair of named pipes.
final class Browser {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The browser's program; `nil` if none is installed.
  static let program: String? = ["chromium", "chromium-browser", "google-chrome"].lazy
    .compactMap { name in
      ["/usr/bin", "/usr/local/bin", "/opt/google/chrome"].map { "\($0)/\(name)" }.first {
        access($0, X_OK) == 0
      }
    }.first

  /// What the page did since it was opened, by the protocol's names.
  private(set) var events: [(method: String, parameters: [String: Any])] = []

  private let folder = NSTemporaryDirectory() + "tieout-browser-" + UUID().uuidString
  private let process = Process()
  private let input: Int32
  private let output: Int32
  private var received: [UInt8] = []
  private var lastID = 0
  private var session: String?

  init() throws {
    guard let program = Self.program else { throw Failure(description: "there is no browser") }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard mkfifo("\(folder)/in", 0o600) == 0, mkfifo("\(folder)/out", 0o600) == 0 else {
      throw Failure(description: "no pipes in \(folder)")
    }
    // Opened for reading and writing, so that neither side waits for the other.
    input = Glibc.open("\(folder)/in", O_RDWR)
    output = Glibc.open("\(folder)/out", O_RDWR)
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", "exec \"$0\" \"$@\" 3<\"$FOLDER/in\" 4>\"$FOLDER/out\"", program, "--headless=new",
      "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
      "--remote-debugging-pipe", "--user-data-dir=\(folder)/profile",
    ]
    process.environment = ProcessInfo.processInfo.environment.merging(["FOLDER": folder]) { $1 }
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
  }

  deinit {
    session = nil
    _ = try? call("Browser.close")
    process.waitUntilExit()
    close(input)
    close(output)
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Opens a file in a new page and waits until it is loaded.
  func open(_ path: String, width: Int = 1280, scheme: String = "light") throws {
    session = nil
    let target = try call("Target.createTarget", ["url": "about:blank"])["targetId"] ?? ""
    let attached = try call("Target.attachToTarget", ["targetId": target, "flatten": true])
    session = attached["sessionId"] as? String
    for domain in ["Page", "Runtime", "Log", "Network"] { _ = try call("\(domain).enable") }
    _ = try call(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 600])
    _ = try call(
      "Emulation.setEmulatedMedia",
      ["features": [["name": "prefers-color-scheme", "value": scheme]]])
    events = []
    _ = try call("Page.navigate", ["url": "file://\(path)"])
    while !events.contains(where: { $0.method == "Page.loadEventFired" }) { try receive() }
  }

  /// The value of an expression in the page.
  func evaluate(_ expression: String) throws -> Any {
    let answer = try call(
      "Runtime.evaluate",
      ["expression": expression, "returnByValue": true, "awaitPromise": true])
    if let exception = answer["exceptionDetails"] { throw Failure(description: "\(exception)") }
    return (answer["result"] as? [String: Any])?["value"] ?? ""
  }

  func text(_ expression: String) throws -> String { try evaluate(expression) as? String ?? "" }
  func number(_ expression: String) throws -> Double { try evaluate(expression) as? Double ?? -1 }

  /// The page on paper.
  func pdf() throws -> Data {
    let answer = try call("Page.printToPDF", ["printBackground": true, "preferCSSPageSize": true])
    return Data(base64Encoded: answer["data"] as? String ?? "") ?? Data()
  }

  /// Sends a command and waits for its answer.
  @discardableResult
  func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    lastID += 1
    let id = lastID
    var message: [String: Any] = ["id": id, "method": method, "params": parameters]
    message["sessionId"] = session
    let bytes = try [UInt8](JSONSerialization.data(withJSONObject: message)) + [0]
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes { write(input, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Failure(description: "the browser takes no commands") }
      sent += count
    }
    while true {
      guard let answer = try receive(), answer["id"] as? Int == id else { continue }
      if let error = answer["error"] { throw Failure(description: "\(method): \(error)") }
      return answer["result"] as? [String: Any] ?? [:]
    }
  }

  /// Takes the next message: an event is kept, an answer returned.
  @discardableResult
  private func receive() throws -> [String: Any]? {
    var searched = 0
    while true {
      if let end = received[searched...].firstIndex(of: 0) {
        let message = Data(received[..<end])
        received.removeFirst(end + 1)
        let object = try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
        guard let method = object["method"] as? String else { return object }
        events.append((method, object["params"] as? [String: Any] ?? [:]))
        return nil
      }
      searched = received.count
      var ready = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, 60_000) > 0 else {
        throw Failure(description: "the browser has not responded for a minute")
      }
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(output, &chunk, chunk.count)
      guard count > 0 else { throw Failure(description: "the browser has gone") }
      received += chunk.prefix(count)
    }
  }
}
