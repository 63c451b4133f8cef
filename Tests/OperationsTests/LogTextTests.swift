import Testing

@testable import Operations

@Suite("Texts for a log")
struct LogTextTests {
  @Test("hold no control character and nothing that turns or breaks a line")
  func printable() {
    #expect(LogText.printable("caf\u{E9} 名 \u{1F600}") == "caf\u{E9} 名 \u{1F600}")
    #expect(LogText.printable("a\u{1B}[31m\nb") == "a\\u{1B}[31m\\u{A}b")
    #expect(LogText.printable("a\u{202E}b\u{2028}c\u{9B}d") == "a\\u{202E}b\\u{2028}c\\u{9B}d")
  }

  @Test(
    "have bytes with a unit",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (786_432, "786.4 kB"), (999_949, "999.9 kB"),
      (999_950, "1.0 MB"), (27_100_000, "27.1 MB"), (3_600_000_000, "3.6 GB"),
    ])
  func bytes(count: Int, text: String) { #expect(LogText.bytes(count) == text) }

  @Test(
    "have counts that are short",
    arguments: [(0, "0"), (950, "950"), (999.6, "1.0k"), (33_700, "33.7k"), (1_900_000, "1.9M")])
  func counts(count: Double, text: String) { #expect(LogText.count(count) == text) }

  @Test(
    "have times as clocks do",
    arguments: [(0, "0:00"), (0.2, "0:01"), (42, "0:42"), (61, "1:01"), (3727, "1:02:07")])
  func times(seconds: Double, text: String) { #expect(LogText.time(seconds) == text) }
}
