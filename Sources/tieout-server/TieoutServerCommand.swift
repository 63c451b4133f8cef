import ArgumentParser
import BalanceAPI
import TokenAccess
import BuildInfo
@main struct TieoutServerCommand: ParsableCommand { func run() { print(BuildInfo.gitSHA) } }
