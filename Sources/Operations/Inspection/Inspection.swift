import Reports

/// What was checked before a run, and the findings: for `tieout job check` and `tieout doctor`.
public struct Inspection: Sendable {
  /// How serious a finding is.
  public enum Level: String, Sendable, Comparable, CaseIterable {
    /// As it should be.
    case fine
    /// Worth knowing; nothing to do.
    case note
    /// A close would run, but someone should look at it.
    case warning
    /// A close could not run.
    case error

    /// Orders by severity.
    public static func < (left: Level, right: Level) -> Bool {
      guard let one = allCases.firstIndex(of: left), let other = allCases.firstIndex(of: right)
      else { return false }
      return one < other
    }
  }

  /// One finding.
  public struct Item: Sendable {
    /// What was checked: `store`, `clock`, `chart`.
    public let subject: String
    /// How serious a finding is.
    public let level: Level
    /// What was found.
    public let message: String
    /// What to do about it; empty if there is nothing to do.
    public let remedy: String
  }

  /// The findings, in the order of the checks.
  public private(set) var items: [Item] = []

  /// An inspection without findings.
  public init() {}

  mutating func add(
    _ subject: String, _ level: Level, _ message: String, remedy: String = ""
  ) {
    items.append(
      Item(
        subject: subject, level: level, message: ReadableText.printable(message),
        remedy: ReadableText.printable(remedy)))
  }

  /// The most serious level found.
  public var level: Level { items.map(\.level).max() ?? .fine }

  /// 0 for nothing to do, 1 for warnings, 2 for errors.
  public var exitCode: Int32 {
    switch level {
    case .fine, .note: 0
    case .warning: 1
    case .error: 2
    }
  }

  /// The findings as lines of text, each with its remedy below it.
  public func text() -> String {
    let width = items.map(\.subject.count).max() ?? 0
    return items.map { item in
      let subject = item.subject + String(repeating: " ", count: width - item.subject.count)
      let line = "\(Self.word(item.level))  \(subject)  \(item.message)\n"
      let indent = String(repeating: " ", count: 9 + width + 2)
      return item.remedy.isEmpty ? line : "\(line)\(indent)-> \(item.remedy)\n"
    }.joined()
  }

  private static func word(_ level: Level) -> String {
    switch level {
    case .fine: "ok     "
    case .note: "note   "
    case .warning: "WARNING"
    case .error: "ERROR  "
    }
  }

  /// The findings as JSON.
  public func json() throws -> String {
    struct Document: Encodable {
      let exit_code: Int32
      let level: String
      let findings: [InspectionDocument]
    }
    return try JSONDocument.text(
      Document(exit_code: exitCode, level: level.rawValue, findings: document))
  }

  /// The findings as values to encode.
  var document: [InspectionDocument] {
    items.map {
      InspectionDocument(
        subject: $0.subject, level: $0.level.rawValue, message: $0.message,
        remedy: $0.remedy.isEmpty ? nil : $0.remedy)
    }
  }
}

/// One finding, as JSON has it.
struct InspectionDocument: Encodable {
  let subject: String
  let level: String
  let message: String
  let remedy: String?
}
