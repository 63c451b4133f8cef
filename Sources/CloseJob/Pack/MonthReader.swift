import JobConfiguration
import LedgerDomain
import Reconciliation
import Reports
import SnapshotStore

/// Reads a tenant's month from the store, as it is known now.
struct MonthReader: MonthDetails {
  private let reader: BookReader
  private let state: TenantState
  private let month: CalendarMonth
  /// The dates of the month that are closed.
  private let dates: ClosedRange<BusinessDate>
  /// Every close of the dates.
  private let closes: [CloseHeader]
  /// The close of each date that stands.
  private let standing: [CloseHeader]

  /// - Returns: `nil` if no date of the month is closed.
  init?(_ reader: BookReader, _ state: TenantState, _ month: CalendarMonth) throws {
    let first = max(month.dates.lowerBound, state.firstDate)
    let last = min(month.dates.upperBound, state.closedThrough)
    guard first <= last else { return nil }
    (self.reader, self.state, self.month) = (reader, state, month)
    dates = first...last
    closes = try reader.closeHeaders(state, of: dates)
    let replaced = Set(closes.compactMap(\.replaces))
    standing = closes.filter { !replaced.contains($0.closeID) }
      .sorted { $0.businessDate < $1.businessDate }
    guard standing.map(\.businessDate) == dates.all else {
      throw StoreError(
        .alteredStore,
        "the books of tenant \(state.tenant) have not exactly one close for each date from \(first) "
          + "to \(last). Run tieout verify --store-only.")
    }
  }

  private var isFirst: Bool { dates.lowerBound == state.firstDate }

  /// The dates of the month, with that of its opening.
  private var datesWithOpening: ClosedRange<BusinessDate> {
    isFirst ? dates : dates.lowerBound.advanced(by: -1)...dates.upperBound
  }

  /// Everything but the details.
  ///
  /// - Parameter deadline: when a missing statement is a break.
  func record(
    name: String?, deadline: StatementDeadline, verification: PackVerification
  ) throws -> MonthRecord {
    let last = standing[standing.count - 1]
    let rows = try reader.rollforward(state, over: dates)
    let versions = try reader.currentVersions(state, date: dates.upperBound)
    let bankAccounts = try reader.bankAccounts(state, last)
    let overviews = try reader.dateOverviews(state, dates.all)
    let restatements = try reader.restatingCloses(state, of: datesWithOpening).map {
      MonthRestatement(header: $0, restatements: try restated(by: $0), end: dates.upperBound)
    }
    return MonthRecord(
      tenant: state.tenant, name: name, month: month, dates: dates, isFirst: isFirst,
      head: try reader.lastHeader(state),
      chart: try reader.chart(of: last.closeID, state, keeping: rows.map(\.key.account)),
      rollforward: rows, writers: versions.map(\.close), proof: RollforwardCheck.tieOuts(rows),
      days: try zip(standing, overviews).map { try day($0, $1.cell) }, closes: closes,
      restatements: restatements, bankAccounts: bankAccounts,
      settlements: try settlements(bankAccounts.map(\.version.reconciliation.account)),
      matters: try overviews.flatMap(\.matters) + lateInput() + open(bankAccounts, deadline)
        + notClosed, verification: verification)
  }

  private func day(_ header: CloseHeader, _ cell: CalendarCell) throws -> MonthDay {
    let accounts = try reader.bankAccounts(state, header)
    var record = CloseRecord(header: header, tieOuts: try reader.tieOuts(header.closeID))
    record.addBankAccounts(accounts)
    return MonthDay(
      header: header, cell: cell, tieOuts: record.tieOuts,
      certification: try reader.certification(of: header.closeID),
      banks: accounts.map { MonthBank($0.version) })
  }

  private func settlements(_ accounts: [BankAccount]) throws -> [MonthSettlement] {
    try accounts.flatMap { account in
      try reader.settlements(BankBooks(state), account: account.reference)
        .filter { dates.contains($0.date) }
        .map { MonthSettlement(account: account, decision: $0) }
    }
  }

  // MARK: Open items

  private func lateInput() throws -> [OpenMatter] {
    try reader.lateInput(state).filter { dates.contains($0.date) }
  }

  /// The bank accounts that do not agree at the end of the dates, or whose statement is overdue.
  private func open(
    _ accounts: [BankAccountRecord], _ deadline: StatementDeadline
  ) throws -> [OpenMatter] {
    try accounts.map(\.version.reconciliation).compactMap { bank in
      switch bank.status {
      case .reconciled: return nil
      case .unreconciled:
        return OpenMatter(
          .unreconciledBank, date: dates.upperBound, subject: bank.account.reference,
          count: bank.outstanding.count,
          amounts: [MatterAmount(Int128(bank.differenceMinor), bank.account.currency, nil)])
      case .pending:
        let latest = try LatestComparison(bank.account, BankBooks(state), deadline, reader)
        guard let since = latest.overdueSince, since <= dates.upperBound else { return nil }
        return OpenMatter(.overdueStatement, date: since, subject: bank.account.reference)
      }
    }
  }

  private var notClosed: [OpenMatter] {
    let missing = dates.upperBound.days(to: month.dates.upperBound)
    return missing == 0
      ? [] : [OpenMatter(.notClosed, date: dates.upperBound.advanced(by: 1), count: missing)]
  }

  // MARK: Details

  private func restated(by close: CloseHeader) throws -> [Restatement] {
    try reader.restatements(close.closeID).filter { datesWithOpening.contains($0.asOfDate) }
  }

  func forEachRestatingClose(_ body: (CloseRecord) throws -> Void) throws {
    for close in try reader.restatingCloses(state, of: datesWithOpening) {
      let restatements = try restated(by: close)
      try body(
        CloseRecord(
          header: close,
          chart: try reader.chart(
            of: close.closeID, state, keeping: restatements.map(\.key.account)),
          restatements: restatements, restatingEntries: try reader.restatingEntries(close.closeID),
          restatingCounts: try reader.restatingCounts(close.closeID)))
    }
  }

  func forEachQuarantine(_ body: (CloseRecord) throws -> Void) throws {
    for close in standing where close.recordsQuarantined > 0 {
      var record = CloseRecord(header: close)
      record.quarantine = try reader.quarantine(of: close.closeID)
      try body(record)
    }
  }

  func forEachInput(_ body: (CloseRecord) throws -> Void) throws {
    for close in standing {
      try body(CloseRecord(header: close, parts: try reader.parts(close.closeID)))
    }
  }
}
