import FoundationEssentials
import LedgerDomain
import TestSupport
import Testing

@testable import SnapshotStore

@Suite("Look-ups prove what they answer")
struct ProvedLookupTests {
  /// Two closes of two tenants; both restate the first date, the second also brings a key to it.
  private func store() throws -> StoreFile {
    let store = try StoreFile()
    try store.open { writer in
      _ = try writer.commit([SampleBooks.firstDraft, SampleBooks.secondDraft])
      var first = SampleBooks.firstDraft
      first.tenant = SampleBooks.other
      var second = SampleBooks.secondDraft
      second.tenant = SampleBooks.other
      second.restatements.append(
        Restatement(
          key: SampleBooks.key("9999 USD SETTLED"), asOfDate: SampleBooks.first, before: .zero,
          after: SampleBooks.of(4, 0)))
      second.rollforward.append(
        SampleBooks.row(SampleBooks.key("9999 USD SETTLED"), closing: SampleBooks.of(4, 0)))
      second.chart = ChartOfAccounts(
        SampleBooks.chart.accounts + [SampleBooks.account(9999, "New", .credit)])
      _ = try writer.commit([first, second])
    }
    return store
  }

  private static let keys = [
    "1100 USD SETTLED", "2000 USD SETTLED", "3000 USD SETTLED", "1100 EUR PENDING",
    "9999 USD SETTLED", "1100 USD PENDING", "4321 USD SETTLED", "0000 USD SETTLED",
  ].map { SampleBooks.key($0) }
  private static let dates = [nil, SampleBooks.first, SampleBooks.second, SampleBooks.third]

  /// What a look-up of every key gives; `nil` for one that is refused.
  private func answers(_ store: StoreFile) -> [String?] {
    let books = LookupPool(path: store.path)
    let tenants = [SampleBooks.tenant, SampleBooks.other, TenantID(LedgerUUID(high: 9, low: 9))]
    return tenants.flatMap { tenant in
      Self.dates.flatMap { date in
        Self.keys.map { key in
          do {
            let found = try books.balance(tenant, key: key, date: date)
            guard let found else { return "no books" }
            let position = "\(found.position.firstDate) \(found.position.closedThrough)"
            return
              "\(position) \(String(describing: found.account)) \(String(describing: found.totals))"
          } catch {
            return nil
          }
        }
      }
    }
  }

  @Test("the current version, also of a key that a restatement brought")
  func currentVersionIsProved() throws {
    let store = try store()
    let books = LookupPool(path: store.path)
    let new = try books.balance(
      SampleBooks.other, key: SampleBooks.key("9999 USD SETTLED"), date: SampleBooks.first)
    #expect(new?.totals == SampleBooks.of(4, 0))
    #expect(new?.account?.normalSide == .credit && new?.account?.hasLeft == true)
    #expect(!answers(store).contains(nil))
    #expect(try StoreProof(path: store.path).run { _ in true })
    #expect(try !StoreProof(path: store.path).run { _ in false })
  }

  @Test(
    "or refuse",
    arguments: [
      "UPDATE stored_snapshot SET dr_balance_minor = dr_balance_minor + 1",
      "UPDATE stored_snapshot SET close_id = close_id + 7 WHERE close_id = 2",
      "DELETE FROM stored_snapshot WHERE close_id = 2", "DELETE FROM stored_snapshot",
      "UPDATE stored_snapshot SET account_code = '1101' WHERE account_code = '1100'",
      "UPDATE stored_snapshot SET as_of_date = '2026-01-07' WHERE as_of_date = '2026-01-06'",
      "DELETE FROM balance_proof WHERE tenant_ref = 1", "UPDATE balance_proof SET entries = x''",
      "UPDATE balance_proof SET first_key = 1", "UPDATE balance_proof SET end_key = 9",
      "UPDATE balance_proof SET checksum = checksum + 1",
      "UPDATE date_proof SET close_id = 1", "UPDATE date_proof SET chart_ref = 3 - chart_ref",
      "DELETE FROM date_proof", "UPDATE tenant SET first_date = '2026-01-04'",
      "UPDATE tenant SET tenant_id = '0000000c-0000-0000-0000-000000000001' WHERE tenant_ref = 1",
      "DELETE FROM tenant WHERE tenant_ref = 1", "DELETE FROM tenant_proof",
      "UPDATE tenant_proof SET closed_through = '2026-01-07'",
      "UPDATE chain_head SET close_id = 1, chain_digest = 'x' WHERE tenant_ref = 1",
      "DELETE FROM store_proof", "UPDATE store_proof SET tenant_count = 1",
      "UPDATE chart_account SET normal_side = 'CR' WHERE account_code = '1100'",
      "UPDATE chart_account SET account_name = 'x'", "UPDATE chart_account SET has_left = 1",
      "DELETE FROM chart_account WHERE account_code = '2000'", "DELETE FROM chart",
      "UPDATE chart SET digest = digest || 'x'",
    ])
  func alteredStoreIsRefused(sql: String) throws {
    let store = try store()
    let expected = answers(store)
    try store.tamper(sql)
    let found = answers(store)
    #expect(found.contains(nil))
    for (found, expected) in zip(found, expected) { #expect(found == nil || found == expected) }
    #expect(throws: StoreError.self) { try StoreProof(path: store.path).run { _ in true } }
  }

  @Test("with whatever bit of the file flipped: right, or refused")
  func flippedBitIsNoWrongAnswer() throws {
    let store = try store()
    let expected = answers(store)
    let sound = try store.bytes()
    var numbers = SeededNumbers(seed: 7)
    var refused = 0
    for _ in 0..<400 {
      var bytes = sound
      let place = Int.random(in: 0..<bytes.count, using: &numbers)
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &numbers)
      let copy = try StoreFile()
      try copy.write(bytes)
      let found = answers(copy)
      if found.contains(nil) { refused += 1 }
      let wrong = zip(found, expected).contains { $0 != nil && $0 != $1 }
      #expect(!wrong, "byte \(place)")
    }
    #expect(refused > 0)
  }

  @Test("also that a closed date has no balance at all")
  func emptyDateIsProved() throws {
    let store = try StoreFile()
    var draft = SampleBooks.firstDraft
    (draft.openings, draft.movements, draft.rollforward) = ([], [], [])
    try store.open { _ = try $0.commit([draft]) }
    let found = try LookupPool(path: store.path).balance(
      SampleBooks.tenant, key: SampleBooks.loans, date: nil)
    #expect(found?.account != nil && found?.totals == nil)
    #expect(try StoreProof(path: store.path).run { _ in true })
  }

  @Test("hundreds of keys, restated again and again, are those that the closes wrote")
  func manyKeysAreProved() throws {
    var numbers = SeededNumbers(seed: 3)
    let store = try StoreFile()
    let chart = ChartOfAccounts((0..<400).map { SampleBooks.account($0, "A", .debit) })
    func key(_ number: Int) -> BalanceKey {
      BalanceKey(
        account: AccountCode(number: UInt16(number)), currency: SampleBooks.loans.currency,
        layer: .settled)
    }
    var books: [BusinessDate: [BalanceKey: DebitCreditTotals]] = [:]
    try store.open { writer in
      for day in 0..<6 {
        let date = SampleBooks.first.advanced(by: day)
        var today = books[date.advanced(by: -1)] ?? [:]
        var restated: [Restatement] = []
        for number in 0..<400 where Int.random(in: 0..<(day == 0 ? 3 : 9), using: &numbers) == 0 {
          let since = Int.random(in: 0...day, using: &numbers)
          for past in since..<max(since, day) {
            let date = SampleBooks.first.advanced(by: past)
            let before = books[date]?[key(number)] ?? .zero
            let after = SampleBooks.of(before.debitMinor + 5, 0)
            books[date]?[key(number)] = after
            restated.append(
              Restatement(key: key(number), asOfDate: date, before: before, after: after))
          }
          today[key(number)] = SampleBooks.of((today[key(number)]?.debitMinor ?? 0) + 5, 0)
        }
        books[date] = today
        _ = try writer.commit([
          CloseDraft(
            tenant: SampleBooks.tenant, businessDate: date, chart: chart, openings: [],
            movements: [],
            rollforward: today.sorted { $0.key < $1.key }.map {
              SampleBooks.row($0.key, closing: $0.value)
            }, restatements: restated.sorted { ($0.key, $0.asOfDate) < ($1.key, $1.asOfDate) },
            input: SampleBooks.input(UInt64(day)))
        ])
      }
    }
    let pool = LookupPool(path: store.path)
    for (date, balances) in books {
      for number in 0..<400 {
        let found = try pool.balance(SampleBooks.tenant, key: key(number), date: date)
        #expect(found?.totals == balances[key(number)])
      }
      let all = try store.read { reader in
        let state = try #require(try reader.provedState(SampleBooks.tenant))
        #expect(try reader.proofFaults(state, reader.links(state)) == [])
        return try reader.provedBalances(state, date: date).balances
      }
      #expect(all.count == balances.count)
    }
  }
}
