import Foundation
import Glibc

/// A call of the system that fails, and how.
struct FaultPoint: CustomStringConvertible {
  let call: String
  /// Below the stand; empty for its directory.
  let path: String
  /// Which of the calls on that path, from 1.
  let number: Int
  var error = "EIO"
  /// Whether the calls after it fail too.
  var isPersistent = false

  var description: String {
    "\(call) \(number)\(isPersistent ? "+" : "") of '\(path)': \(error)"
  }

  /// Whether the call promises that something is on disk.
  var isSync: Bool { ["fsync", "fdatasync", "syncfs"].contains(call) }
}

/// Runs commands under strace, to see their calls or to have one fail.
enum FaultInjection {
  private static let calls = [
    "write", "pwrite64", "fsync", "fdatasync", "ftruncate", "rename", "renameat", "renameat2",
    "syncfs", "mkdir", "rmdir", "link", "unlink", "openat",
  ]

  /// Whether processes can be traced here.
  static func isPossible() -> Bool {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["strace", "-f", "-o", "/dev/null", "true"]
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// What starts a command so that its calls are listed in a file.
  static func tracing(into log: String) -> [String] {
    ["/usr/bin/env", "strace", "-f", "-y", "-s", "0", "-o", log, "-e", "trace=" + joined]
  }

  private static var joined: String { calls.joined(separator: ",") }

  /// What starts a command so that a call fails.
  static func injecting(
    _ point: FaultPoint, in directory: String, log: String
  ) -> [String] {
    let path = point.path.isEmpty ? directory : "\(directory)/\(point.path)"
    let moment = "when=\(point.number)\(point.isPersistent ? "+" : "")"
    return [
      "/usr/bin/env", "strace", "-f", "-s", "0", "-o", log, "-P", path, "-e",
      "trace=\(point.call)", "-e", "inject=\(point.call):error=\(point.error):\(moment)",
    ]
  }

  /// What starts a command so that it is killed, as by `kill -9`, when it is about to make a call.
  static func killing(
    at call: String, on path: String, log: String
  ) -> [String] {
    [
      "/usr/bin/env", "strace", "-f", "-s", "0", "-o", log, "-P", path, "-e", "trace=\(call)", "-e",
      "inject=\(call):signal=SIGKILL:when=1",
    ]
  }

  /// Every call of a traced run on what lies in a directory, in the order of their first.
  static func points(in log: String, below directory: String) throws -> [FaultPoint] {
    var counts: [[String]: Int] = [:]
    var points: [FaultPoint] = []
    for line in try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n") {
      guard let (thread, call, path) = parse(line), path.hasPrefix(directory) else { continue }
      let name = String(path.dropFirst(directory.count).drop { $0 == "/" })
      let number = (counts[[thread, call, name]] ?? 0) + 1
      counts[[thread, call, name]] = number
      // strace counts the calls of each thread.
      if points.contains(where: { $0.call == call && $0.path == name && $0.number == number }) {
        continue
      }
      points.append(FaultPoint(call: call, path: name, number: number))
    }
    return points
  }

  /// `12 pwrite64(4</a/b>, ""..., 16, 0) = 16` or `12 mkdir("/a", 0755) = 0`.
  private static func parse(_ line: Substring) -> (thread: String, call: String, path: String)? {
    let thread = line.prefix { $0 != " " }
    let rest = line.dropFirst(thread.count).drop { $0 == " " }
    guard let parenthesis = rest.firstIndex(of: "(") else { return nil }
    let call = rest[..<parenthesis]
    let arguments = rest[rest.index(after: parenthesis)...]
    guard calls.contains(String(call)), let first = arguments.first else { return nil }
    let (opening, closing): (Character, Character) = first.isNumber ? ("<", ">") : ("\"", "\"")
    let path = arguments.drop { $0 != opening }.dropFirst().prefix { $0 != closing }
    return (String(thread), String(call), String(path))
  }
}
