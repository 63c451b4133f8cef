import ArgumentParser
import JobConfiguration

/// The options of the settings, and the job file that gives the rest.
///
/// Every setting of `SettingCatalogue` that has an option gets it here, with its help: none is written
/// in this file. ArgumentParser finds the options of a type by its mirror and fills them by decoding
/// it, so both are made from the catalogue. `JobOptionsTests` holds ArgumentParser to that.
struct JobOptions: ParsableArguments, CustomReflectable {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private static let jobKey = Key(stringValue: "job")

  /// The path of the job file, if one is given.
  var job: String?
  /// What was given on the command line, by the setting's name.
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
    let defaultText = setting.defaultText ?? setting.whenUnset
    let help = setting.help + (defaultText.map { " (default: \($0))" } ?? "")
    switch setting.option {
    case .value(let valueName):
      return Option<String?>(name: name, help: ArgumentHelp("\(help)", valueName: valueName))
    case .repeated(let valueName, _):
      return Option<[String]>(
        wrappedValue: [], name: name,
        help: ArgumentHelp("\(setting.help) May be repeated.", valueName: valueName))
    case .flag:
      return Flag(wrappedValue: false, name: name, help: ArgumentHelp("\(setting.help)"))
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
