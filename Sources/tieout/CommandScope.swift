import JobConfiguration

/// Chooses the settings whose options a command lists.
protocol CommandScope {
  /// The group of the command.
  static var commands: CommandGroup { get }
}

/// Commands that close dates, or check whether they could be closed.
enum ClosingScope: CommandScope {
  static let commands = CommandGroup.closing
}

/// `tieout verify`.
enum VerifyingScope: CommandScope {
  static let commands = CommandGroup.verifying
}

/// Commands that write report files from the store.
enum ReportingScope: CommandScope {
  static let commands = CommandGroup.reporting
}

/// Commands that reconcile with the bank.
enum ReconcilingScope: CommandScope {
  static let commands = CommandGroup.reconciling
}

/// Commands that need only the store.
enum StoreScope: CommandScope {
  static let commands = CommandGroup.store
}

/// `tieout statement`, which reads no books.
enum StatementScope: CommandScope {
  static let commands = CommandGroup.statements
}
