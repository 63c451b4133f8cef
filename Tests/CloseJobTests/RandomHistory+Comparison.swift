import CloseJob
import JobConfiguration
import LedgerDomain
import SnapshotStore

extension RandomHistory {
  /// Compares what a close found with the model's.
  func compare(_ close: ModelClose, _ number: Int64) throws {
    let errors = try ledger.books.rows(
      """
      SELECT DISTINCT code, file, record FROM finding
      WHERE close_id = \(number) AND severity = 'error'
      """)
    try compare(
      errors, close.quarantined.map { "\($1.rawValue) \($0.file) \($0.number)" },
      "errors of close \(number)")
    let changes = try ledger.books.rows(
      """
      SELECT code, account_code, field, currency, layer FROM finding
      WHERE close_id = \(number) AND code IN ('account_changed', 'account_left_chart')
      """)
    try compare(changes, close.chartFindings.map(\.text), "chart changes of close \(number)")
    let tieOuts = try ledger.books.rows(
      """
      SELECT check_name, scope, status, expected_minor, actual_minor FROM tie_out
      WHERE close_id = \(number) AND check_name IN ('open_quarantine', 'late_input')
      """)
    try compare(tieOuts, close.tieOuts, "tie-outs of close \(number)")
    let counts = try ledger.books.rows(
      """
      SELECT entries_accepted, records_quarantined FROM close_run WHERE close_id = \(number)
      """)
    try compare(
      counts, ["\(close.accepted.count) \(close.quarantined.count)"], "counts of close \(number)")
  }

  private func compare(_ found: [String], _ expected: [String], _ what: String) throws {
    guard found.sorted() == expected.sorted() else {
      throw mismatch("\(what): \(found.sorted()), must be \(expected.sorted())")
    }
  }

  /// Compares every balance, current and as known at closes, and what is open.
  ///
  /// - Parameter isWhole: whether at every close, or only at the last ones.
  func compare(isWhole: Bool) throws {
    guard let last = model.known.last else { return }
    try BookStore(readingFrom: ledger.settings.store ?? "").read { reader in
      guard let tenant = TenantID(LedgerTree.tenant), let state = try reader.tenantState(tenant)
      else {
        throw mismatch("the tenant has no books")
      }
      let open = try reader.openQuarantine(state).map { "\($0.businessDate) \($0.sum.records)" }
      let expectedOpen = model.closedDates.compactMap { date in
        model.current(date).flatMap { $0.open.isEmpty ? nil : "\(date) \($0.open.count)" }
      }
      try compare(open, expectedOpen, "open quarantine")
      for (date, expected) in last {
        try compare(try reader.balances(state, date: date), expected, "current \(date)")
      }
      for (close, known) in zip(closeIDs, model.known).suffix(isWhole ? closeIDs.count : 2) {
        for (date, expected) in known {
          try compare(
            try reader.balances(state, date: date, knownAt: CloseID(close)), expected,
            "\(date) known at close \(close)")
        }
      }
    }
    if Int.random(in: 0..<4, using: &numbers) == 0 { try verify(isStoreOnly: true) }
  }

  private func compare(_ balances: [Balance], _ expected: ModelBalances, _ what: String) throws {
    let found = Dictionary(
      balances.map { ("\($0.key)", "\($0.totals.debitMinor) \($0.totals.creditMinor)") },
      uniquingKeysWith: { $0 + $1 })
    guard found == expected else {
      let keys = Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] }.sorted()
      let list = keys.map { "\($0): \(found[$0] ?? "none"), must be \(expected[$0] ?? "none")" }
      throw mismatch("\(what): \(list.joined(separator: "; "))")
    }
  }
}
