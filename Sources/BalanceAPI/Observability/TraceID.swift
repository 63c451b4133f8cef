import Synchronization

/// Identifies a request across systems: 128 bits. Source: W3C Trace Context, `trace-id`.
///
/// A client that sends the deprecated `X-Trace-Id` instead names its trace itself.
struct TraceID: Hashable, CustomStringConvertible {
  private let high: UInt64
  private let low: UInt64
  /// The client's own name for it.
  private var name: String?

  /// The trace in a `traceparent` header; `nil` if the header is invalid.
  init?(traceparent: String) {
    let bytes = Array(traceparent.utf8)
    let dash = UInt8(ascii: "-")
    guard bytes.count >= 55, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
      let version = Self.hexadecimal(bytes[0..<2]), version != 0xFF,
      // Version 00 ends with the flags; later versions may continue.
      version == 0 ? bytes.count == 55 : bytes.count == 55 || bytes[55] == dash,
      let high = Self.hexadecimal(bytes[3..<19]), let low = Self.hexadecimal(bytes[19..<35]),
      high != 0 || low != 0, let parent = Self.hexadecimal(bytes[36..<52]), parent != 0,
      Self.hexadecimal(bytes[53..<55]) != nil
    else { return nil }
    (self.high, self.low) = (high, low)
  }

  /// A trace of these words.
  init(high: UInt64, low: UInt64) {
    (self.high, self.low) = (high, low)
  }

  /// This trace under the name of an `X-Trace-Id` header; `nil` if the header is invalid.
  ///
  /// Source: the contract, `^[A-Za-z0-9-]{8,128}$`.
  func named(_ name: String) -> TraceID? {
    guard (8...128).contains(name.utf8.count), name.utf8.allSatisfy(Self.isAllowedInName) else {
      return nil
    }
    var trace = self
    trace.name = name
    return trace
  }

  private static func isAllowedInName(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"): true
    default: false
    }
  }

  /// Thirty-two hexadecimal digits in lower case, or the client's own name.
  var description: String { name ?? digits(dashes: []) }

  /// The trace as a URI, which identifies one occurrence of a problem.
  var uri: String { "urn:uuid:" + digits(dashes: [8, 12, 16, 20]) }

  private func digits(dashes: [Int]) -> String {
    String(unsafeUninitializedCapacity: 32 + dashes.count) { bytes in
      var position = 0
      for digit in 0..<32 {
        if dashes.contains(digit) {
          bytes[position] = UInt8(ascii: "-")
          position += 1
        }
        let word = digit < 16 ? high : low
        let value = UInt8(truncatingIfNeeded: word >> UInt64((15 - digit % 16) * 4)) & 0xF
        bytes[position] = value < 10 ? 0x30 + value : 0x57 + value
        position += 1
      }
      return position
    }
  }

  /// The number in lower-case hexadecimal digits; `nil` if there is any other character.
  private static func hexadecimal(_ digits: ArraySlice<UInt8>) -> UInt64? {
    var number: UInt64 = 0
    for digit in digits {
      switch digit {
      case 0x30...0x39: number = number << 4 | UInt64(digit - 0x30)
      case 0x61...0x66: number = number << 4 | UInt64(digit - 0x57)
      default: return nil
      }
    }
    return number
  }
}

/// Creates trace IDs: a counter from a random start, mixed over all 128 bits. They need not be secret, only
/// different.
final class TraceSource: Sendable {
  private let start: (UInt64, UInt64)
  private let count = Atomic<UInt64>(0)

  /// - Parameter generator: provides the random start.
  init(using generator: inout some RandomNumberGenerator) {
    start = (generator.next(), generator.next())
  }

  func next() -> TraceID {
    let number = count.wrappingAdd(1, ordering: .relaxed).newValue
    return TraceID(
      high: Self.mix(start.0 &+ number) | 1, low: Self.mix(start.1 ^ number))
  }

  /// SplitMix64's mixing function, which is a bijection.
  private static func mix(_ number: UInt64) -> UInt64 {
    var word = number &* 0x9E37_79B9_7F4A_7C15
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
