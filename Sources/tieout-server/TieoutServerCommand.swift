import ArgumentParser
import BuildInfo

/// `tieout-server`: answers balances over HTTP.
@main
struct TieoutServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tieout-server",
    abstract: "Serves end-of-day balances and the reconciliation status from the books.",
    discussion: "Exit codes: 0 ended by SIGTERM or SIGINT; 2 failure; 64 usage.",
    version: "\(BuildInfo.version) (\(BuildInfo.gitSHA))",
    subcommands: [ServeCommand.self, DevelopmentTokenCommand.self])
}
