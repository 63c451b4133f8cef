/// Commands that use the same settings. Each command lists only the options that affect it.
public struct CommandGroup: OptionSet, Sendable {
  /// One bit for each group.
  public let rawValue: Int

  /// The groups of these bits.
  public init(rawValue: Int) { self.rawValue = rawValue }

  /// `tieout close`, `backfill`, `job check` and `doctor`.
  public static let closing = CommandGroup(rawValue: 1)
  /// `tieout verify`.
  public static let verifying = CommandGroup(rawValue: 2)
  /// `tieout report`, `signoff` and `accept`, which write report files.
  public static let reporting = CommandGroup(rawValue: 4)
  /// `tieout balance`, `status`, `recover`, `backup` and `prune`, which need only the store.
  public static let store = CommandGroup(rawValue: 8)
  /// `tieout statement`, which needs only the job's bank accounts.
  public static let statements = CommandGroup(rawValue: 16)

  /// `tieout reconcile` and `settle`, which reconcile with the bank and write report files.
  public static let reconciling = CommandGroup(rawValue: 32)

  /// Commands that read exports.
  static let reading: CommandGroup = [.closing, .verifying]
  /// All commands that read or write the books.
  static let all: CommandGroup = [.closing, .verifying, .reporting, .store, .reconciling]
}
