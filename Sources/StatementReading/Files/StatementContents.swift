import LedgerDomain

/// What a format's reader found in a file.
///
/// A statement that is unusable is a fault; the others of its file count all the same.
struct StatementContents {
  /// The usable statements, in the order of the file.
  var statements: [BankStatement] = []
  /// Transactions of batches that other statements book.
  var notifications: [BankNotification] = []
  /// What is wrong, with what was left out because of it.
  var faults: [StatementFault] = []
  /// What was taken for granted or not understood.
  var notes: [StatementNote] = []

  /// Whether nothing was found, not even a reason for it.
  var isEmpty: Bool {
    statements.isEmpty && notifications.isEmpty && faults.isEmpty && notes.isEmpty
  }
}
