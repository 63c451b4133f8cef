import LedgerDomain
import Reports
import SnapshotStore

/// `GET /v1/reconciliation/status`.
struct ReconciliationController {
  let books: RetryingBooksRepository

  /// The date that a request asks for; `nil` for the last closed one.
  ///
  /// - Throws: `bad_request` with everything that is wrong.
  static func date(_ target: RequestTarget) throws(Problem) -> BusinessDate? {
    var parameters = Parameters(target, known: Operation.reconciliationStatus.parameterNames)
    let date = parameters.asOfDate()
    try parameters.check()
    return date
  }

  func answer(
    date: BusinessDate?, tenant: TenantID, ifNoneMatch: String?
  ) async throws(Problem) -> Response {
    let served = try await books.read { try $0.status(tenant, date: date) }
    let date = try ClosedRangeCheck.date(date, served?.position)
    guard let served, let status = served.status else {
      throw Problem(.notClosed, "\(date) is not closed.")
    }
    do {
      return try Response.books(tag: EntityTag(served.position.version), ifNoneMatch: ifNoneMatch) {
        try ReconciliationStatusJSON.bytes(status)
      }
    } catch {
      throw Problem(.internalError, "the status cannot be written.")
    }
  }
}
