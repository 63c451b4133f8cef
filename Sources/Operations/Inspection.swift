import Reports

/// What was looked at before a run, and what was found: for `tieout job check` and `tieout doctor`.
public struct Inspection: Sendable {
  /// How much it matters.
  public enum Level: String, Sendable, Comparable, CaseIterable {
    /// As it should be.
    case fine
    /// Worth knowing, nothing to mend.
    case note
    /// A close would run; somebody should look.
    case warning
    /// Something that would stop a close.
    case failure

    /// Orders by how much it matters.
    public static func < (left: Level, right: Level) -> Bool {
      guard let one = allCases.firstIndex(of: left), let other = allCases.firstIndex(of: right)
      else { return false }
      return one < other
    }
  }

  /// One thing that was looked at.
  public struct Item: Sendable {
    /// What: `store`, `clock`, `chart`.
    public let subject: String
    /// How much it matters.
    public let level: Level
    /// What was found.
    public let message: String
    /// What to do about it; empty if nothing is to be done.
    public let remedy: String
  }

  /// What was looked at, in that order.
  public private(set) var items: [Item] = []

  /// An inspection of nothing yet.
  public init() {}

  mutating func add(
    _ subject: String, _ level: Level, _ message: String, remedy: String = ""
  ) {
    items.append(
      Item(
        subject: subject, level: level, message: LogText.printable(message),
        remedy: LogText.printable(remedy)))
  }

  /// The gravest level found.
  public var level: Level { items.map(\.level).max() ?? .fine }

  /// 0 fine, 1 warnings, 2 something that would stop a close.
  public var exitCode: Int32 {
    switch level {
    case .fine, .note: 0
    case .warning: 1
    case .failure: 2
    }
  }

  /// Everything as lines for a person, with its remedy under each.
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
    case .failure: "FAILED"
    }
  }

  /// Everything for a program.
  public func json() throws -> String {
    struct Document: Encodable {
      let exit_code: Int32
      let level: String
      let findings: [InspectionDocument]
    }
    return try JSONDocument.text(
      Document(exit_code: exitCode, level: level.rawValue, findings: document))
  }

  /// Everything as a value to encode.
  var document: [InspectionDocument] {
    items.map {
      InspectionDocument(
        subject: $0.subject, level: $0.level.rawValue, message: $0.message,
        remedy: $0.remedy.isEmpty ? nil : $0.remedy)
    }
  }
}

/// One thing that was looked at, for programs.
struct InspectionDocument: Encodable {
  let subject: String
  let level: String
  let message: String
  let remedy: String?
}
