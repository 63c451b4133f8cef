import FileInput
import FoundationEssentials
import Glibc
import SystemPackage
import Yams

/// A job file: the settings of a run in YAML.
///
///     exports: /srv/ledger/exports
///     chart: /etc/tieout/chart.csv
///     store: /var/lib/tieout/books.sqlite
public struct JobFile: Sendable {
  /// Its path.
  public let path: String
  /// The settings that could be read, by name. Paths are absolute or relative to the current directory.
  public private(set) var settings: [String: SettingText] = [:]
  /// What is wrong with it, in the order of its lines: invalid YAML, an unknown key, a repeated key.
  public private(set) var problems: [UsageError] = []

  /// Reads a job file and collects what is wrong with it.
  public init(reading path: String) {
    self.path = path
    do throws(UsageError) {
      for (key, value) in try Self.mapping(at: path) { add(key, value) }
    } catch {
      problems.append(error)
    }
  }

  /// The settings of a job file.
  ///
  /// - Throws: `UsageError` that names file and line of the first problem.
  public static func read(_ path: String) throws(UsageError) -> [String: SettingText] {
    let file = JobFile(reading: path)
    if let problem = file.problems.first { throw problem }
    return file.settings
  }

  private static func mapping(at path: String) throws(UsageError) -> Node.Mapping {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw UsageError(unreadable(path))
    }
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw UsageError("\(path) is not valid YAML: \(reason(error))")
    }
    guard let root, root != Node("") else { return Node.Mapping([]) }
    guard let mapping = root.mapping else {
      throw UsageError("\(path) must contain keys and values, such as: exports: /srv/exports")
    }
    return mapping
  }

  /// Why a job file cannot be read.
  private static func unreadable(_ path: String) -> String {
    var status = stat()
    if stat(path, &status) != 0 {
      return
        "the job file \(path) cannot be read: \(String(cString: strerror(errno))). Check its path."
    }
    if status.st_mode & S_IFMT == S_IFDIR {
      return "\(path) is a directory, not a job file. Give the path of a file."
    }
    if access(path, R_OK) != 0 {
      return "the job file \(path) cannot be read: \(String(cString: strerror(errno)))."
    }
    return "the job file \(path) is not UTF-8 text. Save it as UTF-8."
  }

  /// The parser's message without the text of the file, which some messages repeat.
  private static func reason(_ error: any Error) -> String {
    if case YamlError.duplicatedKeysInMapping(let keys, _) = error {
      return keys.sorted().map { "'\($0)'" }.joined(separator: ", ") + " is given twice"
    }
    let lines = "\(error)".split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }
    return lines.prefix(2).joined(separator: " ")
  }

  private mutating func add(_ key: Node, _ value: Node) {
    let place = place(of: key)
    do throws(UsageError) {
      let setting = try Self.setting(key, place: place)
      guard settings[setting.name] == nil else {
        throw UsageError("\(place): \(setting.name) is given twice. Remove one of them.")
      }
      if let mappings = setting.kind == .tenantNames ? mapping(value) : mappings(value) {
        settings[setting.name] = SettingText("", source: place, mappings: mappings)
        return
      }
      guard let text = Self.text(value) else {
        throw UsageError(
          "\(place): \(setting.name) must be \(setting.kind == .tenantNames ? "a path or a mapping of UUIDs to names" : "a value or a list of values")."
        )
      }
      settings[setting.name] = SettingText(
        [.path, .tenantNames].contains(setting.kind) ? Self.resolve(text, relativeTo: path) : text,
        source: place)
    } catch {
      problems.append(error)
    }
  }

  private func place(of node: Node) -> String { "\(path) line \(node.mark?.line ?? 0)" }

  private static func setting(
    _ node: Node, place: String
  ) throws(UsageError) -> any SettingDescription {
    let name = node.scalar?.string ?? ""
    if let setting = SettingCatalogue.named(name) { return setting }
    let known = SettingCatalogue.all.map(\.name).joined(separator: ", ")
    let hint = SettingCatalogue.closest(to: name).map { "Did you mean '\($0.name)'?" }
    throw UsageError("\(place): unknown setting '\(name)'. \(hint ?? "Settings: \(known).")")
  }

  private static func text(_ node: Node) -> String? {
    if let scalar = node.scalar { return scalar.string }
    guard let sequence = node.sequence else { return nil }
    let items = sequence.compactMap { $0.scalar?.string }
    return items.count == sequence.count ? items.joined(separator: ",") : nil
  }

  /// A list of mappings of texts; `nil` if it is anything else.
  private func mappings(_ node: Node) -> [SettingMapping]? {
    guard let sequence = node.sequence, !sequence.isEmpty else { return nil }
    var mappings: [SettingMapping] = []
    for item in sequence {
      guard let mapping = item.mapping, let entry = entry(mapping) else { return nil }
      mappings.append(entry)
    }
    return mappings
  }

  /// A mapping of texts that is not empty; `nil` if it is anything else.
  private func mapping(_ node: Node) -> [SettingMapping]? {
    guard let mapping = node.mapping, !mapping.isEmpty else { return nil }
    return entry(mapping).map { [$0] }
  }

  private func entry(_ mapping: Node.Mapping) -> SettingMapping? {
    var (values, places): ([String: String], [String: String]) = ([:], [:])
    for (key, value) in mapping {
      guard let name = key.scalar?.string, let text = value.scalar?.string, values[name] == nil
      else { return nil }
      values[name] = text
      places[name] = place(of: key)
    }
    return SettingMapping(values: values, places: places)
  }

  private static func resolve(_ path: String, relativeTo file: String) -> String {
    guard !path.hasPrefix("/"), file.contains("/") else { return path }
    let directory = FilePath(file).directory.string
    return directory == "/" ? directory + path : directory + "/" + path
  }
}
