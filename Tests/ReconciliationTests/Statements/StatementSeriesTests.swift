import LedgerDomain
import Reconciliation
import TestSupport
import Testing

@Suite("The statements of an account that count")
struct StatementSeriesTests {
  private func check(
    _ statements: [SampleStatement], _ expected: [String], _ codes: [FindingCode] = [],
    _ location: SourceLocation = #_sourceLocation
  ) {
    let series = StatementSeries(statements)
    #expect(series.text == expected, sourceLocation: location)
    #expect(series.codes == codes, sourceLocation: location)
    var numbers = SeededNumbers(seed: 3)
    for _ in 0..<5 {
      #expect(
        StatementSeries(statements.shuffled(using: &numbers)) == series, sourceLocation: location)
    }
  }

  @Test("count for their closing date, whatever folder they are in")
  func closingDateDecides() {
    check(
      [
        SampleStatement(day: 1, opening: 130, entries: ["5 c"], file: "b.xml", folder: 1),
        SampleStatement(day: 0, opening: 100, entries: ["30 a"], file: "a.xml", folder: 4),
      ], ["0: 100…130 [30]", "1: 130…135 [5]"], [.statementDateMismatch])
  }

  @Test("count once if they are delivered twice")
  func repeatedStatementsCountOnce() {
    check(
      [
        SampleStatement(opening: 100, entries: ["30 a"], identifier: "1"),
        SampleStatement(
          opening: 100, entries: ["30 a"], file: "b.xml", arrival: 1, identifier: "1"),
        SampleStatement(
          opening: 100, entries: ["30 a"], file: "c.xml", arrival: 2, identifier: "2"),
      ], ["0: 100…130 [30]"], [.statementRepeated, .statementRepeated])
  }

  @Test("are replaced by a later one that has all of their entries")
  func completerStatementsReplace() {
    let first = SampleStatement(opening: 100, entries: ["30 a"])
    let second = SampleStatement(opening: 100, entries: ["5 b", "30 a"], file: "b.xml", arrival: 1)
    check([first, second], ["0: 100…135 [5 30]"], [.statementRepeated])
    #expect(StatementSeries([first, second]).days[0].sources == ["b.xml#1"])
    var early = second
    early.arrival = -1
    check([first, early], ["0: 100…135 [5 30]"], [.statementRepeated])
  }

  @Test("are replaced together with the day before, if the bank sends both again")
  func correctedDaysReplace() {
    let again = [
      SampleStatement(day: 0, opening: 100, entries: ["30 a", "7 b"], file: "c.xml", arrival: 2),
      SampleStatement(day: 1, opening: 137, entries: ["5 c"], file: "d.xml", arrival: 3),
    ]
    let first = SampleStatement(day: 0, opening: 100, entries: ["30 a"], file: "a.xml")
    let second = SampleStatement(
      day: 1, opening: 130, entries: ["5 c"], file: "b.xml", arrival: 1)
    check(
      [first, second] + again, ["0: 100…137 [30 7]", "1: 137…142 [5]"],
      [.statementRepeated, .statementRepeated])
    // What the second one has alone cannot be dropped.
    var other = second
    other.entries = ["5 e"]
    check(
      [first, other] + again,
      ["0: 100…137 [30 7]", "1: 130…142 [5 5] opening -7 opening 2"],
      [.statementRepeated, .statementOpeningMismatch, .statementOpeningMismatch])
  }

  @Test("contradict each other if neither has all of the other's entries")
  func contradictionsNameBoth() throws {
    let first = SampleStatement(opening: 100, entries: ["30 a", "1 c"], second: 10)
    let second = SampleStatement(opening: 100, entries: ["30 a", "2 d"], file: "b.xml", second: 20)
    check([first, second], ["0: 100…131 [30 1] contradiction 1"], [.statementContradiction])
    let message = try #require(StatementSeries([first, second]).days[0].breaks.first?.message)
    #expect(message.contains("a.xml#1") && message.contains("b.xml#1"))
    // The bank's later statement lacks an entry.
    var shorter = second
    shorter.entries = ["30 a"]
    check([first, shorter], ["0: 100…131 [30 1] contradiction -1"], [.statementContradiction])
    // Another reference is another entry.
    let renamed = SampleStatement(
      opening: 100, entries: ["30 a", "1 x"], file: "b.xml", second: 20)
    check([first, renamed], ["0: 100…131 [30 1] contradiction 0"], [.statementContradiction])
  }

  @Test("of one date follow one another by their balances")
  func statementsOfOneDateAreChained() {
    check(
      [
        SampleStatement(opening: 100, entries: ["30 a"], file: "z.xml", arrival: 2),
        SampleStatement(opening: 130, entries: ["-20 b"], file: "m.xml", arrival: 1),
        SampleStatement(day: 1, opening: 110, entries: ["7 c"], file: "c.xml"),
      ], ["0: 100…110 [30 -20]", "1: 110…117 [7]"])
    // With a net of zero, numbers tell a second statement from a repeated one.
    check(
      [
        SampleStatement(opening: 100, entries: ["5 a", "-5 b"], sequence: 1),
        SampleStatement(opening: 100, entries: ["5 a", "-5 b"], file: "b.xml", sequence: 2),
      ], ["0: 100…100 [5 -5 5 -5]"])
  }

  @Test("must add up and continue the one before")
  func breaksHaveTheirAmount() {
    check(
      [
        SampleStatement(opening: 100, entries: ["30 a"], closing: 132),
        SampleStatement(day: 1, opening: 132, entries: ["8 b"], file: "b.xml"),
        SampleStatement(day: 2, opening: 150, entries: ["1 c"], file: "c.xml"),
      ],
      ["0: 100…132 [30] sum 2", "1: 132…140 [8]", "2: 150…151 [1] opening 10"],
      [.statementSumMismatch, .statementOpeningMismatch])
  }

  @Test("without an opening balance continue the last closing balance")
  func closingBalanceAloneIsProven() {
    check(
      [
        SampleStatement(opening: 100, entries: ["30 a"]),
        SampleStatement(day: 1, entries: ["8 b"], closing: 138, file: "b.xml"),
        SampleStatement(day: 2, entries: ["8 c"], closing: 147, file: "c.xml"),
        SampleStatement(day: 3, closing: 147, file: "d.xml"),
      ],
      ["0: 100…130 [30]", "1: 130…138 [8]", "2: 138…147 [8] sum 1", "3: 147…147 []"],
      [.statementSumMismatch])
  }

  @Test("blame the mapping of a table first, and say when signs are reversed")
  func mappingIsBlamedFirst() throws {
    let table = SampleStatement(opening: 100, entries: ["30 a"], closing: 70, isMapped: true)
    var message = try #require(StatementSeries([table]).days[0].breaks.first?.message)
    #expect(message.contains("With the opposite signs it adds up"))
    var wrong = table
    wrong.closing = 71
    message = try #require(StatementSeries([wrong]).days[0].breaks.first?.message)
    #expect(message.contains("in the mapping first"))
    wrong.isMapped = false
    message = try #require(StatementSeries([wrong]).days[0].breaks.first?.message)
    #expect(!message.contains("mapping"))
  }

  @Test("that begin on the same date each time give only what is new")
  func cumulativeDownloadsCountOnce() {
    let days = [
      ["30 a"], ["30 a@-1", "5 b"], ["30 a@-2", "5 b@-1", "5 b"], ["30 a@-3", "5 b@-2", "5 b@-1"],
    ]
    check(
      days.enumerated().map { day, entries in
        SampleStatement(day: day, opening: 100, entries: entries, openingDay: 0, file: "\(day).csv")
      },
      ["0: 100…130 [30]", "1: 130…135 [5]", "2: 135…140 [5]", "3: 140…140 []"])
  }

  @Test("that repeat what came to nothing give only what is new as well")
  func repeatedEntriesMayComeToNothing() {
    check(
      [
        SampleStatement(opening: 100, entries: ["30 a", "-30 b"]),
        SampleStatement(
          day: 1, opening: 100, entries: ["30 a@-1", "-30 b@-1", "5 c"], openingDay: 0,
          file: "b.csv"),
        SampleStatement(day: 2, opening: 105, entries: ["30 d", "-30 e"], file: "c.csv"),
        SampleStatement(day: 3, opening: 105, entries: ["30 f", "-30 g"], file: "d.csv"),
      ],
      ["0: 100…100 [30 -30]", "1: 100…105 [5]", "2: 105…105 [30 -30]", "3: 105…105 [30 -30]"])
  }

  @Test("whose periods overlap give each entry once")
  func overlappingPeriodsCountOnce() {
    check(
      [
        SampleStatement(
          day: 4, opening: 100, entries: ["1 a@-4", "2 b@-2", "3 c@-1", "4 d"], openingDay: 0),
        SampleStatement(
          day: 7, opening: 103, entries: ["3 c@-4", "4 d@-3", "5 e@-1", "6 f"], openingDay: 3,
          file: "b.xml"),
      ], ["4: 100…110 [1 2 3 4]", "7: 110…121 [5 6]"])
  }

  @Test("after a gap do not repeat what the bank has named before")
  func namedEntriesCountOnceAfterGap() {
    check(
      [
        SampleStatement(opening: 100, entries: ["30 a", "1"]),
        SampleStatement(day: 1, opening: 120, entries: ["30 a@-1", "7 c"], file: "b.xml"),
      ],
      ["0: 100…131 [30 1]", "1: 120…157 [7] opening -11 sum 30"],
      [.statementOpeningMismatch, .statementSumMismatch])
  }

  @Test("keep the identities of their items in whatever files these are")
  func identitiesDoNotDependOnFiles() {
    let once = StatementSeries([
      SampleStatement(opening: 100, entries: ["30 a", "5", "5", "30 b"])
    ])
    let again = StatementSeries([
      SampleStatement(opening: 100, entries: ["5", "30 a"], file: "x.xml"),
      SampleStatement(
        opening: 100, entries: ["30 b", "5", "30 a", "5"], file: "y.xml", number: 4, arrival: 1),
    ])
    let identities = once.days[0].items.map(\.identity)
    #expect(Set(identities).count == 4)
    #expect(Set(again.days[0].items.map(\.identity)) == Set(identities))
    #expect(again.days[0].items[0].place == "y.xml#4/1")
  }

  @Test("say from which date on something changed")
  func firstChangeIsFound() {
    let monday = SampleStatement(opening: 100, entries: ["30 a"])
    let thursday = SampleStatement(day: 3, opening: 130, entries: ["5 b"], file: "b.xml")
    let (one, both) = (StatementSeries([monday]), StatementSeries([monday, thursday]))
    #expect(both.firstChange(from: both) == nil)
    #expect(both.firstChange(from: one) == KnownBooks.date(1))
    #expect(one.firstChange(from: both) == KnownBooks.date(1))
    #expect(both.firstChange(from: StatementSeries()) == KnownBooks.date(0))
  }
}
