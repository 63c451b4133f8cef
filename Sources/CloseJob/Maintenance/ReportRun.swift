public import JobConfiguration
public import LedgerDomain
import Reports
import SnapshotStore

/// `tieout report`: rewrites the report files of closed dates, or the overview over all tenants.
public struct ReportRun {
  private let configuration: ReportConfiguration
  private let dates: ClosedRange<BusinessDate>?

  /// A run over a range of dates, of the job's tenants or all.
  ///
  /// - Parameter dates: `nil` to make only the overview, from everything that is in the store.
  /// - Throws: `UsageError` if the store or the reports directory is not given.
  public init(settings: JobSettings, dates: ClosedRange<BusinessDate>?) throws(UsageError) {
    configuration = try ReportConfiguration(settings)
    self.dates = dates
  }

  /// Writes the sets, and brings the overview up to date.
  ///
  /// - Parameter waiting: called before waiting for the lock that another run holds.
  /// - Returns: the directories that were written, or the path of the overview.
  /// - Throws: `CloseRefusal` with `not_closed` if there is no close in the range; `ReportError`.
  public func run(waiting: (() -> Void)? = nil) throws -> [String] {
    let store = configuration.store
    let books = try BookStore(readingFrom: store)
    let lock = try StoreLock(storePath: store, waiting: waiting)
    defer { withExtendedLifetime(lock) {} }
    return try books.read { reader in
      let update = OverviewUpdate(reader: reader, configuration: configuration.overview)
      guard let dates else {
        try update.run(anew: true)
        return [OverviewFile.path(below: configuration.overview.reports)]
      }
      let written = try writeSets(dates, reader)
      try update.run()
      return written
    }
  }

  private func writeSets(
    _ dates: ClosedRange<BusinessDate>, _ reader: BookReader
  ) throws -> [String] {
    let (root, options) = (configuration.overview.reports, configuration.overview.options)
    let states = try reader.tenantStates().filter {
      configuration.tenants.isEmpty || configuration.tenants.contains($0.tenant)
    }
    var written: [String] = []
    for state in states {
      for offset in 0...dates.lowerBound.days(to: dates.upperBound) {
        let date = dates.lowerBound.advanced(by: offset)
        guard let record = try reader.closeRecord(state, date: date) else { continue }
        try ReportSet.write([record], options, below: root)
        written.append(ReportSet.directory(below: root, tenant: state.tenant, date: date))
      }
    }
    if !written.isEmpty { try ReportSet.sync(root) }
    if written.isEmpty {
      throw CloseRefusal(
        .notClosed,
        "no date from \(dates.lowerBound) to \(dates.upperBound) is closed. See tieout status.")
    }
    return written
  }
}
