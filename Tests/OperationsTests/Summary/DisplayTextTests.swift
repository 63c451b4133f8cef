import Testing

@testable import Operations

@Suite("Text in columns")
struct DisplayTextTests {
  @Test(
    "counts two columns for wide characters, and one for letters with marks",
    arguments: [("abc", 3), ("café", 4), ("cafe\u{301}", 4), ("東京", 4), ("🏦", 2), ("", 0)])
  func wideCharactersTakeTwoColumns(text: String, columns: Int) {
    #expect(DisplayText.columns(text) == columns)
  }

  @Test("is shortened to fit, also where a wide character stands at the end")
  func shortenedTextFits() {
    #expect(DisplayText.shortened("Harbor Lending", to: 14) == "Harbor Lending")
    #expect(DisplayText.shortened("Harbor Lending", to: 8) == "Harbor …")
    #expect(DisplayText.shortened("東京銀行", to: 4) == "東…")
  }

  @Test("is padded on either side")
  func paddingFillsColumns() {
    #expect(DisplayText.padded("東京", to: 6) == "東京  ")
    #expect(DisplayText.padded("-1.50", to: 7, isFigure: true) == "  -1.50")
    #expect(DisplayText.padded("too long", to: 3) == "too long")
  }

  @Test(
    "wraps at spaces without losing anything",
    arguments: [1, 2, 3, 5, 8, 13, 21, 80],
    [
      "a date is closed completely or not at all", "one-very-long-word-that-has-to-be-cut",
      "東京 の 銀行 は ここ に あり ます", "  two spaces  before and between ", "", " ",
    ])
  func wrappingLosesNothing(width: Int, text: String) {
    let lines = DisplayText.wrapped(text, to: width, indent: 2)
    let wideWidth = max(width, 2)
    #expect(lines.allSatisfy { DisplayText.columns($0) <= wideWidth }, "\(lines)")
    let words = { (text: String) in text.filter { $0 != " " } }
    #expect(words(lines.joined()) == words(text))
  }

  @Test("has an indent before each line but the first")
  func linesAfterTheFirstAreIndented() {
    #expect(DisplayText.wrapped("one two three", to: 8, indent: 2) == ["one two", "  three"])
  }
}
