import JobConfiguration
import LedgerDomain
import Reconciliation
import SnapshotStore
import StatementReading

/// The bank accounts of one tenant during a run: takes up new statements and keeps reconciliations up to
/// date.
///
/// It does nothing, and costs nothing, if the job names no bank accounts and statements.
final class BankBook {
  let configuration: BankConfiguration
  let writer: BookWriter
  private let clock: RunClock
  /// Whether the run has one tenant only, so that a file without tenants is about that one.
  var isForOneTenant = false
  private var tenant: TenantID?
  private var takenUp: StatementTakeUp.Outcome?
  private var hasStoredOpening = false
  /// Statements that were read from the store, from a date on.
  private var deliveries: (from: BusinessDate, statements: AccountDeliveries)?

  init(configuration: BankConfiguration, clock: RunClock, writer: BookWriter) {
    self.configuration = configuration
    self.clock = clock
    self.writer = writer
  }

  /// Whether the job compares bank accounts.
  var isUsed: Bool { configuration.statements != nil && !configuration.accounts.isEmpty }

  var accounts: [BankAccount] { configuration.accounts.map(\.account) }

  /// Forgets what was taken up in a transaction that was rolled back.
  func forget() {
    (tenant, takenUp, deliveries, hasStoredOpening) = (nil, nil, nil, false)
  }

  /// The last date up to another on which a statement closes.
  func lastStatementDate(
    _ account: BankAccount, _ books: BankBooks, through last: BusinessDate
  ) throws -> BusinessDate? {
    try series(account, books, from: last).days.last { $0.date <= last }?.date
      ?? writer.reader.lastComparison(books, account: account.reference, through: last)?.date
  }

  /// What is wrong with the bank's files; empty until they were taken up.
  var fileFindings: [Finding] { takenUp?.findings ?? [] }

  /// The files that the run took up so far, and notes on them.
  var files: (taken: [String], notes: [String]) { (takenUp?.files ?? [], takenUp?.notes ?? []) }

  /// Takes up the tenant's new files, once in a run.
  ///
  /// - Returns: the first date of each account that new files may change.
  func takeUp(_ books: BankBooks) throws -> [BankAccount: BusinessDate] {
    if tenant != books.tenant { forget() }
    tenant = books.tenant
    guard takenUp == nil, let root = configuration.statements else { return [:] }
    let outcome = try StatementTakeUp(
      root: root, accounts: configuration.accounts, writer: writer, clock: clock
    ).takeUp(books)
    takenUp = outcome
    if let path = configuration.openingOutstanding {
      hasStoredOpening = try OpeningOutstanding(
        path: path, writer: writer, isForOneTenant: isForOneTenant
      ).store(books, accounts, at: clock.timestamp())
    }
    if !outcome.files.isEmpty { deliveries = nil }
    var firstDates = outcome.firstDates
    for account in accounts {
      // Somebody may have removed one of the files that contradicted each other.
      let contradicted = try writer.reader.firstContradiction(books, account: account.reference)
      if let contradicted {
        firstDates[account] = min(contradicted, firstDates[account] ?? contradicted)
      }
    }
    return firstDates
  }

  /// The results of an account's dates from the first that changed.
  func results(
    _ account: BankAccount, _ books: BankBooks, from first: BusinessDate,
    through last: BusinessDate, pending: BankSpan.PendingItems? = nil
  ) throws -> [BankDayResult] {
    try BankSpan(
      configuration: configuration, reader: writer.reader, books: books, account: account,
      pending: pending
    ).results(from: first, through: last) { try series(account, books, from: $0) }
  }

  private func series(
    _ account: BankAccount, _ books: BankBooks, from date: BusinessDate
  ) throws -> StatementSeries {
    let from = date.advanced(by: -BankSpan.deliveryDays)
    if let deliveries, deliveries.from <= from { return deliveries.statements.series(of: account) }
    let statements = try AccountDeliveries(
      writer.reader, books, from: from, present: present(books))
    deliveries = (from, statements)
    return statements.series(of: account)
  }

  /// The names of the files in the tenant's directory now; `nil` if it cannot be listed.
  private func present(_ books: BankBooks) -> Set<String>? {
    if let takenUp, tenant == books.tenant { return takenUp.present }
    guard let root = configuration.statements,
      let listing = try? StatementLayout(root: root).listing(of: books.tenant)
    else { return nil }
    return Set(listing.files.map(\.name))
  }

  /// Writes what changed as new versions.
  ///
  /// - Parameter closes: the close of each date.
  /// - Returns: the dates that have a new version.
  func store(
    _ results: [BankDayResult], _ account: BankAccount, _ books: BankBooks,
    closes: [BusinessDate: CloseID]
  ) throws -> [ReconciliationVersion] {
    try results.compactMap { result in
      guard let close = closes[result.date] else { return nil }
      let previous = try writer.reader.currentReconciliation(
        books, account: account.reference, date: result.date, listingItems: true,
        derivingOpenItems: false)
      if let previous, previous.isSame(as: result) { return nil }
      return try writer.insert(
        ReconciliationDraft(
          reconciliation: result.reconciliation, date: result.date, closeID: close,
          findings: result.findings),
        after: previous, books, at: clock.timestamp())
    }
  }

  /// Takes up new files and makes the reconciliations of closed dates again that they change.
  ///
  /// - Parameter first: the first date to make again in any case; `nil` for those that changed.
  /// - Returns: the new versions, in the order of accounts and dates; `nil` if nothing was written at all.
  func update(
    _ state: TenantState, from first: BusinessDate? = nil
  ) throws -> [ReconciliationVersion]? {
    guard isUsed else { return nil }
    let hadTakenUp = takenUp != nil && tenant == state.tenant
    let books = BankBooks(state)
    let changed = try takeUp(books)
    var versions: [ReconciliationVersion] = []
    for account in accounts {
      let known = hasStoredOpening && !hadTakenUp ? books.firstDate : nil
      guard let from = [changed[account], first, known].compactMap(\.self).min() else { continue }
      versions += try remake(account, books, from: from, through: state.closedThrough)
    }
    let isUnchanged =
      versions.isEmpty && (hadTakenUp || takenUp?.files.isEmpty != false && !hasStoredOpening)
    return isUnchanged ? nil : versions
  }

  /// Makes the reconciliations of an account again from a date on.
  func remake(
    _ account: BankAccount, _ books: BankBooks, from first: BusinessDate,
    through last: BusinessDate
  ) throws -> [ReconciliationVersion] {
    let results = try results(account, books, from: first, through: last)
    guard let begin = results.first?.date else { return [] }
    return try store(
      results, account, books,
      closes: try writer.reader.currentCloses(books, dates: begin...last))
  }
}

extension ReconciliationVersion {
  /// Whether it says what the result says.
  fileprivate func isSame(as result: BankDayResult) -> Bool {
    let (old, new) = (reconciliation, result.reconciliation)
    guard findings == result.findings, old.hasState == new.hasState else { return false }
    if new.hasState { return old == new }
    return old.status == new.status && old.ledgerClosingMinor == new.ledgerClosingMinor
      && old.statement?.openingMinor == new.statement?.openingMinor
      && old.statement?.closingMinor == new.statement?.closingMinor
      && old.differenceMinor == new.differenceMinor
      && old.unexplainedMinor == new.unexplainedMinor
      && old.writtenOffMinor == new.writtenOffMinor && old.settledOn == new.settledOn
  }
}
