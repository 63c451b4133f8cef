import GRDB
public import LedgerDomain

extension BookReader {
  /// How many dates the history in the reports covers.
  public static let historyLength = 30

  /// The dates up to a close's, each as its own close left it, oldest first.
  public func history(
    _ state: TenantState, through header: CloseHeader
  ) throws -> [CloseHistoryPoint] {
    let rows = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT c.business_date, c.records_read, c.records_quarantined, t.currency, t.layer,
            t.dr_minor, t.cr_minor
          FROM stored_close c LEFT JOIN stored_close_total t ON t.close_id = c.close_id
          WHERE c.tenant_ref = ?1 AND c.business_date BETWEEN ?2 AND ?3 AND c.close_id <= ?4
            AND NOT EXISTS (
              SELECT 1 FROM stored_close r
              WHERE r.replaces_close_id = c.close_id AND r.close_id <= ?4)
          ORDER BY c.business_date, t.currency, t.layer
          """),
      arguments: [
        state.reference, header.businessDate.advanced(by: 1 - Self.historyLength).description,
        header.businessDate.description, header.closeID.number,
      ])
    var history: [CloseHistoryPoint] = []
    for row in rows {
      let date = try row.date(at: 0)
      // Closes of older versions stored no totals.
      let known = history.last?.businessDate == date ? history.removeLast().totals : []
      history.append(
        CloseHistoryPoint(
          businessDate: date, records: (row[1], row[2]), totals: known + (try row.wideTotals(at: 3))
        ))
    }
    return history
  }
}

extension Row {
  /// Currency, layer, debits and credits in four columns; empty where the currency is NULL.
  func wideTotals(at first: Int) throws -> [CurrencyLayerTotals] {
    guard let currencyText: String = self[first] else { return [] }
    guard let currency = CurrencyCode(currencyText),
      let layer = EntryLayer(code: try text(first + 1)),
      let debit = Int128(try text(first + 2)), let credit = Int128(try text(first + 3))
    else { throw Self.altered("invalid totals of a close") }
    var totals = WideTotals()
    (totals.debitMinor, totals.creditMinor) = (debit, credit)
    return [
      CurrencyLayerTotals(pair: CurrencyLayer(currency: currency, layer: layer), totals: totals)
    ]
  }
}
