import ArgumentParser
import CloseJob
import SnapshotStore

/// Runs a command's work and turns its errors into a sentence and the documented exit code.
enum CommandFailure {
  /// - Throws: `ExitCode` 64 for usage, 75 if another run holds the lock, else 2.
  static func reporting(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let code as ExitCode {
      throw code
    } catch let error as UsageError {
      Output.complain(error.description)
      throw ExitCode(64)
    } catch let error as StoreError where error.code == .locked {
      Output.complain(error.description)
      throw ExitCode(75)
    } catch {
      Output.complain("\(error)")
      throw ExitCode(2)
    }
  }
}
