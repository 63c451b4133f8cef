import LedgerDomain
import Reconciliation
import Testing

@Suite("The quarantine of earlier dates")
struct OpenQuarantineCheckTests {
  private static let date = BusinessDate(dayNumber: 20_458)

  private func open(
    _ day: Int, records: Int, readable: Int? = nil, hasAmounts: Bool = true,
    _ totals: (String, Int128, Int128)...
  ) -> OpenQuarantine {
    var sum = QuarantineSum()
    (sum.records, sum.readable) = (records, readable ?? records)
    for (key, debit, credit) in totals {
      var total = WideTotals()
      (total.debitMinor, total.creditMinor) = (debit, credit)
      sum.totals[RollforwardRow.sample("1100 \(key)", closing: .zero).key.pair] = total
    }
    return OpenQuarantine(
      businessDate: Self.date.advanced(by: day), closeID: CloseID(Int64(day + 1)), sum: sum,
      hasAmounts: hasAmounts)
  }

  @Test("passes with one row if nothing is open")
  func nothingOpenPasses() {
    let tieOuts = OpenQuarantineCheck.tieOuts([])
    #expect(tieOuts.map(\.status) == [.pass])
    #expect(tieOuts.map(\.scope) == ["records"])
    #expect(tieOuts.allSatisfy { $0.check == .openQuarantine })
  }

  @Test("counts the open records, and adds them up by currency and layer over the dates")
  func openRecordsAreAddedUp() throws {
    let tieOuts = OpenQuarantineCheck.tieOuts([
      open(0, records: 2, ("USD SETTLED", 100, 100)),
      open(1, records: 3, readable: 2, ("USD SETTLED", 7, 5), ("EUR PENDING", 0, 9)),
    ])
    #expect(tieOuts.map(\.scope) == ["records", "EUR PENDING", "USD SETTLED"])
    #expect(tieOuts.map(\.status) == [.fail, .fail, .fail])
    #expect(tieOuts.map(\.expectedMinor) == [0, 0, 0])
    #expect(tieOuts.map(\.actualMinor) == [5, 9, 107])
    let detail = try #require(tieOuts.only("records")).detail
    for part in [
      "5 quarantined records", "2026-01-05 (close 1): 2, 2026-01-06 (close 2): 3", "amounts of 1",
      "tieout accept", "--reclose",
    ] {
      #expect(detail.contains(part), "\(detail)")
    }
    let usd = try #require(tieOuts.only("USD SETTLED")).detail
    #expect(usd.contains("107 in debits and 105 in credits"))
    #expect(usd.contains("2 dates from 2026-01-05 to 2026-01-06"))
    #expect(tieOuts.only("EUR PENDING")?.detail.contains("of 2026-01-06.") == true)
  }

  @Test("fails also where sums pass 64 bits, or are not known")
  func extremeAndUnknownSumsFail() throws {
    let tieOuts = OpenQuarantineCheck.tieOuts([
      open(0, records: 1, readable: 0, hasAmounts: false),
      open(1, records: 2, ("USD SETTLED", 2 * Int128(Int64.max), 1)),
    ])
    #expect(tieOuts.map(\.status) == [.fail, .fail])
    #expect(tieOuts.only("USD SETTLED")?.actualMinor == nil)
    let detail = try #require(tieOuts.only("records")).detail
    #expect(detail.contains("An older version of Tieout closed 2026-01-05 and kept no amounts."))
    #expect(!detail.contains("cannot be read"))
  }

  @Test("names at most five dates")
  func firstDatesAreNamed() throws {
    let tieOuts = OpenQuarantineCheck.tieOuts((0..<9).map { open($0, records: 1) })
    let detail = try #require(tieOuts.only("records")).detail
    #expect(detail.contains("2026-01-09 (close 5): 1, and 4 more dates"))
    #expect(!detail.contains("2026-01-10"))
  }
}
