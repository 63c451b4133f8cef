import LedgerDomain
import StatementReading
import Testing

@Suite("The order of a table's rows")
struct CSVOrderTests {
  private static let rows = [
    "2026-03-30,1.00,11.00", "2026-03-30,2.00,13.00", "2026-03-31,4.00,17.00",
    "2026-03-31,8.00,25.00",
  ]

  private func read(_ order: [Int], isNewestFirst: Bool? = nil) -> StatementFile {
    let rows = order.map { Self.rows[$0] }.joined(separator: "\n")
    return CSVSample.read("Date,Amount,Balance\n\(rows)\n") { $0.isNewestFirst = isNewestFirst }
  }

  @Test(
    "is told from the balances, whatever it is and whatever the mapping says",
    arguments: [[0, 1, 2, 3], [3, 2, 1, 0], [2, 3, 0, 1], [1, 0, 3, 2]], [nil, true, false])
  func balancesProveTheOrder(order: [Int], isNewestFirst: Bool?) throws {
    let file = read(order, isNewestFirst: isNewestFirst)
    let statement = try #require(file.statements.first)
    #expect(statement.entries.map(\.amountMinor) == [100, 200, 400, 800])
    #expect(statement.entries.map(\.number) == [1, 2, 3, 4])
    #expect(statement.opening?.amountMinor == 1000 && statement.closing.amountMinor == 2500)
    #expect(statement.closing.date.description == "2026-03-31")
    let plain = isNewestFirst.map { $0 ? [3, 2, 1, 0] : [0, 1, 2, 3] }
    let isExpected = plain.map { $0 == order } ?? (order == [0, 1, 2, 3] || order == [3, 2, 1, 0])
    #expect(file.notes.isEmpty == isExpected, "\(file.notes)")
  }

  @Test("within one day is told from the balances")
  func oneDayIsTold() throws {
    let file = CSVSample.read(
      "Date,Amount,Balance\n2026-03-31,2.00,13.00\n2026-03-31,1.00,11.00\n")
    #expect(file.statements.first?.closing.amountMinor == 1300)
    #expect(
      file.notes.map(\.message) == [
        "The balances show the newest row first, and the table was read so."
      ])
  }

  @Test("is not guessed where balances and dates leave it open")
  func openOrderIsRefused() {
    let text = "Date,Amount,Balance\n2026-03-31,5.00,15.00\n2026-03-31,-5.00,10.00\n"
    #expect(
      CSVSample.message(CSVSample.read(text)).contains("Set csv_newest_first to true or false"))
    for (isNewestFirst, closing) in [(true, 1500), (false, 1000)] as [(Bool, AmountMinor)] {
      let file = CSVSample.read(text) { $0.isNewestFirst = isNewestFirst }
      #expect(file.statements.first?.closing.amountMinor == closing)
    }
    let days = CSVSample.read(
      "Date,Amount,Balance\n2026-03-31,5.00,15.00\n2026-03-30,-5.00,10.00\n")
    #expect(days.statements.first?.closing.amountMinor == 1500, "the dates tell it")
  }

  @Test("comes from the dates, then the mapping, in a table without balances")
  func datesTellTheOrder() {
    func read(_ days: [Int], _ isNewestFirst: Bool?) -> [AmountMinor] {
      let rows = days.enumerated().map { "2026-03-\($1),\($0 + 1).00\n" }.joined()
      return CSVSample.read("Closing,9.00\nDate,Amount\n\(rows)") {
        $0.balances = .rows(opening: nil, closing: "Closing")
        $0.isNewestFirst = isNewestFirst
      }.statements.flatMap { $0.entries.map(\.amountMinor) }
    }
    #expect(read([30, 31], nil) == [100, 200] && read([31, 30], nil) == [200, 100])
    #expect(read([30, 31], true) == [100, 200])
    #expect(read([31, 31], nil) == [100, 200] && read([31, 31], true) == [200, 100])
  }

  @Test("of a balance on the last row of each day is that of the days")
  func lastRowOfDayHasTheBalance() {
    let rising =
      "2026-03-30,1.00,\n2026-03-30,2.00,13.00\n2026-03-31,4.00,\n2026-03-31,8.00,25.00\n"
    let falling =
      "2026-03-31,8.00,25.00\n2026-03-31,4.00,\n2026-03-30,2.00,13.00\n2026-03-30,1.00,\n"
    for rows in [rising, falling] {
      let statement = CSVSample.read("Date,Amount,Balance\n\(rows)").statements.first
      #expect(statement?.opening?.amountMinor == 1000 && statement?.closing.amountMinor == 2500)
      #expect(statement?.entries.map(\.amountMinor) == [100, 200, 400, 800])
    }
    let open = CSVSample.message(
      CSVSample.read(
        "Date,Amount,Balance\n2026-03-30,1.00,\n2026-03-30,2.00,13.00\n2026-03-31,4.00,\n"))
    #expect(open.contains("line 4 is the newest row and has no balance in 'Balance'"), "\(open)")
  }

  @Test("that no balances prove is a fault at the row that breaks them")
  func brokenBalancesNameTheRow() {
    let message = CSVSample.message(
      CSVSample.read(
        "Date,Amount,Balance\n2026-03-30,1.00,11.00\n2026-03-30,2.00,14.00\n2026-03-31,4.00,18.00\n"
      ))
    #expect(
      message.contains(
        "line 3 has the balance 14.00 in 'Balance', but the rows before it lead to 13.00"))
    #expect(message.contains("set csv_status"))
  }
}
