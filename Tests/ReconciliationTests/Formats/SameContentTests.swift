import LedgerDomain
import Reconciliation
import Testing

@Suite("The same content in every format")
struct SameContentTests {
  /// What a reconciliation says, without what only one format says: items by name.
  private func outcome(_ result: BankDayResult) -> [String] {
    let reconciliation = result.reconciliation
    let statement = reconciliation.statement.map { "\($0.openingMinor)…\($0.closingMinor)" }
    let groups = Dictionary(grouping: reconciliation.outstanding, by: \.ambiguousGroup)
    return [
      "\(result.date) \(reconciliation.status) \(statement ?? "-") "
        + "\(reconciliation.differenceMinor) \(reconciliation.unexplainedMinor) \(result.tieOut.status)"
    ]
      + reconciliation.matches.map { names($0.items) }.sorted()
      + groups.map { group, open in
        "\(group == nil ? "outstanding" : "ambiguous") \(names(open.map(\.item)))"
      }.sorted()
  }

  private func names(_ items: [BankItem]) -> String {
    items.map { "\(KnownBooks.name($0)) \($0.amountMinor)" }.sorted().joined(separator: ", ")
  }

  private func outcomes(_ books: KnownBooks, _ format: BankFormat) throws -> [[String]] {
    let calendar = KnownCalendar.calendar
    var nights = KnownNights(books: books, calendar: calendar)
    for (night, statement) in BankDeliveries(daily: books, format.abilities(calendar)).all {
      let name = "\(format)-\(statement.closing.date)"
      nights.statements += format.delivered(statement, name: name).map {
        (night, StatementDelivery($0, arrival: night, isMapped: format == .csv))
      }
      if !format.hasTransactions {
        nights.notifications += BankFormat.notified(statement, name: "\(name)-details").map {
          (night, $0)
        }
      }
    }
    return try nights.atOnce().map(outcome)
  }

  @Test("gives the same reconciliation: matches, differences, outstanding items and tie-outs")
  func formatsAgree() throws {
    for seed in 1...40 as ClosedRange<UInt64> {
      let books = KnownBooks(
        seed: seed, calendar: KnownCalendar.calendar, ownReferences: .all)
      let expected = try outcomes(books, .camt053)
      #expect(expected.joined().contains { $0.hasPrefix("outstanding") }, "seed \(seed)")
      for format in BankFormat.allCases.dropFirst() {
        let found = try outcomes(books, format)
        #expect(found.count == KnownBooks.dayCount)
        for (own, other) in zip(found, expected) {
          #expect(own == other, "seed \(seed), \(format.rawValue)")
        }
      }
    }
  }
}
