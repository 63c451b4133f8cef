/// What the records of a zip archive begin with.
///
/// Source: PKWARE, APPNOTE.TXT, sections 4.3.7 to 4.3.16.
public enum ZipSignature {
  /// A member, before its data.
  public static let member: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
  /// A line of the directory.
  public static let entry: [UInt8] = [0x50, 0x4B, 0x01, 0x02]
  /// The end of the directory.
  public static let end: [UInt8] = [0x50, 0x4B, 0x05, 0x06]
  /// The end of a directory whose numbers need 64 bits.
  public static let end64: [UInt8] = [0x50, 0x4B, 0x06, 0x06]
  /// Where the record before is.
  public static let locator64: [UInt8] = [0x50, 0x4B, 0x06, 0x07]
  /// The header of the extra field with sizes of 64 bits.
  public static let extra64: UInt16 = 0x0001
  /// The size that says that the extra field has it.
  public static let in64Bits: UInt32 = 0xFFFF_FFFF
}
