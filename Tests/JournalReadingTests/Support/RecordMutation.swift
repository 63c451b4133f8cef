@testable import JournalReading

/// Ways to damage a record's bytes, or to write the same record otherwise.
enum RecordMutation {
  private static let structure = Array("{}[],:\"\\ 0a\u{1}".utf8)

  /// The record with up to three random changes.
  static func mutated(_ record: [UInt8], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = record
    for _ in 0...generator.below(3) where !bytes.isEmpty { change(&bytes, &generator) }
    // A line feed ends a record, so that no record has one.
    return bytes.filter { $0 != 0x0A }
  }

  private static func change(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    let place = generator.below(bytes.count)
    switch generator.below(9) {
    case 0: bytes[place] ^= 1 << UInt8(generator.below(8))
    case 1: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
    case 2: bytes.removeSubrange(place...)
    case 3: bytes.remove(at: place)
    case 4: bytes.insert(generator.pick(structure), at: place)
    case 5: bytes[place] = generator.pick(structure)
    case 6: bytes.insert(contentsOf: stretch(of: bytes, &generator), at: place)
    case 7: swapMembers(&bytes, &generator)
    default: repeatMember(&bytes, &generator)
    }
  }

  private static func stretch(
    of bytes: [UInt8], _ generator: inout SeededGenerator
  ) -> [UInt8] {
    let start = generator.below(bytes.count)
    return Array(bytes[start..<min(bytes.count, start + 1 + generator.below(60))])
  }

  /// Two neighbouring pieces between commas change places.
  private static func swapMembers(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    let commas = bytes.indices.filter { bytes[$0] == JSONScanner.comma }
    guard commas.count > 2 else { return }
    let first = generator.below(commas.count - 2)
    let (one, two, three) = (commas[first], commas[first + 1], commas[first + 2])
    bytes.replaceSubrange(one..<three, with: bytes[two..<three] + bytes[one..<two])
  }

  /// A piece between commas stands twice.
  private static func repeatMember(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
    let commas = bytes.indices.filter { bytes[$0] == JSONScanner.comma }
    guard commas.count > 1 else { return }
    let first = generator.below(commas.count - 1)
    let other = generator.pick(commas)
    bytes.insert(contentsOf: bytes[commas[first]..<commas[first + 1]], at: other)
  }

  /// The same JSON text with a blank after each value and name, and each string's first byte escaped.
  ///
  /// No value in it has the form that exporters write, so all of it is read in the general way.
  ///
  /// - Parameter json: a text that is well formed.
  static func spelledOut(_ json: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    var isInString = false
    var position = 0
    while position < json.count {
      let byte = json[position]
      bytes.append(byte)
      position += 1
      if isInString && byte == JSONScanner.backslash {
        bytes.append(json[position])
        position += 1
      } else if byte == JSONScanner.quote {
        isInString.toggle()
        if isInString, position < json.count { escape(json, &position, into: &bytes) }
        if !isInString { bytes.append(0x20) }
      } else if !isInString, (0x30...0x39).contains(byte), position < json.count,
        [JSONScanner.comma, UInt8(ascii: "}"), UInt8(ascii: "]")].contains(json[position])
      {
        bytes.append(0x20)
      }
    }
    return bytes
  }

  private static func escape(_ json: [UInt8], _ position: inout Int, into bytes: inout [UInt8]) {
    let byte = json[position]
    guard (0x20..<0x7F).contains(byte), byte != JSONScanner.quote, byte != JSONScanner.backslash
    else { return }
    let digits = Array("0123456789abcdef".utf8)
    bytes += Array("\\u00".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    position += 1
  }
}
