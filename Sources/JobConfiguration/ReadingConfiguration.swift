public import LedgerDomain

/// The settings with which exports are read and closed: those that are required, and the others as
/// `JobSettings` has them.
@dynamicMemberLookup
public struct ReadingConfiguration: Sendable {
  /// The export tree.
  public let exports: String
  /// The SQLite file of the books.
  public let store: String
  /// The ledger's time zone.
  public private(set) var calendar: LedgerCalendar
  private var settings: JobSettings

  init(exports: String, store: String, settings: JobSettings) throws(UsageError) {
    guard let calendar = LedgerCalendar(timeZone: settings.timeZone) else {
      throw UsageError("there is no time zone '\(settings.timeZone)'.")
    }
    self.exports = exports
    self.store = store
    self.calendar = calendar
    self.settings = settings
  }

  /// The value of another setting.
  public subscript<Value>(
    dynamicMember setting: KeyPath<SettingCatalogue, Setting<Value>>
  ) -> Value { settings[dynamicMember: setting] }

  /// What the settings say about reports.
  public var reportOptions: ReportOptions { settings.reportOptions }

  /// When a missing statement is a break.
  public var statementDeadline: StatementDeadline { settings.statementDeadline }

  /// The same configuration in another time zone.
  public func inTimeZone(_ calendar: LedgerCalendar) -> ReadingConfiguration {
    var copy = self
    copy.calendar = calendar
    return copy
  }

  /// The configuration for reading closed dates again: a date that was closed as empty because it had
  /// no directory is still empty, and statements are left out, because an export does not depend on them.
  public var forVerification: ReadingConfiguration {
    var copy = self
    copy.settings.missingDates = .empty
    (copy.settings.statements, copy.settings.bankAccounts) = (nil, [])
    return copy
  }
}
