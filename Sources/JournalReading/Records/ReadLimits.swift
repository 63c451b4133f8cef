/// What a part may grow to before it is refused, and a record before it is quarantined.
public struct ReadLimits: Sendable {
  /// Bytes of one record, its line end not counted.
  public var recordBytesMax: Int
  /// Bytes of one part once inflated.
  public var partBytesMax: Int
  /// How deep arrays and objects of a record may nest; the record itself is depth 1.
  public static let nestingMax = 32

  /// 1 MiB a record and 1 TiB a part, unless said otherwise.
  public init(recordBytesMax: Int = 1 << 20, partBytesMax: Int = 1 << 40) {
    self.recordBytesMax = recordBytesMax
    self.partBytesMax = partBytesMax
  }
}
