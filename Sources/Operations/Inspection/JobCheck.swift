import CloseJob
public import JobConfiguration
import LedgerDomain
import Reports
import Workers

/// Checks a job: its keys, its values, and everything they refer to.
public struct JobCheck {
  /// The result of a check.
  public struct Outcome: Sendable {
    /// Each setting with its value, if it has one, and the source of the value.
    public let settings: [(name: String, value: String?, source: String)]
    /// Invalid keys and values.
    public let problems: [UsageError]
    /// The findings on what the settings refer to.
    public let inspection: Inspection
    /// The mappings of bank accounts, tried on statements.
    public let trials: [MappingTrial]

    /// 64 for an invalid key or value, 2 if a close could not run, 1 for warnings, otherwise 0.
    public var exitCode: Int32 { problems.isEmpty ? inspection.exitCode : 64 }
  }

  private let sources: SettingSources
  private let problems: [UsageError]
  private let environment: [String: String]
  private let statement: String?
  private let clock: RunClock

  /// A check of the settings from flags, environment and job file together.
  ///
  /// - Parameters:
  ///   - problems: the problems found while reading the job file.
  ///   - statement: a bank's table on which to try the csv_… settings of the bank accounts; `nil` for the
  ///     newest below `statements`.
  public init(
    sources: SettingSources, problems: [UsageError], environment: [String: String],
    statement: String? = nil, clock: RunClock = .system
  ) {
    self.sources = sources
    self.problems = problems
    self.environment = environment
    self.statement = statement
    self.clock = clock
  }

  /// Checks the job. Nothing is changed, and no notification is sent.
  public func run() -> Outcome {
    var problems = problems
    let settings = JobSettings(sources, problems: &problems)
    var lastDate: BusinessDate?
    do throws(UsageError) {
      lastDate = try CloseRun(settings: settings, clock: clock).lastDate
    } catch {
      problems.append(error)
    }
    var inspection = Inspection()
    InputInspector(settings: settings, clock: clock).inspect(into: &inspection)
    let trials = MappingTrials(settings: settings, statement: statement).run(&inspection)
    variables(&inspection)
    return Outcome(
      settings: SettingCatalogue.all.map { row($0, settings, lastDate) }, problems: problems,
      inspection: inspection, trials: trials)
  }

  private func row(
    _ setting: any SettingDescription, _ settings: JobSettings, _ lastDate: BusinessDate?
  ) -> (name: String, value: String?, source: String) {
    let source = sources.chosen[setting.name]?.source ?? "default"
    if let text = setting.text(in: settings) { return (setting.name, text, source) }
    let unset: [String?] =
      switch setting.name {
      case JobSettings.name(of: \.date): [lastDate?.description, setting.whenUnset]
      case JobSettings.name(of: \.jobs): ["\(CoreBudget.machineCores)", setting.whenUnset]
      case JobSettings.name(of: \.tenants): [setting.whenUnset]
      default: []
      }
    let value = unset.compactMap { $0 }.joined(separator: ", ")
    return (setting.name, value.isEmpty ? nil : value, source)
  }

  /// Warns of variables that look like settings but are not: a misspelt one would be ignored.
  private func variables(_ inspection: inout Inspection) {
    let known = Set(SettingCatalogue.all.map(\.variable)).union(["TIEOUT_JOB"])
    for name in environment.keys.sorted() where name.hasPrefix("TIEOUT_") && !known.contains(name) {
      let setting = SettingCatalogue.closest(to: name.dropFirst("TIEOUT_".count).lowercased())
      let hint = setting.map { " Did you mean \($0.variable)?" } ?? ""
      inspection.add(
        "environment", .warning, "\(name) is not a setting and is ignored.\(hint)",
        remedy: "Unset it or correct its name.")
    }
  }
}

extension JobCheck.Outcome {
  /// The outcome as text.
  public func text() -> String {
    var text = ""
    for problem in problems { text += "ERROR    \(ReadableText.printable(problem.description))\n" }
    if !problems.isEmpty { text += "\n" }
    let rows = settings.map { name, value, source in
      [
        name, ReadableText.printable(value ?? "-"),
        value == nil ? "" : ReadableText.printable(source),
      ]
    }
    let widths = [0, 1].map { column in rows.map { $0[column].count }.max() ?? 0 }
    for row in rows {
      let cells = zip(row, widths + [0]).map { cell, width in
        cell + String(repeating: " ", count: max(0, width - cell.count))
      }
      var line = cells.joined(separator: "  ")
      while line.hasSuffix(" ") { line.removeLast() }
      text += line + "\n"
    }
    for trial in trials { text += "\n" + trial.text() }
    return text + "\n" + inspection.text() + "\n" + verdict + "\n"
  }

  private var verdict: String {
    switch exitCode {
    case 0: "the job is valid"
    case 1: "the job is valid, but has warnings"
    case 64: "the job is invalid"
    default: "the job is valid, but a close could not run"
    }
  }

  /// The outcome as JSON.
  public func json() throws -> String {
    struct Setting: Encodable {
      let key: String
      let value: String?
      let source: String
    }
    struct Document: Encodable {
      let exit_code: Int32
      let problems: [String]
      let settings: [Setting]
      let findings: [InspectionDocument]
      let statements: [MappingTrialDocument]
    }
    return try JSONDocument.text(
      Document(
        exit_code: exitCode, problems: problems.map(\.description),
        settings: settings.map {
          Setting(key: $0.name, value: $0.value, source: $0.source)
        },
        findings: inspection.document, statements: trials.map(MappingTrialDocument.init)))
  }
}
