import Foundation
import Glibc

/// What a run of the command said and how it ended.
struct CommandOutcome {
  let exitCode: Int32
  let output: String
  let errors: String
}

/// The built command, run as a process of its own, as cron and people run it.
struct TieoutProcess {
  /// The command ran longer than a test may.
  struct TimedOut: Error {
    let arguments: [String]
  }

  private static let secondsMax = 120
  private let process = Process()
  /// Kept, since the directory goes with it.
  private let place: TestDirectory
  private let outputPath: String
  private let errorsPath: String

  /// The binary that `TIEOUT_BINARY` names, or the one beside the test bundle, whichever
  /// configuration and scratch path it was built with.
  static var binary: URL {
    if let path = ProcessInfo.processInfo.environment["TIEOUT_BINARY"] {
      return URL(fileURLWithPath: path)
    }
    let bundle = Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0])
    return bundle.deletingLastPathComponent().appendingPathComponent("tieout")
  }

  /// Starts the command.
  ///
  /// - Parameters:
  ///   - directory: where in the place it starts.
  ///   - environment: variables beside those of the tests, whose own `TIEOUT_` are left out.
  ///   - output: where standard output goes; a file of its own if `nil`.
  ///   - launcher: a program that starts the command, with the arguments before the command's name.
  init(
    _ arguments: [String], in place: TestDirectory, directory: String = ".",
    environment: [String: String] = [:], output: String? = nil, launcher: [String] = []
  ) throws {
    self.place = place
    let name = UUID().uuidString
    outputPath = output ?? place.path(".output-\(name)")
    errorsPath = place.path(".errors-\(name)")
    let words = launcher + [Self.binary.path] + arguments
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = URL(fileURLWithPath: place.path(directory))
    process.environment = ProcessInfo.processInfo.environment
      .filter { !$0.key.hasPrefix("TIEOUT_") }
      .merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try Self.handle(outputPath)
    process.standardError = try Self.handle(errorsPath)
    try process.run()
  }

  private static func handle(_ path: String) throws -> FileHandle {
    let url = URL(fileURLWithPath: path)
    if !path.hasPrefix("/dev/") { try Data().write(to: url) }
    return try FileHandle(forWritingTo: url)
  }

  var isRunning: Bool { process.isRunning }

  /// What the command has said on standard error so far.
  var errorsSoFar: String { Self.text(errorsPath) }

  /// Sends the command a signal, if it has not ended.
  func send(_ signal: Int32) {
    if process.isRunning { Glibc.kill(process.processIdentifier, signal) }
  }

  /// Ends the command as `kill -9` does, if it has not ended.
  func kill() {
    if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
  }

  /// Waits until the command has ended.
  func wait() throws -> CommandOutcome {
    let deadline = ContinuousClock.now + .seconds(Self.secondsMax)
    while process.isRunning {
      guard ContinuousClock.now < deadline else {
        kill()
        throw TimedOut(arguments: process.arguments ?? [])
      }
      usleep(2_000)
    }
    let status = process.terminationStatus
    return CommandOutcome(
      exitCode: process.terminationReason == .exit ? status : 128 + status,
      output: Self.text(outputPath), errors: Self.text(errorsPath))
  }

  private static func text(_ path: String) -> String {
    guard !path.hasPrefix("/dev/") else { return "" }
    return (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
  }
}
