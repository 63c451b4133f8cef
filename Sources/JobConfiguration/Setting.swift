/// The description of one setting, from which everything else about it is made: the keys of the job
/// file and its schema, the variables of the environment, the options of the commands with their help,
/// `tieout job check`, and the table in `docs/settings.md`.
///
/// ```swift
/// let bankDateWindow = Setting.integer(
///   "bank_date_window", 0...366, default: 3, valueName: "days",
///   help: "Maximum days between items matched by amount.")
/// ```
public struct Setting<Value: Sendable>: SettingDescription {
  /// Its key in a job file.
  public let name: String
  /// The kind of value it takes.
  public let kind: SettingKind
  /// How it is given on the command line.
  public let option: SettingOption
  /// What it does, in one sentence.
  public let help: String
  /// What applies if it is not given and has no default value.
  public let whenUnset: String?
  /// The commands that it affects.
  public private(set) var commands = CommandGroup.closing
  /// The value of a job that does not give the setting.
  let defaultValue: Value
  let parse: @Sendable (SettingText) throws(UsageError) -> Value
  let format: @Sendable (Value) -> String?

  init(
    _ name: String, kind: SettingKind, default defaultValue: Value, option: SettingOption,
    help: String, whenUnset: String? = nil,
    parse: @escaping @Sendable (SettingText) throws(UsageError) -> Value,
    format: @escaping @Sendable (Value) -> String?
  ) {
    self.name = name
    self.kind = kind
    self.defaultValue = defaultValue
    self.option = option
    self.help = help
    self.whenUnset = whenUnset
    self.parse = parse
    self.format = format
  }

  /// The same setting for commands other than those that close dates.
  func used(by commands: CommandGroup) -> Setting {
    var setting = self
    setting.commands = commands
    return setting
  }

  /// Its default value as it would be written, if it has one.
  public var defaultText: String? { format(defaultValue) }

  /// Reads its value and stores it.
  ///
  /// - Throws: `UsageError` that names the source of an invalid value.
  public func store(_ text: SettingText, in settings: inout JobSettings) throws(UsageError) {
    settings[self] = try parse(text)
  }

  /// Its value as it would be written; `nil` if it has none.
  public func text(in settings: JobSettings) -> String? { format(settings[self]) }
}

/// A setting whatever the type of its value.
public protocol SettingDescription: Sendable {
  /// Its key in a job file.
  var name: String { get }
  /// The kind of value it takes.
  var kind: SettingKind { get }
  /// How it is given on the command line.
  var option: SettingOption { get }
  /// The commands that it affects.
  var commands: CommandGroup { get }
  /// What it does, in one sentence.
  var help: String { get }
  /// What applies if it is not given and has no default value.
  var whenUnset: String? { get }
  /// Its default value as it would be written, if it has one.
  var defaultText: String? { get }

  /// Reads its value and stores it.
  ///
  /// - Throws: `UsageError` that names the source of an invalid value.
  func store(_ text: SettingText, in settings: inout JobSettings) throws(UsageError)

  /// Its value as it would be written; `nil` if it has none. Of an address only the host is shown,
  /// because the rest may grant access.
  func text(in settings: JobSettings) -> String?
}

extension SettingDescription {
  /// Its variable in the environment.
  public var variable: String { "TIEOUT_" + name.uppercased() }

  /// Its name on the command line, without the hyphens before it.
  public var optionName: String {
    switch option {
    case .repeated(_, let name), .declaredByCommand(let name): name
    default: name.split(separator: "_").joined(separator: "-")
    }
  }
}

/// How a setting is given on the command line.
public enum SettingOption: Hashable, Sendable {
  /// An option with a value: `--time-zone zone`.
  case value(String)
  /// An option that may be repeated under a name of its own: `--bank-account account`.
  case repeated(String, name: String)
  /// A flag without a value: `--require-manifest`.
  case flag
  /// An option that commands declare themselves, because not all have it or use it in this way.
  case declaredByCommand(name: String)
}
