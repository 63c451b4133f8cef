import Foundation
import Testing

/// Runs the commands of `docs/tutorial.md` and compares what they print with what the page says.
///
/// A command is an indented line that begins with `$ `; what it prints follows, up to the next command or the end of
/// the block. Only the seconds may differ.
@Suite("The tutorial is true")
struct TutorialTests {
  private struct Step {
    let command: String
    var output: [String] = []
  }

  private func steps() throws -> [Step] {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("docs/tutorial.md").path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var steps: [Step] = []
    var isInBlock = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("    $ ") {
        steps.append(Step(command: String(line.dropFirst(6))))
        isInBlock = true
      } else if isInBlock && (line.hasPrefix("    ") || line.isEmpty) {
        steps[steps.count - 1].output.append(String(line.dropFirst(4)))
      } else {
        isInBlock = false
      }
    }
    return steps
  }

  /// Without what may differ: seconds, and empty lines at the end.
  private func comparable(_ lines: [String]) -> [String] {
    var lines = lines.map { $0.replacing(/in \d+\.\d s/, with: "in … s") }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  @Test("each command prints what the page says")
  func commandsPrintWhatThePageSays() throws {
    let place = try TestDirectory()
    try place.remove("chart.csv")
    let steps = try steps()
    #expect(steps.count > 20)
    let script = steps.enumerated().map { index, step in
      "\(step.command)\nprintf '\\n@@ %s\\n' \(index)\n"
    }
    try place.write("session.sh", script.joined())
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "sh session.sh >output.txt 2>errors.txt"]
    process.currentDirectoryURL = URL(fileURLWithPath: place.directory)
    process.environment = [
      "PATH": "\(TieoutProcess.binary.deletingLastPathComponent().path):/usr/bin:/bin",
      "LANG": "C.UTF-8",
    ]
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    // CSV ends its lines with CR LF, which a terminal does not show.
    let output = try place.text("output.txt").replacing("\r\n", with: "\n")
    var rest = output.components(separatedBy: "\n")[...]
    for (index, step) in steps.enumerated() {
      let printed = Array(rest.prefix { $0 != "@@ \(index)" })
      rest = rest.dropFirst(printed.count + 1)
      #expect(comparable(printed) == comparable(step.output), "\(step.command)")
    }
  }
}
