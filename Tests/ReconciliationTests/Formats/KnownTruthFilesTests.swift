import Foundation
import LedgerDomain
import Reconciliation
import TestSupport
import Testing

/// When the banks of known books work: two weekends, the first of them with a holiday on Monday.
enum KnownCalendar {
  static let calendar = BankingCalendar(holidays: [KnownBooks.date(7)])
}

@Suite("Statement files of every format against known truth")
struct KnownTruthFilesTests {
  private struct Count {
    var seeds = 0
    var determined = 0
    var found = 0
    var ambiguous = 0
    var files = 0
  }

  @Test(
    "no match is wrong, what is determined is found, and after settlement every account reconciles",
    arguments: BankFormat.allCases)
  func filesEndInTheTruth(format: BankFormat) throws {
    var count = Count()
    let place = BankFormat.allCases.firstIndex(of: format) ?? 0
    for seed in KnownTruthTests.seeds where Int(seed) % BankFormat.allCases.count == place {
      try check(seed, format, &count)
    }
    #expect(count.determined > 20 * count.seeds && count.ambiguous > 0)
    #expect(
      count.found * 100 >= count.determined * 99, "\(count.found) of \(count.determined)")
    if ProcessInfo.processInfo.environment["TIEOUT_TRUTHS"] != nil {
      print(
        "\(format.rawValue): \(count.seeds) ledgers, \(count.files) files, \(count.found) of "
          + "\(count.determined) determined matches, \(count.ambiguous) ambiguous")
    }
  }

  private func check(_ seed: UInt64, _ format: BankFormat, _ count: inout Count) throws {
    let calendar = KnownCalendar.calendar
    let books = KnownBooks(
      seed: seed, calendar: calendar, ownReferences: format.ownReferences(seed: seed))
    let comment = "seed \(seed), \(format.rawValue)"
    let nights = nights(books, format)
    let series = nights.series()
    #expect(series.days.flatMap(\.breaks).isEmpty, "\(comment): \(series.days.flatMap(\.breaks))")
    #expect(
      series.days.flatMap(\.items).count
        == books.entries.reduce(0) { $0 + max(1, $1.transactions.count) }, "\(comment)")
    let results = try nights.atOnce()
    let isSame = try nights.endAsOne(results)
    #expect(isSame, "\(comment): nights end in something else")
    count.found += nights.checkTruth(results, comment)
    try nights.checkSettlement(results, comment)
    count.determined += books.truths.count(where: \.isDetermined)
    count.ambiguous += books.truths.count { !$0.isDetermined }
    count.seeds += 1
    count.files += nights.statements.count + nights.notifications.count
  }

  /// Everything as files: the statements when they arrive, and the transactions of batches that the format does
  /// not have, from a night before to two nights after them.
  private func nights(_ books: KnownBooks, _ format: BankFormat) -> KnownNights {
    let calendar = KnownCalendar.calendar
    var nights = KnownNights(books: books, calendar: calendar)
    var numbers = SeededNumbers(seed: UInt64(books.entries.count))
    for (number, delivered) in BankDeliveries(books, format.abilities(calendar)).all.enumerated() {
      let (night, statement) = delivered
      let name = "\(number)-\(statement.file)"
      for found in format.delivered(statement, name: name) {
        let arrival = night * 1_000 + nights.statements.count
        nights.statements.append(
          (night, StatementDelivery(found, arrival: arrival, isMapped: format == .csv)))
      }
      guard !format.hasTransactions else { continue }
      let told = night + Int.random(in: -1...2, using: &numbers)
      nights.notifications += BankFormat.notified(statement, name: "\(name)-details").map {
        (min(told, KnownNights.lastNight), $0)
      }
    }
    return nights
  }
}
