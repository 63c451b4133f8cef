import FoundationEssentials
import JobConfiguration

extension JobOptions {
  /// The path of the job file: `--job`, or else `TIEOUT_JOB`.
  var jobPath: String? { job ?? ProcessInfo.processInfo.environment["TIEOUT_JOB"] }

  /// The settings that flags, environment and job file give together.
  ///
  /// - Parameters:
  ///   - tenants: the command's own `--tenant`.
  ///   - date: the command's own `--date`.
  func settings(tenants: [String], date: String?) throws(UsageError) -> JobSettings {
    let (sources, problems) = sources(tenants: tenants, date: date)
    if let problem = problems.first { throw problem }
    return try JobSettings(sources)
  }

  /// What flags, environment and job file give, and what is wrong with the job file.
  ///
  /// - Parameters:
  ///   - tenants: the command's own `--tenant`.
  ///   - date: the command's own `--date`, or its other name for it.
  ///   - log: the command's logging options, if it has any.
  func sources(
    tenants: [String], date: String?, dateFlag: String = "--date", log: LogOptions? = nil
  ) -> (sources: SettingSources, problems: [UsageError]) {
    var flags = given
    func add<Value>(
      _ setting: KeyPath<SettingCatalogue, Setting<Value>>, _ text: String?, _ flag: String
    ) {
      guard let text else { return }
      flags[JobSettings.name(of: setting)] = SettingText(text, source: flag)
    }
    add(\.tenants, tenants.isEmpty ? nil : tenants.joined(separator: ","), "--tenant")
    add(\.date, date, dateFlag)
    add(\.logFormat, log?.logFormat, "--log-format")
    add(\.isQuiet, log?.quiet == true ? "true" : nil, "--quiet")
    let file = jobPath.map { JobFile(reading: $0) }
    let sources = SettingSources(
      flags: flags, environment: ProcessInfo.processInfo.environment, file: file?.settings ?? [:])
    return (sources, file?.problems ?? [])
  }
}
