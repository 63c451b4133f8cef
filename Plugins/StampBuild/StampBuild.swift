import Foundation
import PackagePlugin

/// Writes down which commit a build is of, before each build, for `--version` and the API's health.
///
/// Outside a checkout the variable `TIEOUT_GIT_SHA` of the build's environment says it.
@main
struct StampBuild: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let script = """
      sha=$(git -C "$1" rev-parse HEAD 2>/dev/null || echo "${TIEOUT_GIT_SHA:-unknown}")
      new="enum BuildStamp { static let gitSHA = \\"$sha\\" }"
      [ "$(cat "$2" 2>/dev/null)" = "$new" ] || printf '%s\\n' "$new" > "$2"
      """
    let output = context.pluginWorkDirectoryURL.appending(
      path: "Stamp", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    return [
      .prebuildCommand(
        displayName: "Stamping the build with its commit",
        executable: URL(filePath: "/bin/sh"),
        arguments: [
          "-c", script, "stamp", context.package.directoryURL.path(percentEncoded: false),
          output.appending(path: "BuildStamp.swift").path(percentEncoded: false),
        ],
        outputFilesDirectory: output)
    ]
  }
}
