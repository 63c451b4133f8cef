import GRDB
import LedgerDomain

/// The close and chart of a date, proved.
struct ProvedDate: Equatable {
  let close: CloseID
  let chart: Int64
  /// The digest that the chart must have.
  let chartDigest: String
}

/// Reads balances and proves them: a checksum in the store must be that of what was read.
///
/// Whatever the file holds, a value is proved or `StoreError` with `altered_store` is thrown.
struct ProofReader {
  private let page: RowStatement
  private let row: RowStatement
  private let date: RowStatement

  init(_ db: Database) throws {
    page = try RowStatement(
      db,
      """
      SELECT first_key, end_key, entries, checksum FROM balance_proof
      WHERE tenant_ref = ?1 AND as_of_date = ?2 AND first_key <= ?3
      ORDER BY first_key DESC LIMIT 1
      """)
    row = try RowStatement(
      db,
      """
      SELECT account_code, currency, layer, dr_balance_minor, cr_balance_minor, close_id
      FROM stored_snapshot
      WHERE tenant_ref = ?1 AND as_of_date = ?2 AND account_code = ?3 AND currency = ?4
        AND layer = ?5
      ORDER BY close_id DESC LIMIT 1
      """)
    date = try RowStatement(
      db,
      """
      SELECT d.close_id, d.chart_ref, h.digest, d.checksum
      FROM date_proof d JOIN chart h ON h.chart_ref = d.chart_ref
      WHERE d.tenant_ref = ?1 AND d.as_of_date = ?2
      """)
  }

  /// The current balance of a key at a closed date; `nil` if it has none.
  func balance(
    _ state: TenantState, key: BalanceKey, date: BusinessDate
  ) throws -> DebitCreditTotals? {
    let entry = try withPage(state.reference, date, covering: key.packed) {
      BalanceProof.entry(of: key, in: $1)
    }
    guard let entry else { return nil }
    var found: DebitCreditTotals?
    try row.forEachRow { row in
      row.integer(1, state.reference)
      row.text(2, date.description)
      row.key(3, key)
    } _: { row in
      let balance = try row.balance()
      let stored = SnapshotRow(key: balance.key, asOfDate: date, totals: balance.totals)
      let close = CloseID(row.columnInteger(5))
      if BalanceProof.Entry(stored, writtenBy: close, tenant: state.reference) == entry {
        found = balance.totals
      }
    }
    guard let found else {
      throw Self.damaged("the balance of \(key) as of \(date)", state.tenant)
    }
    return found
  }

  /// Whether any key of an account has a balance at a closed date.
  func hasBalance(
    _ account: AccountCode, _ state: TenantState, date: BusinessDate
  ) throws -> Bool {
    let end = (UInt32(account.number) + 1) << 17
    var next = UInt32(account.number) << 17
    while next < end {
      let (has, pageEnd) = try withPage(state.reference, date, covering: next) { place, bytes in
        let index = BalanceProof.firstIndex(from: next, in: bytes)
        guard index < BalanceProof.count(in: bytes) else { return (false, place.end) }
        return (BalanceProof.entry(index, in: bytes).key.packed < end, place.end)
      }
      if has { return true }
      next = pageEnd
    }
    return false
  }

  /// The entries of all keys at a closed date, in their order.
  func entries(_ state: TenantState, date: BusinessDate) throws -> [BalanceProof.Entry] {
    var entries: [BalanceProof.Entry] = []
    var next: UInt32 = 0
    while next < BalanceProof.keysEnd {
      next = try withPage(state.reference, date, covering: next) { place, bytes in
        guard place.first == next, let some = BalanceProof.entries(bytes) else {
          throw Self.damaged("the list of balances as of \(date)", state.tenant)
        }
        entries += some
        return place.end
      }
    }
    return entries
  }

  /// The proof that covers a key.
  func page(tenant: Int64, date: BusinessDate, covering key: UInt32) throws -> BalanceProof {
    try withPage(tenant, date, covering: key) { place, bytes in
      guard let entries = BalanceProof.entries(bytes) else {
        throw Self.damaged("the list of balances as of \(date)")
      }
      return BalanceProof(place: place, entries: entries)
    }
  }

  /// The close and chart of a closed date.
  func date(_ state: TenantState, _ date: BusinessDate) throws -> ProvedDate {
    var found: ProvedDate?
    try self.date.forEachRow { row in
      row.integer(1, state.reference)
      row.text(2, date.description)
    } _: { row in
      let read = ProvedDate(
        close: CloseID(row.columnInteger(0)), chart: row.columnInteger(1),
        chartDigest: row.columnText(2))
      if Self.checksum(read, state.reference, date) == row.columnInteger(3) { found = read }
    }
    guard let found else { throw Self.damaged("the close of \(date)", state.tenant) }
    return found
  }

  static func checksum(_ proved: ProvedDate, _ tenant: Int64, _ date: BusinessDate) -> Int64 {
    var sum = ProofChecksum(.date)
    sum.add(tenant)
    sum.add(Int64(date.dayNumber))
    sum.add(proved.close.number)
    sum.add(proved.chart)
    sum.add(proved.chartDigest)
    return sum.value
  }

  /// Calls a body with the stored entries of the row that covers a key, once they are proved.
  private func withPage<Outcome>(
    _ tenant: Int64, _ date: BusinessDate, covering key: UInt32,
    _ body: (BalanceProof.Place, UnsafeRawBufferPointer) throws -> Outcome
  ) throws -> Outcome {
    var outcome: Outcome?
    try page.forEachRow { row in
      row.integer(1, tenant)
      row.text(2, date.description)
      row.integer(3, Int64(key))
    } _: { row in
      guard let first = UInt32(exactly: row.columnInteger(0)),
        let end = UInt32(exactly: row.columnInteger(1)), first <= key, key < end
      else { return }
      let place = BalanceProof.Place(tenant: tenant, date: date, first: first, end: end)
      let bytes = row.columnBytes(2)
      guard BalanceProof.checksum(place, bytes) == row.columnInteger(3) else { return }
      outcome = try body(place, bytes)
    }
    guard let outcome else { throw Self.damaged("the list of balances as of \(date)") }
    return outcome
  }

  static func damaged(_ what: String, _ tenant: TenantID? = nil) -> StoreError {
    let owner = tenant.map { " of tenant \($0)" } ?? ""
    return StoreError(
      .alteredStore,
      "\(what)\(owner) cannot be proved: the stored row and its checksum differ, or one is missing. Check disk "
        + "and memory, run tieout verify to find what else is damaged, and restore the store from a backup."
    )
  }
}

extension ProofReader {
  /// How many rows prove the balances of a date.
  func pageCount(_ state: TenantState, date: BusinessDate) throws -> Int {
    var (count, next): (Int, UInt32) = (0, 0)
    while next < BalanceProof.keysEnd {
      next = try page(tenant: state.reference, date: date, covering: next).place.end
      count += 1
    }
    return count
  }
}
