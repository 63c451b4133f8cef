import LedgerDomain
import Reconciliation
import TestSupport
import Testing

@Suite("The pages of a statement")
struct StatementPagesTests {
  private func check(
    _ pages: [SampleStatement], _ expected: [String], waiting: Int = 0,
    _ location: SourceLocation = #_sourceLocation
  ) {
    var numbers = SeededNumbers(seed: 5)
    for _ in 0..<6 {
      let series = StatementSeries(pages.shuffled(using: &numbers))
      #expect(series.text == expected, sourceLocation: location)
      let findings = (0..<9).flatMap { series.waitingFindings(of: KnownBooks.date($0)) }
      #expect(
        findings.map(\.code) == Array(repeating: .statementIncomplete, count: waiting),
        sourceLocation: location)
    }
  }

  private let pages = [
    SampleStatement(
      opening: 100, entries: ["30 a"], file: "1.sta", sequence: 12, page: StatementPage(number: 1),
      endsBetweenPages: true),
    SampleStatement(
      opening: 130, entries: ["5 b"], file: "2.sta", sequence: 12, page: StatementPage(number: 2),
      startsBetweenPages: true, endsBetweenPages: true),
    SampleStatement(
      opening: 135, entries: ["-1 c"], file: "3.sta", sequence: 12, page: StatementPage(number: 3),
      startsBetweenPages: true),
  ]

  @Test("are joined by their intermediate balances, in whatever order they come")
  func intermediateBalancesJoin() {
    check(pages, ["0: 100…134 [30 5 -1]"])
    let again = pages.map { page in
      var page = page
      page.file = "again-" + page.file
      page.arrival = 1
      return page
    }
    check(pages + again, ["0: 100…134 [30 5 -1]"])
  }

  @Test("are joined without numbers as well")
  func unnumberedPagesJoin() {
    check(
      pages.map { page in
        var page = page
        (page.page, page.sequence, page.identifier) = (nil, nil, "S")
        return page
      }, ["0: 100…134 [30 5 -1]"])
  }

  @Test("are joined by number if each has the balances of the whole statement")
  func numberedPagesJoin() {
    check(
      (1...3).map { number in
        SampleStatement(
          opening: 100, entries: [["30 a", "5 b", "-1 c"][number - 1]], closing: 134,
          file: "\(number).xml", identifier: "S",
          page: StatementPage(number: number, isLast: number == 3))
      }, ["0: 100…134 [30 5 -1]"])
  }

  @Test("wait for those that are missing")
  func missingPagesAreAwaited() {
    check([pages[0], pages[2]], [], waiting: 2)
    check([pages[0], pages[1]], [], waiting: 2)
    check([pages[1], pages[2]], [], waiting: 2)
    check([pages[0]], [], waiting: 1)
  }

  @Test("of two statements with the same number, a year apart, are not mixed")
  func numbersRecurEveryYear() {
    let next = pages.map { page in
      var page = page
      page.day = 365
      page.opening = page.opening.map { $0 + 34 }
      page.file = "next-" + page.file
      return page
    }
    check(pages + next, ["0: 100…134 [30 5 -1]", "365: 134…168 [30 5 -1]"])
  }
}
