import LedgerDomain
import NIOHTTP1
import TokenAccess

/// Authenticates requests by bearer token and checks the token's scope.
struct Authenticator: Sendable {
  let verifier: TokenVerifier

  /// The principal of a request, if its token has a scope.
  ///
  /// - Throws: `unauthorized` without a valid token, `insufficient_scope` if the token lacks the scope,
  ///   `keys_unavailable` while no token can be verified.
  func authorize(
    _ fields: HTTPHeaders, certificate: ClientCertificate?, for scope: String
  ) async throws(Problem) -> Principal {
    let principal = try await authenticate(fields, certificate)
    guard principal.scopes.contains(ExactText(scope)) else {
      var problem = Problem(.insufficientScope, "The token lacks the scope \(scope).")
      problem.fields[.wwwAuthenticate] =
        "Bearer realm=\"tieout\", error=\"insufficient_scope\", scope=\"\(scope)\""
      throw problem
    }
    return principal
  }

  /// The principal that a request's token names.
  private func authenticate(
    _ fields: HTTPHeaders, _ certificate: ClientCertificate?
  ) async throws(Problem) -> Principal {
    do {
      return try await verifier.principal(
        try Self.token(fields), certificateThumbprint: certificate?.thumbprint)
    } catch let error as TokenError {
      var problem = Self.problem(error)
      problem.token = error.code
      throw problem
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem(.internalError, "The token cannot be verified.")
    }
  }

  /// The token in the one `Authorization` header. Source: RFC 6750, section 2.1.
  private static func token(_ fields: HTTPHeaders) throws(Problem) -> String {
    let values = fields[FieldName.authorization.rawValue]
    guard values.count == 1, let value = values.first else {
      throw unauthorized(
        values.isEmpty
          ? "The request has no token" : "The request has more than one Authorization field",
        error: nil
      )
    }
    let space = UInt8(ascii: " ")
    let scheme = value.utf8.prefix { $0 != space }
    let token = value.utf8.dropFirst(scheme.count).drop { $0 == space }
    guard scheme.elementsEqual("bearer".utf8, by: { $0 | 0x20 == $1 }), !token.isEmpty else {
      throw unauthorized("The Authorization field has no bearer token", error: nil)
    }
    return String(Substring(token))
  }

  private static func problem(_ error: TokenError) -> Problem {
    guard error.code != .noKeys else {
      var problem = Problem(.keysUnavailable, "\(error.message).")
      problem.fields[.retryAfter] = "5"
      return problem
    }
    return unauthorized(error.message, error: "invalid_token")
  }

  private static func unauthorized(_ detail: String, error: String?) -> Problem {
    var problem = Problem(.unauthorized, "\(detail).")
    // Our details contain single quotation marks only.
    problem.fields[.wwwAuthenticate] =
      "Bearer realm=\"tieout\""
      + (error.map { ", error=\"\($0)\", error_description=\"\(detail)\"" } ?? "")
    return problem
  }
}
