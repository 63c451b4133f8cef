import ArgumentParser
import CloseJob
import Operations

/// Runs a command's work and turns its errors into a sentence and the documented exit code.
enum CommandFailure {
  /// - Throws: `ExitCode` 64 for usage, 75 if another run holds the lock, else 2.
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
