import LedgerDomain
import Reports
import SnapshotStore

/// `GET /v1/reconciliation/status`.
struct ReconciliationController {
  let books: RetryingBooksRepository

  /// The requested date; `nil` for the last closed one.
  ///
  /// - Throws: `bad_request`, listing every invalid parameter.
  static func date(_ target: RequestTarget) throws(Problem) -> BusinessDate? {
    var parameters = Parameters(target, known: Operation.reconciliationStatus.parameterNames)
    let date = parameters.asOfDate()
    try parameters.check()
    return date
  }

  func response(
    date: BusinessDate?, tenant: TenantID, ifNoneMatch: String?
  ) async throws(Problem) -> Response {
    let lookup = try await books.read { try $0.status(tenant, date: date) }
    let date = try ClosedRangeCheck.date(date, lookup?.position)
    guard let lookup, let status = lookup.status else {
      throw Problem(.notClosed, "\(date) is not closed.")
    }
    do {
      return try Response.books(tag: EntityTag(lookup.position.version), ifNoneMatch: ifNoneMatch) {
        try ReconciliationStatusJSON.bytes(status)
      }
    } catch {
      throw Problem(.internalError, "The status cannot be encoded.")
    }
  }
}
