/// The largest part that is accepted, and the largest record that is not quarantined.
public struct ReadLimits: Sendable {
  /// Bytes of one record, without its line end.
  public var recordBytesMax: Int
  /// Bytes of one part once inflated.
  public var partBytesMax: Int
  /// The maximum nesting depth of arrays and objects; the record itself is depth 1.
  public static let nestingMax = 32

  /// Limits of 1 MiB per record and 1 TiB per part by default.
  public init(recordBytesMax: Int = 1 << 20, partBytesMax: Int = 1 << 40) {
    self.recordBytesMax = recordBytesMax
    self.partBytesMax = partBytesMax
  }
}
