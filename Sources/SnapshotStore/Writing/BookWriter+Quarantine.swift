import GRDB
import LedgerDomain

extension BookWriter {
  /// Writes what a close left out: exact counts and totals for each reason, and the records kept.
  func insert(
    _ counts: [QuarantineCount], _ records: [QuarantinedRecord], _ close: CloseID
  ) throws {
    if counts.isEmpty { return }
    for count in counts {
      try db.cachedStatement(
        sql: "INSERT INTO stored_quarantine_count VALUES (?, ?, ?, ?, ?)"
      ).execute(
        arguments: [
          close.number, count.code.rawValue, count.sum.records, count.sum.readable, count.kept,
        ])
      for total in count.sum.sortedTotals {
        try db.cachedStatement(
          sql: "INSERT INTO stored_quarantine_total VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(
          arguments: [
            close.number, count.code.rawValue, total.pair.currency.description,
            total.pair.layer.code, String(total.totals.debitMinor),
            String(total.totals.creditMinor),
          ])
      }
    }
    try insert(records, close)
  }

  private func insert(_ records: [QuarantinedRecord], _ close: CloseID) throws {
    let insertRecord = try RowStatement(
      db, "INSERT INTO stored_quarantined_record VALUES (?1, ?2, ?3, ?4, ?5)")
    let insertAmount = try RowStatement(
      db, "INSERT INTO stored_quarantined_amount VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
    for record in records {
      try insertRecord.run { row in
        row.integer(1, close.number)
        row.text(2, record.place.file)
        row.integer(3, Int64(record.place.record))
        row.text(4, record.code.rawValue)
        row.text(5, record.entry?.description)
      }
      for total in record.totals {
        try insertAmount.run { row in
          row.integer(1, close.number)
          row.text(2, record.place.file)
          row.integer(3, Int64(record.place.record))
          row.text(4, total.pair.currency.description)
          row.text(5, total.pair.layer.code)
          row.text(6, String(total.totals.debitMinor))
          row.text(7, String(total.totals.creditMinor))
        }
      }
    }
  }
}
