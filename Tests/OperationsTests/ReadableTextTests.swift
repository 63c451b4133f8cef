import Testing

@testable import Operations

@Suite("Readable text")
struct ReadableTextTests {
  @Test("escapes control characters and marks that reverse or break a line")
  func controlCharactersAreEscaped() {
    #expect(ReadableText.printable("caf\u{E9} 名 \u{1F600}") == "caf\u{E9} 名 \u{1F600}")
    #expect(ReadableText.printable("a\u{1B}[31m\nb") == "a\\u{1B}[31m\\u{A}b")
    #expect(ReadableText.printable("a\u{202E}b\u{2028}c\u{9B}d") == "a\\u{202E}b\\u{2028}c\\u{9B}d")
  }

  @Test(
    "formats bytes with a unit",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (786_432, "786.4 kB"), (999_949, "999.9 kB"),
      (999_950, "1.0 MB"), (27_100_000, "27.1 MB"), (3_600_000_000, "3.6 GB"),
    ])
  func bytesHaveUnit(count: Int, text: String) { #expect(ReadableText.bytes(count) == text) }

  @Test(
    "shortens counts",
    arguments: [(0, "0"), (950, "950"), (999.6, "1.0k"), (33_700, "33.7k"), (1_900_000, "1.9M")])
  func countsAreShortened(count: Double, text: String) {
    #expect(ReadableText.count(count) == text)
  }

  @Test(
    "formats durations like a clock",
    arguments: [(0, "0:00"), (0.2, "0:01"), (42, "0:42"), (61, "1:01"), (3727, "1:02:07")])
  func durationsReadLikeClock(seconds: Double, text: String) {
    #expect(ReadableText.time(seconds) == text)
  }
}
