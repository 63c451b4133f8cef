import Foundation
import PackagePlugin

/// Writes the files of a target's `Templates` folder into a Swift file, as an enumeration `Templates` of
/// strings: `page.css` becomes `Templates.page_css`.
///
/// SwiftPM's `.embedInCode` writes arrays of bytes instead, which take the compiler most of a minute.
@main
struct EmbedTemplates: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let script = ####"""
      new=$(
        echo 'enum Templates {'
        for file in "$1"/*; do
          printf '  static let %s = ###"""\n' "$(basename "$file" | tr -c 'A-Za-z0-9\n' _)"
          cat "$file"
          printf '\n"""###\n'
        done
        echo '}'
      )
      [ "$(cat "$2" 2>/dev/null)" = "$new" ] || printf '%s\n' "$new" > "$2"
      """####
    let output = context.pluginWorkDirectoryURL.appending(
      path: "Templates", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    let templates = target.directoryURL.appending(path: "Templates", directoryHint: .isDirectory)
    return [
      .prebuildCommand(
        displayName: "Embedding the templates of \(target.name)",
        executable: URL(filePath: "/bin/sh"),
        arguments: [
          "-c", script, "embed", templates.path(percentEncoded: false),
          output.appending(path: "Templates.swift").path(percentEncoded: false),
        ],
        outputFilesDirectory: output)
    ]
  }
}
