public import JobConfiguration
public import LedgerDomain
import Reports
import SnapshotStore

/// `tieout reconcile`: takes up what the bank delivered since the last run, and reconciles the dates again that
/// it changes. No balance is touched.
public struct ReconcileRun {
  private let settings: JobSettings
  private let store: String
  private let bank: BankConfiguration
  private let clock: RunClock
  private let first: BusinessDate?

  /// A run with these settings.
  ///
  /// - Parameter dates: dates to reconcile again in any case. Later ones follow if they change.
  /// - Throws: `UsageError` if the store, statements or bank accounts are not given, or the range is empty.
  public init(
    settings: JobSettings, clock: RunClock, dates: (from: BusinessDate?, to: BusinessDate?)
  ) throws(UsageError) {
    guard let store = settings.store else { throw UsageError.noStore }
    if let from = dates.from, let to = dates.to, to < from {
      throw UsageError("the range from \(from) to \(to) is empty. Give an earlier --from.")
    }
    bank = try BankConfiguration(settings)
    self.settings = settings
    self.store = store
    self.clock = clock
    first = dates.from ?? dates.to
  }

  /// Reconciles the job's tenants, or all that have books. A tenant that fails does not stop the others.
  ///
  /// - Parameter waiting: called before waiting for the lock that another run holds.
  /// - Throws: `StoreError` if the store cannot be used; `CloseRefusal` with `not_closed` for a tenant without
  ///   books.
  public func run(waiting: (() -> Void)? = nil) throws -> RunResult {
    var result = RunResult(reports: settings.reports, tenantNames: settings.tenantNames)
    result.tenants = try BookStore.writeLocked(at: store, waiting: waiting) { writer in
      let states = try self.states(writer.reader)
      let committer = Committer(
        writer: writer, reportsRoot: settings.reports, options: settings.reportOptions,
        progress: CloseProgress())
      do {
        let book = BankBook(configuration: bank, clock: clock, writer: writer)
        book.isForOneTenant = states.count == 1
        var tenants = try states.map { try reconcile($0, book, writer, committer) }
        try committer.commit()
        let failures = committer.finishReports()
        for index in tenants.indices where tenants[index].failure == nil {
          tenants[index].failure = failures[tenants[index].tenant].map {
            TenantFailure(date: nil, message: $0)
          }
        }
        result.overviewFailure = OverviewUpdate.failure(
          writer.reader, OverviewConfiguration(settings))
        return tenants
      } catch {
        committer.abandon()
        throw error
      }
    }
    return result
  }

  private func reconcile(
    _ state: TenantState, _ book: BankBook, _ writer: BookWriter, _ committer: Committer
  ) throws -> TenantResult {
    var result = TenantResult(tenant: state.tenant)
    do {
      try committer.writeMissingReports(state)
      try BankUpdate(book: book, reader: writer.reader, committer: committer).run(
        state, from: first, into: &result)
    } catch  where TenantFailure.isCause(error) {
      book.forget()
      result.failure = TenantFailure(date: nil, message: "\(error)")
    }
    return result
  }

  private func states(_ reader: BookReader) throws -> [TenantState] {
    let states = try reader.tenantStates()
    if settings.tenants.isEmpty { return states }
    return try settings.tenants.map { tenant in
      guard let state = states.first(where: { $0.tenant == tenant }) else {
        throw CloseRefusal(.notClosed, "tenant \(tenant) has no books. See tieout status.")
      }
      return state
    }
  }
}
