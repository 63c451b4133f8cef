/// The settings that flags, environment and job file give, each from the source with precedence.
public struct SettingSources: Sendable {
  /// The given settings by name.
  public let chosen: [String: SettingText]

  /// A flag overrides the environment, which overrides the file.
  public init(
    flags: [String: SettingText], environment: [String: String], file: [String: SettingText]
  ) {
    var chosen: [String: SettingText] = [:]
    for setting in SettingCatalogue.all {
      let variable = setting.variable
      chosen[setting.name] =
        flags[setting.name]
        ?? environment[variable].map { SettingText($0, source: variable) }
        ?? file[setting.name]
    }
    self.chosen = chosen
  }
}
