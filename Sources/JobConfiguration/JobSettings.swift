/// The validated settings of a job: one value for each setting of `SettingCatalogue`, under its name.
///
/// ```swift
/// var settings = JobSettings()
/// settings.exports = "exports"
/// settings.bankDateWindow  // 3, the default
/// ```
@dynamicMemberLookup
public struct JobSettings: Sendable {
  /// What a date without a directory means.
  public enum MissingDates: String, Sendable, CaseIterable {
    /// A missing export: the date cannot close.
    case fail
    /// A date without entries, as of an exporter that leaves those out.
    case empty
  }

  /// What a run does if the export of a closed date changed.
  public enum LateInput: String, Sendable, CaseIterable {
    /// It closes the new dates, with a break.
    case report
    /// It closes the changed dates again.
    case reclose
    /// It closes nothing of the tenant.
    case refuse
  }

  /// How events of a run are written to standard error.
  public enum LogFormat: String, Sendable, CaseIterable {
    /// A live display on a terminal, `journald` where the journal reads, otherwise `text`.
    case automatic = "auto"
    /// A line for each event, with its time and level.
    case text
    /// A JSON object for each event.
    case json
    /// A line for each event that begins with its level, `<6>`, as journald reads it.
    case journald
  }

  private var values: [String: any Sendable] = [:]

  /// Settings with nothing but defaults.
  public init() {}

  /// The settings of a job, each from the source with precedence.
  ///
  /// - Throws: `UsageError` that names the source of the first invalid value.
  public init(_ sources: SettingSources) throws(UsageError) {
    for setting in SettingCatalogue.all {
      if let text = sources.chosen[setting.name] { try setting.store(text, in: &self) }
    }
  }

  /// The settings of a job whose values are valid; the others keep their defaults.
  ///
  /// - Parameter problems: gets what is wrong with each of the others.
  public init(_ sources: SettingSources, problems: inout [UsageError]) {
    for setting in SettingCatalogue.all {
      guard let text = sources.chosen[setting.name] else { continue }
      do throws(UsageError) {
        try setting.store(text, in: &self)
      } catch {
        problems.append(error)
      }
    }
  }

  /// The value of a setting.
  public subscript<Value>(
    dynamicMember setting: KeyPath<SettingCatalogue, Setting<Value>>
  ) -> Value {
    get { self[SettingCatalogue.shared[keyPath: setting]] }
    set { self[SettingCatalogue.shared[keyPath: setting]] = newValue }
  }

  subscript<Value>(setting: Setting<Value>) -> Value {
    get {
      guard let stored = values[setting.name], let value = stored as? Value else {
        return setting.defaultValue
      }
      return value
    }
    set { values[setting.name] = newValue }
  }

  /// The description of a setting.
  public static func description<Value>(
    of setting: KeyPath<SettingCatalogue, Setting<Value>>
  ) -> Setting<Value> { SettingCatalogue.shared[keyPath: setting] }

  /// The name of a setting.
  public static func name<Value>(
    of setting: KeyPath<SettingCatalogue, Setting<Value>>
  ) -> String { description(of: setting).name }
}
