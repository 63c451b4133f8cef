import CloseJob
import FoundationEssentials

extension JobOptions {
  /// The path of the job file, if one is given.
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

  /// What flags, environment and job file say, and what is wrong with the job file.
  ///
  /// - Parameters:
  ///   - tenants: the command's own `--tenant`.
  ///   - date: the command's own `--date`, or what it calls that.
  ///   - log: how the command logs, if it does.
  func sources(
    tenants: [String], date: String?, dateFlag: String = "--date", log: LogOptions? = nil
  ) -> (sources: SettingSources, problems: [UsageError]) {
    let file = jobPath.map { JobFile(reading: $0) }
    let sources = SettingSources(
      flags: flags(tenants: tenants, date: date, dateFlag: dateFlag, log: log),
      environment: ProcessInfo.processInfo.environment, file: file?.settings ?? [:])
    return (sources, file?.problems ?? [])
  }

  private func flags(
    tenants: [String], date: String?, dateFlag: String, log: LogOptions?
  ) -> [SettingKey: SettingText] {
    let given: [(SettingKey, String?, String)] = [
      (.exports, exports, "--exports"), (.chart, chart, "--chart"),
      (.opening, opening, "--opening"), (.store, store, "--store"),
      (.reports, reports, "--reports"), (.statements, statements, "--statements"),
      (
        .bankAccounts, bankAccount.isEmpty ? nil : bankAccount.joined(separator: ";"),
        "--bank-account"
      ), (.bankDateWindow, bankDateWindow, "--bank-date-window"),
      (.timeZone, timeZone, "--time-zone"),
      (.firstDate, firstDate, "--first-date"), (.missingDates, missingDates, "--missing-dates"),
      (.requireManifest, requireManifest ? "true" : nil, "--require-manifest"),
      (.lockedThrough, lockedThrough, "--locked-through"),
      (.findingsLimit, findingsLimit, "--findings-limit"),
      (.restatingEntriesLimit, restatingEntriesLimit, "--restating-entries-limit"),
      (.principalAccounts, principalAccounts, "--principal-accounts"),
      (.loanTape, loanTape, "--loan-tape"),
      (.reportingCurrency, reportingCurrency, "--reporting-currency"),
      (.loanDifferencesLimit, loanDifferencesLimit, "--loan-differences-limit"),
      (.maxQuarantinedPercent, maxQuarantinedPercent, "--max-quarantined-percent"),
      (.recordBytesMax, recordBytesMax, "--record-bytes-max"),
      (.partBytesMax, partBytesMax, "--part-bytes-max"), (.jobs, jobs, "--jobs"),
      (.memoryLimit, memoryLimit, "--memory-limit"),
      (.metricsFile, metricsFile, "--metrics-file"), (.pingURL, pingURL, "--ping-url"),
      (.webhookURL, webhookURL, "--webhook-url"),
      (.webhookSecretFile, webhookSecretFile, "--webhook-secret-file"),
      (.notificationSeconds, notificationSeconds, "--notification-seconds"),
      (.logFormat, log?.logFormat, "--log-format"),
      (.quiet, log?.quiet == true ? "true" : nil, "--quiet"),
      (.date, date, dateFlag),
      (.tenants, tenants.isEmpty ? nil : tenants.joined(separator: ","), "--tenant"),
    ]
    var flags: [SettingKey: SettingText] = [:]
    for (key, text, flag) in given {
      if let text { flags[key] = SettingText(text, source: flag) }
    }
    return flags
  }
}
