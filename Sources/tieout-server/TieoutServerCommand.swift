import ArgumentParser
import BuildInfo

/// `tieout-server`: serves balances over HTTP.
@main
struct TieoutServerCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tieout-server",
    abstract: "Serves end-of-day balances and the reconciliation status over HTTP.",
    discussion: "Exit codes: 0 stopped by SIGTERM or SIGINT; 2 failure; 64 usage error.",
    version: "\(BuildInfo.version) (\(BuildInfo.gitSHA))",
    subcommands: [ServeCommand.self, DevelopmentTokenCommand.self])
}
