import LedgerDomain
import TestSupport
import Testing

@testable import SnapshotStore

@Suite("The proof of which balances a date has")
struct BalanceProofTests {
  private static let date = SampleBooks.first

  private func entries(_ numbers: some Sequence<UInt32>) -> [BalanceProof.Entry] {
    numbers.map { BalanceProof.Entry(key: BalanceKey(packed: $0 << 2), checksum: $0 &* 7) }
  }

  @Test("covers every key once, however many there are", arguments: [0, 1, 95, 96, 97, 1_000])
  func everyKeyIsCoveredOnce(count: UInt32) {
    let all = entries((0..<count).map { $0 * 3 + 1 })
    let pages = BalanceProof.all(tenant: 1, date: Self.date, all)
    #expect(pages.flatMap(\.entries) == all)
    #expect(pages.first?.place.first == 0 && pages.last?.place.end == BalanceProof.keysEnd)
    for (page, next) in zip(pages, pages.dropFirst()) {
      #expect(page.place.end == next.place.first)
    }
    for page in pages {
      #expect(page.entries.count <= BalanceProof.entriesMax)
      #expect(
        page.entries.allSatisfy {
          page.place.first <= $0.key.packed && $0.key.packed < page.place.end
        })
      page.bytes.withUnsafeBytes { bytes in
        #expect(BalanceProof.entries(bytes) == page.entries)
        for number in 0..<(count * 3 + 4) {
          let key = BalanceKey(packed: number << 2)
          #expect(
            BalanceProof.entry(of: key, in: bytes) == page.entries.first { $0.key == key })
        }
      }
    }
  }

  @Test("changes and adds entries in their order")
  func changesAreMerged() {
    var page = BalanceProof.all(tenant: 1, date: Self.date, entries([2, 4, 6]))[0]
    let changes = [1, 4, 7].map {
      BalanceProof.Entry(key: BalanceKey(packed: $0 << 2), checksum: 99)
    }
    page.replace(changes)
    #expect(page.entries.map { $0.key.packed >> 2 } == [1, 2, 4, 6, 7])
    #expect(page.entries.map(\.checksum) == [99, 14, 99, 42, 99])
  }

  @Test("has another checksum for every other bit, place and kind")
  func everyBitCounts() {
    let page = BalanceProof.all(tenant: 1, date: Self.date, entries(1...20))[0]
    var sums: Set<Int64> = []
    var bytes = page.bytes
    func add(_ place: BalanceProof.Place) {
      sums.insert(bytes.withUnsafeBytes { BalanceProof.checksum(place, $0) })
    }
    add(page.place)
    for bit in 0..<bytes.count * 8 {
      bytes[bit / 8] ^= 1 << (bit % 8)
      add(page.place)
      bytes[bit / 8] ^= 1 << (bit % 8)
    }
    let (place, next) = (page.place, Self.date.advanced(by: 1))
    add(.init(tenant: 2, date: place.date, first: place.first, end: place.end))
    add(.init(tenant: 1, date: next, first: place.first, end: place.end))
    add(.init(tenant: 1, date: place.date, first: 1, end: place.end))
    add(.init(tenant: 1, date: place.date, first: place.first, end: place.end - 1))
    #expect(sums.count == 1 + page.bytes.count * 8 + 4)
  }

  @Test("a row's checksum depends on its key, date, close and amounts")
  func rowsDiffer() {
    func checksum(
      _ key: BalanceKey = SampleBooks.loans, _ date: BusinessDate = Self.date, _ close: Int64 = 1,
      _ totals: DebitCreditTotals = SampleBooks.of(1, 2), tenant: Int64 = 1
    ) -> UInt32 {
      BalanceProof.Entry(
        SnapshotRow(key: key, asOfDate: date, totals: totals), writtenBy: CloseID(close),
        tenant: tenant
      ).checksum
    }
    let all = [
      checksum(), checksum(SampleBooks.deposits), checksum(SampleBooks.loans, SampleBooks.second),
      checksum(SampleBooks.loans, Self.date, 2), checksum(tenant: 2),
      checksum(SampleBooks.loans, Self.date, 1, SampleBooks.of(2, 1)),
      checksum(SampleBooks.loans, Self.date, 1, SampleBooks.of(1, 3)),
    ]
    #expect(Set(all).count == all.count)
    #expect(checksum() == checksum())
  }
}
