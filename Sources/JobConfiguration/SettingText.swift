/// A setting as it was written, and where.
public struct SettingText: Sendable {
  /// The value as text; the items of a list are separated by commas.
  public let text: String
  /// Where it was written: `--exports`, `TIEOUT_EXPORTS`, `nightly.yaml line 3`.
  public let source: String
  /// The entries of a setting that is a list of mappings.
  public let mappings: [SettingMapping]

  /// A value from that place.
  public init(_ text: String, source: String, mappings: [SettingMapping] = []) {
    self.text = text
    self.source = source
    self.mappings = mappings
  }

  /// An error with this value, its source and the reason why it is invalid.
  func invalid(_ reason: String, hint: String = "") -> UsageError {
    UsageError("\(source): '\(text)' \(reason).\(hint)")
  }
}

/// One entry of a setting that is a list of mappings.
public struct SettingMapping: Sendable {
  /// Each value by its name.
  public let values: [String: String]
  /// Where each name was written.
  public let places: [String: String]

  /// An entry of these values.
  public init(values: [String: String], places: [String: String]) {
    self.values = values
    self.places = places
  }
}
