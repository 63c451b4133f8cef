public import LedgerDomain

/// The settings that flags, environment and job file give, each from the source with precedence.
public struct SettingSources: Sendable {
  /// The given settings by name.
  public let chosen: [String: SettingText]
  /// What environment and file give of the settings that flags override; `nil` if nothing.
  private let overridden: [String: SettingText?]

  /// A flag overrides the environment, which overrides the file.
  public init(
    flags: [String: SettingText], environment: [String: String], file: [String: SettingText]
  ) {
    var chosen: [String: SettingText] = [:]
    var overridden: [String: SettingText?] = [:]
    for setting in SettingCatalogue.all {
      let variable = setting.variable
      let standing =
        environment[variable].map { SettingText($0, source: variable) } ?? file[setting.name]
      chosen[setting.name] = flags[setting.name] ?? standing
      if flags[setting.name] != nil { overridden.updateValue(standing, forKey: setting.name) }
    }
    self.chosen = chosen
    self.overridden = overridden
  }

  /// The tenants that the job lists where a flag names others, none if it lists none; `nil` without such
  /// a flag.
  public var listedTenants: [TenantID]? {
    let name = JobSettings.name(of: \.tenants)
    guard let standing = overridden[name] else { return nil }
    guard let listed = standing else { return [] }
    var problems: [UsageError] = []
    let sources = SettingSources(flags: [name: listed], environment: [:], file: [:])
    return JobSettings(sources, problems: &problems).tenants
  }
}
