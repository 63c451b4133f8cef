import BuildInfo

/// `GET /v1/health/live` and `GET /v1/health/ready`, which need no token.
struct HealthController {
  let books: RetryingBooksRepository
  let hasKeys: @Sendable () -> Bool

  /// That the process answers.
  func live() -> Response { Self.document("ok") }

  /// That questions can be answered: the books can be read, and tokens verified.
  func ready() async throws(Problem) -> Response {
    try await books.read { try $0.check() }
    guard hasKeys() else {
      throw Problem(.keysUnavailable, "the issuer's keys could not be had yet.")
    }
    return Self.document("ready")
  }

  private static func document(_ status: String) -> Response {
    var text = JSONObjectWriter()
    text.add("git_sha", BuildInfo.gitSHA)
    text.add("status", status)
    text.add("version", BuildInfo.version)
    return .plain(text.finished())
  }
}
