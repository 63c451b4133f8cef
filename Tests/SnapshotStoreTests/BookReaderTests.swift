import LedgerDomain
import SnapshotStore
import Testing

@Suite("Reading the books")
struct BookReaderTests {
  private func books() throws -> StoreFile {
    let file = try StoreFile()
    var other = SampleBooks.firstDraft
    other.tenant = SampleBooks.other
    other.rollforward[0].closing = SampleBooks.of(77, 0)
    try file.open { writer in
      try writer.commit([SampleBooks.firstDraft])
      try writer.commit([other])
      try writer.commit([SampleBooks.secondDraft])
    }
    return file
  }

  private func read(_ body: (BookReader, TenantState) throws -> Void) throws {
    try books().read { reader in
      try body(reader, try #require(try reader.tenantState(SampleBooks.tenant)))
    }
  }

  @Test("a tenant's state has the dates its books are closed through")
  func stateHasTheClosedDates() throws {
    try read { reader, state in
      #expect(state.firstDate == SampleBooks.first)
      #expect(state.closedThrough == SampleBooks.second)
      #expect(state.lastClose == CloseID(3))
      let header = try reader.lastHeader(state)
      #expect(header.closeID == CloseID(3))
      #expect(header.chainDigest == state.chainDigest)
      #expect(
        try reader.tenantStates().map(\.tenant) == [SampleBooks.tenant, SampleBooks.other])
      #expect(try reader.tenantState(TenantID(LedgerUUID(high: 9, low: 9))) == nil)
    }
  }

  @Test("a balance is the latest version, or the one known at a close")
  func balanceIsTheVersionKnownAtAClose() throws {
    try read { reader, state in
      let (first, second) = (SampleBooks.first, SampleBooks.second)
      let queries: [(BusinessDate, Int64?)] = [
        (first, nil), (first, 3), (first, 2), (first, 1), (first, 0), (second, nil), (second, 2),
        (SampleBooks.third, nil),
      ]
      let debits = try queries.map { date, close in
        try reader.balances(state, date: date, knownAt: close.map { CloseID($0) })
          .first { $0.key == SampleBooks.loans }?.totals.debitMinor
      }
      #expect(debits == [1_520, 1_520, 1_500, 1_500, nil, 1_527, nil, nil])
      #expect(
        try reader.balance(state, key: SampleBooks.loans, date: SampleBooks.first)?.debitMinor
          == 1_520)
      #expect(try reader.balance(state, key: SampleBooks.loans, date: SampleBooks.third) == nil)
    }
  }

  @Test("a date's balances have one version per key, in the order of the keys")
  func balancesHaveOneVersionPerKey() throws {
    try read { reader, state in
      let now = try reader.balances(state, date: SampleBooks.first)
      #expect(now.map(\.key) == now.map(\.key).sorted())
      #expect(now.map(\.totals.debitMinor) == [1_520, 0, 0])
      #expect(now.map(\.totals.creditMinor) == [0, 520, 1_000])
      let then = try reader.balances(state, date: SampleBooks.first, knownAt: CloseID(2))
      #expect(then.map(\.totals) == SampleBooks.firstDraft.rollforward.map(\.closing))
      #expect(try reader.balances(state, date: SampleBooks.third).isEmpty)
    }
  }

  @Test("a date closed twice has the later header, or the one known at a close")
  func dateClosedTwiceHasTheLaterHeader() throws {
    let file = try books()
    try file.open { writer in
      var again = SampleBooks.secondDraft
      again.restatements = []
      try writer.commit([again])
    }
    try file.read { reader in
      let state = try #require(try reader.tenantState(SampleBooks.tenant))
      let heads = try ([nil, 4, 3, 2] as [Int64?]).map { close in
        try reader.closeHeader(
          state, date: SampleBooks.second, knownAt: close.map { CloseID($0) })
      }
      #expect(heads.map { $0?.closeID.number } == [4, 4, 3, nil])
    }
  }

  @Test("each tenant has its own balances")
  func tenantsAreSeparate() throws {
    try books().read { reader in
      let state = try #require(try reader.tenantState(SampleBooks.other))
      #expect(state.closedThrough == SampleBooks.first)
      #expect(
        try reader.balances(state, date: SampleBooks.first).map(\.totals.debitMinor) == [77, 0, 0])
      #expect(try reader.closeHeader(state, date: SampleBooks.second) == nil)
      #expect(try reader.closeRecord(state, date: SampleBooks.second) == nil)
    }
  }

  @Test("a key without a balance has none, not zero")
  func missingKeyHasNoBalance() throws {
    try read { reader, state in
      let (first, second) = (SampleBooks.first, SampleBooks.second)
      let missing = SampleBooks.key("3000 USD PENDING")
      let late = SampleBooks.key("1100 EUR PENDING")
      let found = try [(missing, first), (late, first), (late, second)].map { key, date in
        try reader.balance(state, key: key, date: date)
      }
      #expect(found == [nil, nil, SampleBooks.of(3, 3)])
    }
  }

  @Test("future-dated movements posted earlier count on their effective date")
  func futureDatedMovementsCountOnTheirDate() throws {
    try read { reader, state in
      let nowEffective = try reader.nowEffectiveMovements(state, date: SampleBooks.second)
      #expect(nowEffective.map(\.key) == [SampleBooks.loans, SampleBooks.deposits])
      #expect(nowEffective.map(\.totals) == [SampleBooks.of(7, 0), SampleBooks.of(0, 7)])
      #expect(nowEffective.map(\.lineCount) == [2, 2])
      #expect(
        try reader.nowEffectiveMovements(state, date: SampleBooks.second, knownAt: CloseID(0))
          .isEmpty)
      #expect(try reader.nowEffectiveMovements(state, date: SampleBooks.first).isEmpty)
      #expect(try reader.nowEffectiveMovements(state, date: SampleBooks.third).count == 1)
    }
  }

  @Test("future-dated movements that add up past 2^63 − 1 are an error")
  func overflowingFutureDatedMovementsThrow() throws {
    let file = try books()
    let next = SampleBooks.third.advanced(by: 1)
    try file.open { writer in
      for date in [SampleBooks.third] {
        var draft = SampleBooks.secondDraft
        draft.businessDate = date
        draft.restatements = []
        draft.movements = [SampleBooks.movement(SampleBooks.loans, next, SampleBooks.of(.max, 0))]
        try writer.commit([draft])
      }
    }
    try file.tamper(
      """
      INSERT INTO stored_movement SELECT 1, account_code, currency, layer, effective_date, dr_minor,
        cr_minor, line_count, tenant_ref, is_dated_ahead FROM stored_movement
      WHERE effective_date = '\(next)'
      """)
    try file.read { reader in
      let state = try #require(try reader.tenantState(SampleBooks.tenant))
      #expect(throws: BalanceOverflow(key: SampleBooks.loans, date: next)) {
        try reader.nowEffectiveMovements(state, date: next)
      }
    }
  }
}
