import ArgumentParser
import JobConfiguration

/// `--job`, and one option for each setting of `SettingCatalogue`.
///
/// ArgumentParser finds the options of a type through its mirror and sets them by decoding the type. Both
/// are made from the catalogue here, so no option is declared a second time; `JobOptionsTests` checks
/// that ArgumentParser keeps supporting this. Options of settings that do not affect the command are
/// accepted, so that wrappers can pass the same ones to every command, but not listed.
struct JobOptions<Scope: CommandScope>: ParsableArguments, CustomReflectable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private static var jobKey: Key { Key(stringValue: "job") }

  /// The value of `--job`.
  var job: String?
  /// The settings given on the command line, by name.
  private(set) var given: [String: SettingText] = [:]

  init() {}

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    job = try container.decode(Option<String?>.self, forKey: Self.jobKey).wrappedValue
    for setting in SettingCatalogue.all {
      let key = Key(stringValue: setting.name)
      let text: String?
      switch setting.option {
      case .value:
        text = try container.decode(Option<String?>.self, forKey: key).wrappedValue
      case .repeated:
        let items = try container.decode(Option<[String]>.self, forKey: key).wrappedValue
        text = items.isEmpty ? nil : items.joined(separator: ";")
      case .flag:
        text = try container.decode(Flag<Bool>.self, forKey: key).wrappedValue ? "true" : nil
      case .declaredByCommand:
        text = nil
      }
      given[setting.name] = text.map { SettingText($0, source: "--\(setting.optionName)") }
    }
  }

  var customMirror: Mirror {
    let jobFile = Option<String?>(help: ArgumentHelp("The job file.", valueName: "file"))
    let options = SettingCatalogue.all.compactMap { setting in
      Self.option(setting).map { (label: setting.name as String?, value: $0) }
    }
    return Mirror(self, children: [(label: Self.jobKey.stringValue, value: jobFile)] + options)
  }

  private static func option(_ setting: any SettingDescription) -> Any? {
    let name = NameSpecification.customLong(setting.optionName)
    let isUsed = !Scope.commands.isDisjoint(with: setting.commands)
    func help(_ remark: String = "", valueName: String? = nil) -> ArgumentHelp {
      ArgumentHelp(
        "\(setting.help + remark)", valueName: valueName, visibility: isUsed ? .default : .hidden)
    }
    switch setting.option {
    case .value(let valueName):
      let defaultText = setting.defaultText ?? setting.whenUnset
      let remark = defaultText.map { " (default: \($0))" } ?? ""
      return Option<String?>(name: name, help: help(remark, valueName: valueName))
    case .repeated(let valueName, _):
      return Option<[String]>(
        wrappedValue: [], name: name, help: help(" May be repeated.", valueName: valueName))
    case .flag:
      return Flag(wrappedValue: false, name: name, help: help())
    case .declaredByCommand:
      return nil
    }
  }

  /// The path of the store.
  ///
  /// - Throws: `UsageError` if none is given.
  func store(_ settings: JobSettings) throws(UsageError) -> String {
    guard let path = settings.store else { throw UsageError.noStore }
    return path
  }
}
