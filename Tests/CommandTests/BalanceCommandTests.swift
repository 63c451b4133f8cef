import Foundation
import Testing

@Suite("tieout balance")
struct BalanceCommandTests {
  /// 5 January: 500. 6 January: nothing. 7 January: 30 for itself and 100 for the 5th.
  private func place() throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05", "500")])
    try place.export("2026-01-06", [])
    try place.export(
      "2026-01-07",
      [
        TestDirectory.entry(2, on: "2026-01-07", "30"),
        TestDirectory.entry(3, on: "2026-01-07", effective: "2026-01-05", "100"),
      ])
    #expect(try place.close(through: "2026-01-07").exitCode == 0)
    return place
  }

  private func balance(_ place: TestDirectory, _ arguments: String...) throws -> CommandOutcome {
    let common = ["balance", "--store", "books.sqlite", "--tenant", TestDirectory.tenant]
    return try TieoutProcess(common + arguments, in: place).wait()
  }

  private func figures(_ outcome: CommandOutcome) -> [[String]] {
    CSVTable(outcome.output).selecting([
      "as_of_date", "account_code", "dr_balance_minor", "cr_balance_minor", "normal_balance_minor",
    ])
  }

  @Test("tells every key's balance of the last closed date")
  func balancesAreThoseOfTheLastClosedDate() throws {
    let outcome = try balance(place(), "--format", "csv")
    #expect(outcome.exitCode == 0)
    #expect(
      figures(outcome) == [
        ["2026-01-07", "1000", "630", "0", "630"], ["2026-01-07", "3000", "0", "630", "630"],
      ])
    #expect(CSVTable(outcome.output)["normal_balance"] == ["6.30", "6.30"])
    #expect(CSVTable(outcome.output)["account_name"] == ["Cash", "Paid-in capital"])
  }

  @Test("tells one account's balance of a date, as it is known now or was then")
  func knownAtGivesTheBalanceAsItWas() throws {
    let place = try place()
    let now = try balance(place, "1000", "--as-of", "2026-01-05", "--format", "csv")
    #expect(figures(now) == [["2026-01-05", "1000", "600", "0", "600"]])
    for close in ["1", "2"] {
      let then = try balance(
        place, "1000", "--as-of", "2026-01-05", "--known-at", close, "--format", "csv")
      #expect(figures(then) == [["2026-01-05", "1000", "500", "0", "500"]])
    }
    let third = try balance(
      place, "1000", "--as-of", "2026-01-05", "--known-at", "3", "--format", "csv")
    #expect(figures(third) == figures(now))
  }

  @Test("does not tell what the books said at a close that there has not been")
  func knownAtAFutureCloseIsRefused() throws {
    let outcome = try balance(place(), "1000", "--known-at", "99", "--format", "csv")
    #expect(outcome.exitCode == 2 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("there is no close 99 yet; the last is 3"))
  }

  @Test("says that a date was not closed yet at an earlier close", arguments: ["1", "2026-01-04"])
  func dateNotYetClosedAtThatCloseIsReported(close: String) throws {
    let outcome = try balance(
      place(), "1000", "--as-of", "2026-01-06", "--known-at", close, "--format", "csv")
    #expect(outcome.exitCode == 2)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("not_closed"))
  }

  @Test("tells zero of an account without activity")
  func accountWithoutActivityHasZero() throws {
    let outcome = try balance(place(), "2000", "--currency", "EUR", "--format", "csv")
    #expect(outcome.exitCode == 0)
    #expect(figures(outcome) == [["2026-01-07", "2000", "0", "0", "0"]])
    #expect(CSVTable(outcome.output)["currency"] == ["EUR"])
    #expect(CSVTable(outcome.output)["normal_balance"] == ["0.00"])
  }

  @Test("tells failure from zero: no such account, not closed, before the first close")
  func failuresDifferFromZero() throws {
    let place = try place()
    let questions = [
      (["7777"], "unknown_account"), (["1000", "--as-of", "2026-01-08"], "not_closed"),
      (["1000", "--as-of", "2026-01-04"], "before_opening"),
    ]
    for (arguments, code) in questions {
      let common = ["balance", "--store", "books.sqlite", "--tenant", TestDirectory.tenant]
      let outcome = try TieoutProcess(common + arguments, in: place).wait()
      #expect(outcome.exitCode == 2)
      #expect(outcome.output == "")
      #expect(outcome.errors.contains(code), "\(outcome.errors)")
    }
    let stranger = try place.tieout(
      "balance", "--store", "books.sqlite", "--tenant", TestDirectory.otherTenant)
    #expect(stranger.exitCode == 2)
    #expect(stranger.errors.contains("not_closed"))
  }

  @Test(
    "refuses a question that is none with 64",
    arguments: [
      ["10"], ["1000", "--currency", "usd"], ["1000", "--currency", "XXZ"],
      ["1000", "--layer", "settled"], ["1000", "--as-of", "2026-02-30"], ["--known-at", "x"],
    ])
  func invalidOptionsExitWith64(arguments: [String]) throws {
    let common = ["balance", "--store", "books.sqlite", "--tenant", TestDirectory.tenant]
    let outcome = try TieoutProcess(common + arguments, in: place()).wait()
    #expect(outcome.exitCode == 64)
  }

  @Test("says the same as a table, as CSV and as JSON")
  func formatsHaveTheSameContents() throws {
    let place = try place()
    let csv = CSVTable(try balance(place, "--format", "csv").output)
    let json = try JSONDecoder().decode(
      [[String: String]].self, from: Data(balance(place, "--format", "json").output.utf8))
    #expect(json.count == 2)
    for (row, object) in zip(csv.rows, json) {
      #expect(Dictionary(uniqueKeysWithValues: zip(csv.columns, row)) == object)
    }
    let table = try balance(place).output
    let lines = table.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(lines[0] == csv.columns)
    #expect(lines[1] == csv.rows[0])
    #expect(table == (try balance(place, "--format", "table").output))
  }

  @Test("keeps an account's name in its cell, whatever it is")
  func accountNamesAreEscapedInCSV() throws {
    let names = ["Cash, \"petty\"", "two\nlines", "quote\"\u{301}accent", "tab\there"]
    let place = try TestDirectory()
    for (index, name) in names.enumerated() {
      let quoted = name.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
      try place.write(
        "chart.csv",
        "account_code,account_name,normal_side\n1000,\"\(quoted)\",DR\n3000,Paid-in capital,CR\n")
      let date = "2026-01-0\(index + 5)"
      try place.export(date, [TestDirectory.entry(index, on: date)])
      #expect(try place.close(through: date).exitCode == 0)
      let outcome = try balance(place, "1000", "--format", "csv")
      #expect(CSVTable(outcome.output)["account_name"] == [name])
    }
  }
}
