import NIOHTTP1
import TokenAccess

/// Lets in whoever has a token for what is asked for.
struct Authenticator: Sendable {
  let verifier: TokenVerifier

  /// Who is asking.
  ///
  /// - Throws: `unauthorized` without a valid token, `insufficient_scope` if it does not allow the
  ///   operation, `keys_unavailable` while no token can be verified.
  func admit(_ fields: HTTPHeaders, to scope: String) async throws(Problem) -> Principal {
    let principal: Principal
    do {
      principal = try await verifier.principal(try Self.token(fields))
    } catch let refusal as TokenError {
      var problem = Self.problem(refusal)
      problem.token = refusal.code
      throw problem
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem(.internalError, "the token cannot be verified.")
    }
    guard principal.scopes.contains(scope) else {
      var problem = Problem(.insufficientScope, "the token does not have the scope \(scope).")
      problem.fields[.wwwAuthenticate] =
        "Bearer realm=\"tieout\", error=\"insufficient_scope\", scope=\"\(scope)\""
      throw problem
    }
    return principal
  }

  /// The token in the one `Authorization` header. Source: RFC 6750, section 2.1.
  private static func token(_ fields: HTTPHeaders) throws(Problem) -> String {
    let values = fields[FieldName.authorization.rawValue]
    guard values.count == 1, let value = values.first else {
      throw unauthorized(
        values.isEmpty ? "no token is given" : "there are several Authorization headers", error: nil
      )
    }
    let space = UInt8(ascii: " ")
    let scheme = value.utf8.prefix { $0 != space }
    let token = value.utf8.dropFirst(scheme.count).drop { $0 == space }
    guard scheme.elementsEqual("bearer".utf8, by: { $0 | 0x20 == $1 }), !token.isEmpty else {
      throw unauthorized("no bearer token is given", error: nil)
    }
    return String(Substring(token))
  }

  private static func problem(_ refusal: TokenError) -> Problem {
    guard refusal.code != .noKeys else {
      var problem = Problem(.keysUnavailable, "\(refusal.message).")
      problem.fields[.retryAfter] = "5"
      return problem
    }
    return unauthorized(refusal.message, error: "invalid_token")
  }

  private static func unauthorized(_ detail: String, error: String?) -> Problem {
    var problem = Problem(.unauthorized, "\(detail).")
    // Details of ours have no quotation marks but single ones.
    problem.fields[.wwwAuthenticate] =
      "Bearer realm=\"tieout\""
      + (error.map { ", error=\"\($0)\", error_description=\"\(detail)\"" } ?? "")
    return problem
  }
}
