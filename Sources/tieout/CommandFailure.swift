import ArgumentParser
import CloseJob
import Operations

/// Runs a command, prints its error and exits with the documented code.
enum CommandFailure {
  /// - Throws: `ExitCode` 64 for usage, 75 if another run holds the lock, otherwise 2.
  static func reporting(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let code as ExitCode {
      throw code
    } catch {
      Output.complain("\(error)")
      throw ExitCode(RunOutcome.exitCode(of: error))
    }
  }
}
