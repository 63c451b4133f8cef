import Crypto
import LedgerDomain
import Testing

@testable import SnapshotStore

@Suite("Chain digests")
struct ChainDigestTests {
  private static let tenantText = "00000000-0000-000a-0000-000000000001"

  /// SHA-256 of text lines, each ended by a line feed.
  private func digest(_ lines: [String]) -> String {
    let text = lines.map { $0 + "\n" }.joined()
    return SHA256.hash(data: Array(text.utf8)).map { byte in
      String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }.joined()
  }

  @Test("a close's digest is that of its documented text, and the next one's builds on it")
  func digestIsThatOfTheDocumentedText() throws {
    let file = try StoreFile()
    let headers = try file.open {
      try $0.commit([SampleBooks.firstDraft, SampleBooks.secondDraft])
    }
    let first = digest([
      "tieout-chain-1", "previous|-",
      "close|\(Self.tenantText)|2026-01-05|\(headers[0].inputDigest)",
      "opening|1100|USD|SETTLED|1000|0", "opening|3000|USD|SETTLED|0|1000",
      "movement|1100|USD|SETTLED|2026-01-05|500|0|2", "movement|1100|USD|SETTLED|2026-01-06|7|0|2",
      "movement|2000|USD|SETTLED|2026-01-05|0|500|2", "movement|2000|USD|SETTLED|2026-01-06|0|7|2",
      "snapshot|1100|USD|SETTLED|2026-01-05|1500|0", "snapshot|2000|USD|SETTLED|2026-01-05|0|500",
      "snapshot|3000|USD|SETTLED|2026-01-05|0|1000",
    ])
    let second = digest([
      "tieout-chain-1", "previous|\(first)",
      "close|\(Self.tenantText)|2026-01-06|\(headers[1].inputDigest)",
      "movement|1100|EUR|PENDING|2026-01-06|3|3|2", "movement|1100|USD|SETTLED|2026-01-05|20|0|2",
      "movement|2000|USD|SETTLED|2026-01-05|0|20|2",
      "movement|2000|USD|SETTLED|2026-01-07|9223372036854775807|0|2",
      "snapshot|1100|EUR|PENDING|2026-01-06|3|3", "snapshot|1100|USD|SETTLED|2026-01-05|1520|0",
      "snapshot|1100|USD|SETTLED|2026-01-06|1527|0", "snapshot|2000|USD|SETTLED|2026-01-05|0|520",
      "snapshot|2000|USD|SETTLED|2026-01-06|0|527", "snapshot|3000|USD|SETTLED|2026-01-06|0|1000",
    ])
    #expect(headers.map(\.chainDigest) == [first, second])
  }

  @Test("a digest depends neither on the order in which tenants are closed nor on the time")
  func digestIsIndependentOfOrderAndTime() throws {
    var other = SampleBooks.firstDraft
    other.tenant = SampleBooks.other
    let orders = [[SampleBooks.firstDraft, other], [other, SampleBooks.firstDraft]]
    let digests = try orders.map { drafts in
      let headers = try StoreFile().open { try $0.commit(drafts) }
      return headers.sorted { $0.tenant < $1.tenant }.map(\.chainDigest)
    }
    #expect(digests[0] == digests[1])
    #expect(digests[0][0] != digests[0][1])
  }

  private func digest(_ draft: CloseDraft, previous: String? = nil) -> String {
    var chain = ChainDigest(
      previous: previous, tenant: draft.tenant, date: draft.businessDate,
      inputDigest: ChainDigest.input(draft.input))
    chain.addOpening(draft.openings)
    chain.addMovements(draft.movements)
    chain.addSnapshot(draft.snapshotRows)
    return chain.finalize()
  }

  @Test("every changed value or row changes the digest")
  func everyChangeChangesTheDigest() {
    let draft = SampleBooks.secondDraft
    var digests: Set<String> = [digest(draft), digest(draft, previous: "ab")]
    for change in Self.drafts {
      var changed = draft
      change(&changed)
      digests.insert(digest(changed))
    }
    #expect(digests.count == Self.drafts.count + 2)
  }

  private static let drafts: [@Sendable (inout CloseDraft) -> Void] = [
    { $0.tenant = SampleBooks.other }, { $0.businessDate = SampleBooks.third },
    { $0.input = SampleBooks.input(3) }, { $0.movements[0].totals.debitMinor += 1 },
    { $0.movements[0].totals.creditMinor += 1 }, { $0.movements[0].lineCount += 1 },
    { $0.movements.removeLast() }, { $0.movements.swapAt(0, 1) },
    { $0.rollforward[0].closing.debitMinor += 1 }, { $0.rollforward[3].closing.creditMinor += 1 },
    { $0.rollforward.removeLast() }, { $0.restatements.removeLast() },
    { $0.openings = [Balance(key: SampleBooks.loans, totals: .zero)] },
    {
      $0.movements[1] = SampleBooks.movement(
        SampleBooks.loans, SampleBooks.second, $0.movements[1].totals)
    },
    {
      $0.movements[1] = SampleBooks.movement(
        SampleBooks.key("1100 USD PENDING"), SampleBooks.first, $0.movements[1].totals)
    },
  ]

  @Test("a chain longer than its buffer is hashed in full")
  func longInputIsHashedInFull() {
    var lines = ["tieout-chain-1", "previous|-", "close|\(Self.tenantText)|2026-01-05|in"]
    var chain = ChainDigest(
      previous: nil, tenant: SampleBooks.tenant, date: SampleBooks.first, inputDigest: "in")
    for number in 0..<5_000 as Range<Int64> {
      chain.addSnapshot([
        SnapshotRow(
          key: SampleBooks.loans, asOfDate: SampleBooks.first,
          totals: SampleBooks.of(number, .max - number))
      ])
      lines.append("snapshot|1100|USD|SETTLED|2026-01-05|\(number)|\(Int64.max - number)")
    }
    #expect(chain.finalize() == digest(lines))
  }

  @Test("the digests of inputs and charts depend on their content")
  func inputsAndChartsHaveDigestsOfTheirContent() {
    #expect(ChainDigest.input(SampleBooks.input(1)) == ChainDigest.input(SampleBooks.input(1)))
    #expect(ChainDigest.input(SampleBooks.input(1)) != ChainDigest.input(SampleBooks.input(2)))
    #expect(ChainDigest.input(InputFingerprint()).count == 64)
    let accounts = SampleBooks.chart.accounts
    let charts = [
      accounts, Array(accounts.dropLast()), accounts + [SampleBooks.account(4000, "A", .debit)],
      [SampleBooks.account(1100, accounts[0].name, .credit)] + accounts[1...],
      [SampleBooks.account(1100, "Other", .debit)] + accounts[1...],
      [accounts[0].left] + accounts[1...],
    ].map { ChainDigest.chart(ChartOfAccounts($0)) }
    #expect(Set(charts).count == charts.count)
    #expect(ChainDigest.chart(ChartOfAccounts(accounts.reversed())) == charts[0])
  }

  @Test("a chart without accounts that left has the digest that it always had")
  func chartsHaveLastingDigests() {
    let chart = ChartOfAccounts([
      SampleBooks.account(2000, "", .credit), SampleBooks.account(1100, "Loans", .debit),
    ])
    #expect(ChainDigest.chart(chart) == digest(["1100|DR|5|Loans", "2000|CR|0|"]))
    #expect(
      ChainDigest.chart(chart.keeping([SampleBooks.account(3000, "A", .credit)]))
        == digest(["1100|DR|5|Loans", "2000|CR|0|", "left|3000|CR|1|A"]))
  }

  @Test("charts whose names contain line feeds and bars have different digests")
  func chartNamesWithSeparatorsDiffer() {
    let one = ChartOfAccounts([
      SampleBooks.account(1100, "Loans\n2000|CR|Deposits", .debit)
    ])
    let other = ChartOfAccounts([
      SampleBooks.account(1100, "Loans", .debit), SampleBooks.account(2000, "Deposits", .credit),
    ])
    #expect(ChainDigest.chart(one) != ChainDigest.chart(other))
  }
}
