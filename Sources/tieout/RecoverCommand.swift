import ArgumentParser
import CloseJob
import LedgerDomain
import Reports
import SnapshotStore

/// `tieout recover`.
struct RecoverCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recover",
    abstract: "Rolls back what a killed run left in the store.",
    discussion: """
      A server that may not write to the store cannot read it before that. Takes seconds at most, and \
      changes no committed close; the next close continues from there. Exits 0 if the store can be read, \
      also if there was nothing to roll back; 75 while another run holds the lock.
      """)

  @OptionGroup var options: JobOptions<StoreScope>
  @OptionGroup var lock: LockOptions
  @OptionGroup var format: InspectionOptions

  /// The result as JSON.
  private struct Document: Encodable {
    let store: String
    let rolled_back: Bool
    let journal_bytes: Int?
    let last_close_id: Int64?
  }

  func run() throws {
    try CommandFailure.reporting {
      let path = try options.store(try options.settings(tenants: [], date: nil))
      let recovery = try BookStore.recover(at: path, waiting: lock.waiting)
      try Output.write(format.isJSON ? Self.json(path, recovery) : Self.text(path, recovery))
    }
  }

  private static func text(_ path: String, _ recovery: StoreRecovery) -> String {
    let action =
      recovery.journalBytes.map {
        "rolled back the transaction of a killed run (\($0.counted("byte")) of journal)"
      } ?? "nothing to roll back"
    let books = recovery.lastClose.map { "the last close is \($0)" } ?? "nothing is closed yet"
    return "\(path): \(action); \(books)\n"
  }

  private static func json(_ path: String, _ recovery: StoreRecovery) throws -> String {
    try JSONDocument.text(
      Document(
        store: path, rolled_back: recovery.journalBytes != nil,
        journal_bytes: recovery.journalBytes, last_close_id: recovery.lastClose?.number))
  }
}
