import FoundationEssentials
import Yams

/// A job file: the settings of a run in YAML.
///
///     exports: /srv/ledger/exports
///     chart: /etc/tieout/chart.csv
///     store: /var/lib/tieout/books.sqlite
public enum JobFile {
  /// Reads a job file.
  ///
  /// - Returns: its settings; paths are absolute or relative to the current directory.
  /// - Throws: `UsageError` that names file and line: no YAML, an unknown key, a key twice.
  public static func read(_ path: String) throws(UsageError) -> [SettingKey: SettingText] {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw UsageError("the job file \(path) cannot be read as UTF-8 text. Check its path.")
    }
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch {
      throw UsageError("\(path) is not valid YAML: \(error)")
    }
    guard let root, root != Node("") else { return [:] }
    guard let mapping = root.mapping else {
      throw UsageError("\(path) must hold keys and values, such as: exports: /srv/exports")
    }
    var settings: [SettingKey: SettingText] = [:]
    for (key, value) in mapping {
      let place = "\(path) line \(key.mark?.line ?? 0)"
      let setting = try self.key(key, place: place)
      guard settings[setting] == nil else {
        throw UsageError("\(place): \(setting.rawValue) again")
      }
      if let mappings = self.mappings(value) {
        settings[setting] = SettingText("", source: place, mappings: mappings)
        continue
      }
      guard let text = self.text(value) else {
        throw UsageError("\(place): \(setting.rawValue) must be a value or a list of values")
      }
      settings[setting] = SettingText(
        setting.isPath ? resolve(text, besides: path) : text, source: place)
    }
    return settings
  }

  private static func key(_ node: Node, place: String) throws(UsageError) -> SettingKey {
    let name = node.scalar?.string ?? ""
    if let key = SettingKey(rawValue: name) { return key }
    let hint = SettingKey.closest(to: name).map { " Did you mean '\($0.rawValue)'?" } ?? ""
    let known = SettingKey.allCases.map(\.rawValue).joined(separator: ", ")
    throw UsageError("\(place): there is no setting '\(name)'.\(hint) There are: \(known).")
  }

  private static func text(_ node: Node) -> String? {
    if let scalar = node.scalar { return scalar.string }
    guard let sequence = node.sequence else { return nil }
    let items = sequence.compactMap { $0.scalar?.string }
    return items.count == sequence.count ? items.joined(separator: ",") : nil
  }

  /// A list of mappings of texts; `nil` if it is anything else.
  private static func mappings(_ node: Node) -> [[String: String]]? {
    guard let sequence = node.sequence, !sequence.isEmpty else { return nil }
    var mappings: [[String: String]] = []
    for item in sequence {
      guard let mapping = item.mapping else { return nil }
      var values: [String: String] = [:]
      for (key, value) in mapping {
        guard let name = key.scalar?.string, let text = value.scalar?.string, values[name] == nil
        else { return nil }
        values[name] = text
      }
      mappings.append(values)
    }
    return mappings
  }

  private static func resolve(_ path: String, besides file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[..<slash] + "/" + path
  }
}
