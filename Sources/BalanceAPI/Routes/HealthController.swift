import BuildInfo

/// `GET /v1/health/live` and `GET /v1/health/ready`, which need no token.
struct HealthController {
  let books: RetryingBooksRepository
  let hasKeys: @Sendable () -> Bool

  /// Confirms that the process responds.
  func live() -> Response { Self.document("ok") }

  /// Confirms that requests can be answered: the books can be read and tokens verified.
  func ready() async throws(Problem) -> Response {
    try await books.read { try $0.check() }
    guard !books.alarm.isRaised else {
      throw Problem(.storeUnavailable, "The books are damaged; the log has the details.")
    }
    guard hasKeys() else {
      throw Problem(
        .keysUnavailable, "The issuer's key set could not be fetched yet; try again later.")
    }
    return Self.document("ready")
  }

  private static func document(_ status: String) -> Response {
    var object = JSONObjectWriter()
    object.add("git_sha", BuildInfo.gitSHA)
    object.add("status", status)
    object.add("version", BuildInfo.version)
    return .plain(object.finished())
  }
}
