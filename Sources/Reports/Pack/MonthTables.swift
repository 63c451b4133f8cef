import LedgerDomain

/// The data files of a month that `MonthRecord` has everything for.
struct MonthTables {
  let record: MonthRecord

  static let trialBalanceColumns = TrialBalanceCSV.columns + ["as_of_date", "close_id"]
  static let openItemsColumns = [
    "item", "date", "check", "subject", "count", "currency", "layer", "amount_minor", "amount",
    "file",
  ]
  static let certificationsColumns = [
    "business_date", "close_id", "chain_digest", "date_standing", "certification", "certified_by",
    "certified_at", "note", "withdrawn_by_close_id", "withdrawn_by_bank",
  ]
  static let tieOutsColumns = [
    "business_date", "close_id", "check", "scope", "status", "expected_minor", "actual_minor",
    "difference_minor", "detail",
  ]
  static let closesColumns = [
    "close_id", "business_date", "status", "replaces_close_id", "replaced_by_close_id",
    "records_read", "entries_accepted", "records_quarantined", "started_at", "finished_at",
    "input_digest", "chain_digest",
  ]

  func writeTrialBalance(to output: inout ReportOutput) throws(ReportError) {
    var table = CSVWriter(columns: Self.trialBalanceColumns)
    for (row, writer) in zip(record.rollforward, record.writers) {
      TrialBalanceCSV.add(row.key, row.closing, record.chart[row.key.account], to: &table)
      table.code(record.dates.upperBound.description)
      table.number(writer.number)
      table.endRow()
      try table.flush(to: &output)
    }
    try table.flush(to: &output, atEnd: true)
  }

  func writeOpenItems(to output: inout ReportOutput) throws(ReportError) {
    var table = CSVWriter(columns: Self.openItemsColumns)
    for matter in record.matters {
      let amounts: [MatterAmount?] = matter.amounts.isEmpty ? [nil] : matter.amounts
      for amount in amounts {
        table.code(PackWording.code(of: matter))
        table.code(matter.date.description)
        table.code(matter.check?.rawValue ?? "")
        table.text(matter.subject)
        table.number(matter.count)
        table.code(amount?.currency.description ?? "")
        table.code(amount?.layer?.code ?? "")
        table.code(amount.map { String($0.amountMinor) } ?? "")
        table.code(amount.map(PackWording.decimal) ?? "")
        table.code(PackWording.file(of: matter).rawValue)
        table.endRow()
      }
      try table.flush(to: &output)
    }
    try table.flush(to: &output, atEnd: true)
  }

  func writeCertifications(to output: inout ReportOutput) throws(ReportError) {
    var table = CSVWriter(columns: Self.certificationsColumns)
    for day in record.days {
      let certification = day.certification
      table.code(day.header.businessDate.description)
      table.number(day.header.closeID.number)
      table.code(day.header.chainDigest)
      table.code(OverviewWording.of(day.cell.standing).name)
      table.code("\(day.cell.certification)")
      table.text(certification?.name)
      table.text(certification?.certifiedAt)
      table.text(certification?.note)
      table.number(certification?.withdrawnBy?.number)
      table.code(certification.map { $0.withdrawnByBank ? "true" : "false" } ?? "")
      table.endRow()
      try table.flush(to: &output)
    }
    try table.flush(to: &output, atEnd: true)
  }

  func writeTieOuts(to output: inout ReportOutput) throws(ReportError) {
    var table = CSVWriter(columns: Self.tieOutsColumns)
    for day in record.days {
      for tieOut in day.tieOuts {
        table.code(day.header.businessDate.description)
        table.number(day.header.closeID.number)
        table.code(tieOut.check.rawValue)
        table.text(tieOut.scope)
        table.code(tieOut.status.rawValue)
        table.number(tieOut.expectedMinor)
        table.number(tieOut.actualMinor)
        table.number(tieOut.differenceMinor)
        table.text(tieOut.detail)
        table.endRow()
      }
      try table.flush(to: &output)
    }
    try table.flush(to: &output, atEnd: true)
  }

  func writeCloses(to output: inout ReportOutput) throws(ReportError) {
    var table = CSVWriter(columns: Self.closesColumns)
    let replacing = Dictionary(
      record.closes.compactMap { close in close.replaces.map { ($0, close.closeID) } },
      uniquingKeysWith: { $1 })
    for close in record.closes {
      table.number(close.closeID.number)
      table.code(close.businessDate.description)
      table.code(close.status.rawValue)
      table.number(close.replaces?.number)
      table.number(replacing[close.closeID]?.number)
      table.number(close.recordsRead)
      table.number(close.entriesAccepted)
      table.number(close.recordsQuarantined)
      for text in [close.startedAt, close.finishedAt, close.inputDigest, close.chainDigest] {
        table.text(text)
      }
      table.endRow()
      try table.flush(to: &output)
    }
    try table.flush(to: &output, atEnd: true)
  }
}
