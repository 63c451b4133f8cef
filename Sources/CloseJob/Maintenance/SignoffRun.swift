public import JobConfiguration
public import LedgerDomain
import Reports
import SnapshotStore

/// A recorded certification.
public struct SignoffResult: Sendable {
  /// The close that was certified.
  public let header: CloseHeader
  /// The later closes that restated its date: the certification covers their versions.
  public let restatedBy: [RestatingClose]
  /// Whether the same person had certified the same figures before: then nothing was recorded.
  public let isRepeated: Bool
}

/// Certifications that were recorded but are not in the reports of their dates yet.
public struct SignoffReportError: Error, Sendable, CustomStringConvertible {
  let headers: [CloseHeader]
  let reason: ReportError

  /// What happened and what to do.
  public var description: String {
    let first = headers.first?.businessDate.description ?? ""
    let last = headers.last?.businessDate.description ?? ""
    let dates = first == last ? first : "\(first) to \(last)"
    let close = headers.count == 1 ? ", close \(headers[0].closeID)," : ""
    return
      "the certification of \(dates)\(close) is recorded, but \(reason.path) cannot be written: "
      + "\(reason.reason). Correct this and run tieout report --date \(first)"
      + (first == last ? "" : " --to \(last)")
      + ". Do not certify again: it would be recorded twice."
  }
}

/// `tieout signoff`: records who certified a close, or all closes of a month.
public struct SignoffRun {
  /// What is certified.
  public enum Scope: Sendable {
    /// One date.
    case date(BusinessDate)
    /// Every date of a month, from the first of the books on: all of them, or none.
    case month(CalendarMonth)
  }

  private let configuration: SignoffConfiguration
  private let clock: RunClock
  private let scope: Scope
  private let name: String
  private let note: String

  /// A certification of a tenant's dates.
  ///
  /// - Throws: `UsageError` if the store, the tenant or the name is not given.
  public init(
    settings: JobSettings, clock: RunClock, _ scope: Scope, name: String, note: String
  ) throws(UsageError) {
    configuration = try SignoffConfiguration(settings)
    guard !name.allSatisfy({ $0.isWhitespace }) else {
      throw UsageError("--by: give the name of the person who certifies the close.")
    }
    self.clock = clock
    self.scope = scope
    self.name = name
    self.note = note
  }

  /// Certifies the current closes of the dates in one transaction, and rewrites their report sets if the job
  /// has reports.
  ///
  /// A close with breaks can be certified; the reports show both. A date of a month whose close this person
  /// has certified already, without a change since, is left as it is.
  ///
  /// - Parameter waiting: called before waiting for the lock that another run holds.
  /// - Returns: what was certified, date by date.
  /// - Throws: `CloseRefusal` with `not_closed`; `StoreError` with `altered_store` if the books are not
  ///   those that were closed; `SignoffReportError`. Nothing is recorded but with the last.
  public func run(waiting: (() -> Void)? = nil) throws -> [SignoffResult] {
    try BookStore.writeLocked(at: configuration.store, waiting: waiting) { writer in
      guard let state = try writer.reader.tenantState(configuration.tenant) else {
        throw CloseRefusal(
          .notClosed, "tenant \(configuration.tenant) has no closed date. See tieout status.")
      }
      let signoffs = try headers(state, writer.reader).map { header in
        SignoffResult(
          header: header, restatedBy: try writer.reader.restatingCloses(state, since: header),
          isRepeated: try isRepeated(header, writer.reader))
      }
      let headers = signoffs.filter { !$0.isRepeated }.map(\.header)
      try prove(headers, state, writer.reader)
      guard !headers.isEmpty else { return signoffs }
      try writer.begin()
      for header in headers {
        try writer.certify(header, state, name: name, note: note, at: clock.timestamp())
      }
      try writer.commit()
      try report(headers, state, writer.reader)
      return signoffs
    }
  }

  /// The closes to certify, in the order of their dates.
  private func headers(_ state: TenantState, _ reader: BookReader) throws -> [CloseHeader] {
    let dates =
      switch scope {
      case .date(let date): [date]
      case .month(let month): month.dates.all.filter { $0 >= state.firstDate }
      }
    let headers = try dates.map { try reader.closeHeader(state, date: $0) }
    let missing = zip(dates, headers).filter { $0.1 == nil }.map(\.0.description)
    guard missing.isEmpty, !dates.isEmpty else {
      throw CloseRefusal(.notClosed, refusal(missing))
    }
    return headers.compactMap(\.self)
  }

  private func refusal(_ missing: [String]) -> String {
    let dates = missing.isEmpty ? ["the whole month"] : missing
    let verb = dates.count == 1 ? "is" : "are"
    let what =
      "\(dates.joined(separator: ", ")) \(verb) not closed for tenant \(configuration.tenant)"
    guard case .month(let month) = scope else { return "\(what). See tieout status." }
    return
      "\(what), so no date of \(month) was certified. Close the dates first, or certify single "
      + "ones with --date. See tieout status."
  }

  /// Whether this person has certified a close of a month already, and it still holds.
  private func isRepeated(_ header: CloseHeader, _ reader: BookReader) throws -> Bool {
    guard case .month = scope, let known = try reader.certification(of: header.closeID) else {
      return false
    }
    return !known.isWithdrawn && known.chainDigest == header.chainDigest
      && ExactText(known.name) == ExactText(name)
  }

  /// Compares the closes with their digests.
  private func prove(
    _ headers: [CloseHeader], _ state: TenantState, _ reader: BookReader
  ) throws {
    var faults: [String] = []
    for header in headers {
      do {
        try reader.proveClose(header.closeID, state)
      } catch let error as StoreError where error.code == .alteredStore {
        guard case .month = scope else { throw error }
        faults.append("\(header.businessDate): \(error.message)")
      }
    }
    guard faults.isEmpty else {
      throw StoreError(.alteredStore, "no date was certified. " + faults.joined(separator: " "))
    }
  }

  private func report(
    _ headers: [CloseHeader], _ state: TenantState, _ reader: BookReader
  ) throws {
    guard let overview = configuration.overview else { return }
    do {
      for header in headers {
        guard let record = try reader.closeRecord(state, date: header.businessDate) else {
          continue
        }
        try ReportSet.write([record], overview.options, below: overview.reports)
      }
      try ReportSet.sync(overview.reports)
      try OverviewUpdate(reader: reader, configuration: overview).run()
    } catch let error as ReportError {
      throw SignoffReportError(headers: headers, reason: error)
    }
  }
}
