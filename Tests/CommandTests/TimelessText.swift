import Foundation
import Testing

/// Texts without the moments in them: campaigns compare hundreds of report sets, for which a regular
/// expression is far too slow.
enum TimelessText {
  private static let date = Array("0000-00-00".utf8)
  private static let minute = Array("00:00".utf8)
  private static let second = Array(":00".utf8)
  private static let zone = Array(" UTC".utf8)

  /// A text with `<moment>` for each `2026-01-05T04:20:00Z`, `2026-01-05 04:20` and `2026-01-05 04:20:00 UTC`.
  static func of(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var (result, copied): ([UInt8], Int) = ([], 0)
    var place = bytes.startIndex
    while let colon = colon(in: bytes, from: place) {
      place = colon + 1
      let start = colon - date.count - 3
      guard start >= copied, let end = end(ofMomentAt: start, in: bytes) else { continue }
      result += bytes[copied..<start] + Array("<moment>".utf8)
      (copied, place) = (end, end)
    }
    return String(decoding: result + bytes[copied...], as: UTF8.self)
  }

  /// The place of the next colon; a library function, since a loop of an unoptimised test is slow.
  private static func colon(in bytes: [UInt8], from place: Int) -> Int? {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress, place < buffer.count else { return nil }
      return memchr(base + place, CInt(UInt8(ascii: ":")), buffer.count - place)
        .map { UnsafeRawPointer($0) - base }
    }
  }

  private static func end(ofMomentAt start: Int, in bytes: [UInt8]) -> Int? {
    var end = start
    func skip(_ form: [UInt8]) -> Bool {
      guard bytes.count - end >= form.count else { return false }
      let fits = zip(form, bytes[end...]).allSatisfy { wanted, byte in
        wanted == UInt8(ascii: "0")
          ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == wanted
      }
      if fits { end += form.count }
      return fits
    }
    guard skip(date) else { return nil }
    if skip([UInt8(ascii: "T")]) {
      return skip(minute) && skip(second) && skip([UInt8(ascii: "Z")]) ? end : nil
    }
    guard skip([UInt8(ascii: " ")]), skip(minute) else { return nil }
    _ = skip(second)
    _ = skip(zone)
    return end
  }
}

@Suite("Texts without moments")
struct TimelessTextTests {
  @Test(
    "moments are replaced, and nothing else",
    arguments: [
      ("", ""), (":", ":"), ("a: 2026-01-05T04:20:00Z,", "a: <moment>,"),
      ("2026-01-05 04:20", "<moment>"), ("2026-01-05 04:20:59 UTC.", "<moment>."),
      ("2026-01-05T04:20", "2026-01-05T04:20"), ("2026-01-05", "2026-01-05"),
      ("é2026-01-05 04:20 UTCx2026-01-05T04:20:00Z", "é<moment>x<moment>"), ("1:2:3", "1:2:3"),
    ])
  func momentsAreReplaced(text: String, expected: String) {
    #expect(TimelessText.of(text) == expected)
  }
}
