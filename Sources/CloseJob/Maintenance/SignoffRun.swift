public import JobConfiguration
public import LedgerDomain
import Reports
import SnapshotStore

/// A signature that was recorded.
public struct Signature: Sendable {
  /// The close that was certified.
  public let header: CloseHeader
  /// The later closes that have restated its date: their versions count, and are certified with it.
  public let restatedBy: [RestatingClose]
}

/// A signature that was recorded, but is not in the date's reports yet.
public struct SignatureNotReported: Error, Sendable, CustomStringConvertible {
  let signature: Signature
  let reason: ReportError

  /// A sentence with the remedy.
  public var description: String {
    "the signature under \(signature.header.businessDate), close \(signature.header.closeID), is "
      + "recorded, but \(reason.path) cannot be written: \(reason.reason). Mend this and run tieout report "
      + "--date \(signature.header.businessDate); signing again would record it twice."
  }
}

/// `tieout signoff`: records who certified a close.
public struct SignoffRun {
  private let settings: JobSettings
  private let clock: RunClock
  private let date: BusinessDate
  private let name: String
  private let note: String

  /// A signature under a tenant's date.
  ///
  /// - Throws: `UsageError` if the store, the tenant or the name is not given.
  public init(
    settings: JobSettings, clock: RunClock, date: BusinessDate, name: String, note: String
  ) throws(UsageError) {
    guard settings.store != nil else { throw UsageError.noStore }
    guard settings.tenants.count == 1 else { throw UsageError("--tenant: give one UUID.") }
    guard !name.allSatisfy({ $0.isWhitespace }) else {
      throw UsageError("--by: give the name of who certifies the close.")
    }
    self.settings = settings
    self.clock = clock
    self.date = date
    self.name = name
    self.note = note
  }

  /// Certifies the date's standing close, and writes its report set again if the job has reports.
  ///
  /// A close with breaks can be certified: who signs has seen them, and the reports say both.
  ///
  /// - Parameter waiting: called if another run holds the lock, which is then waited for.
  /// - Returns: what was certified.
  /// - Throws: `CloseRefusal` with `not_closed`; `StoreError` with `altered_store` if the books are not
  ///   those that were closed; `SignatureNotReported`.
  public func run(waiting: (() -> Void)? = nil) throws -> Signature {
    let path = settings.store ?? ""
    guard BookStore.exists(at: path) else {
      throw StoreError(.notFound, "there is no store at \(path).")
    }
    let lock = try StoreLock(storePath: path, waiting: waiting)
    defer { withExtendedLifetime(lock) {} }
    return try BookStore(writingTo: path).write { writer in
      guard let state = try writer.reader.tenantState(settings.tenants[0]),
        let header = try writer.reader.closeHeader(state, date: date)
      else {
        throw CloseRefusal(
          .notClosed, "\(date) is not closed for tenant \(settings.tenants[0]). See tieout status.")
      }
      try writer.reader.proveClose(header.closeID, state)
      try writer.begin()
      try writer.certify(header, state, name: name, note: note, at: clock.timestamp())
      try writer.commit()
      let signature = Signature(
        header: header, restatedBy: try writer.reader.restatingCloses(state, since: header))
      if let root = settings.reports, let record = try writer.reader.closeRecord(state, date: date)
      {
        do {
          try ReportSet.write([record], below: root)
          try ReportSet.sync(root)
        } catch let error as ReportError {
          throw SignatureNotReported(signature: signature, reason: error)
        }
      }
      return signature
    }
  }
}
