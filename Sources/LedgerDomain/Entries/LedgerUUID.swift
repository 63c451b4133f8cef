/// A UUID as two 64-bit words, so that it is compared, hashed and stored without a string.
public struct LedgerUUID: Hashable, Comparable, Sendable {
  /// The first sixteen hexadecimal digits.
  public let high: UInt64
  /// The last sixteen hexadecimal digits.
  public let low: UInt64

  /// Creates the UUID.
  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The UUID written in the 8-4-4-4-12 form, in either case; `nil` for any other text.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return nil }
    var words: [UInt64] = [0, 0]
    var digits = 0
    for (index, byte) in bytes.enumerated() {
      if [8, 13, 18, 23].contains(index) {
        guard byte == 0x2D else { return nil }
        continue
      }
      guard let digit = Self.hexDigit(byte) else { return nil }
      words[digits / 16] = words[digits / 16] << 4 | digit
      digits += 1
    }
    self.init(high: words[0], low: words[1])
  }

  private static func hexDigit(_ byte: UInt8) -> UInt64? {
    switch byte {
    case 0x30...0x39: UInt64(byte - 0x30)
    case 0x41...0x46: UInt64(byte - 0x37)
    case 0x61...0x66: UInt64(byte - 0x57)
    default: nil
    }
  }

  /// Orders values as the store sorts rows.
  public static func < (left: LedgerUUID, right: LedgerUUID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension LedgerUUID: CustomStringConvertible {
  /// The UUID in lower case, in the 8-4-4-4-12 form.
  public var description: String {
    String(unsafeUninitializedCapacity: 36) { bytes in
      var position = 0
      for digit in 0..<32 {
        if [8, 12, 16, 20].contains(digit) {
          bytes[position] = 0x2D
          position += 1
        }
        let word = digit < 16 ? high : low
        let value = UInt8(truncatingIfNeeded: word >> UInt64((15 - digit % 16) * 4)) & 0xF
        bytes[position] = value < 10 ? 0x30 + value : 0x57 + value
        position += 1
      }
      return 36
    }
  }
}

/// Whose books: every entry, balance and close belongs to exactly one tenant.
public struct TenantID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The tenant's UUID.
  public let uuid: LedgerUUID

  /// The tenant of that UUID.
  public init(_ uuid: LedgerUUID) {
    self.uuid = uuid
  }

  /// The tenant whose UUID is written in the text, in either case.
  public init?(_ text: some StringProtocol) {
    guard let uuid = LedgerUUID(text) else { return nil }
    self.init(uuid)
  }

  /// The UUID in lower case.
  public var description: String { uuid.description }

  /// Orders values as the store sorts rows.
  public static func < (left: TenantID, right: TenantID) -> Bool { left.uuid < right.uuid }
}

/// Which journal entry: unique in the ledger, given by it.
public struct JournalEntryID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The entry's UUID.
  public let uuid: LedgerUUID

  /// The entry of that UUID.
  public init(_ uuid: LedgerUUID) {
    self.uuid = uuid
  }

  /// The UUID in lower case.
  public var description: String { uuid.description }

  /// Orders values as the store sorts rows.
  public static func < (left: JournalEntryID, right: JournalEntryID) -> Bool {
    left.uuid < right.uuid
  }
}
