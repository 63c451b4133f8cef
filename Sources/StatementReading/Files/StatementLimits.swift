/// Limits on a statement file, which keep it from exhausting memory.
public struct StatementLimits: Hashable, Sendable {
  /// Bytes of a document.
  public var documentBytesMax = 2 << 30
  /// Bytes of a table, which is held in memory.
  public var tableBytesMax = 256 << 20
  /// Bytes before a document's first element.
  public var prologBytesMax = 64 << 10
  /// The maximum nesting depth of elements.
  public var depthMax = 64
  /// Bytes of an element's text, or of its attributes together.
  public var textBytesMax = 64 << 10

  /// The default limits.
  public init() {}
}
