import NIOHTTP1
import Reports
import TokenAccess

/// Why a request failed, sent as `application/problem+json`. Source: RFC 9457.
struct Problem: Error {
  /// The stable problem codes. The raw value is the last part of `type`.
  enum Code: String, CaseIterable {
    case badRequest = "bad_request"
    case unauthorized
    case insufficientScope = "insufficient_scope"
    case notFound = "not_found"
    case notClosed = "not_closed"
    case beforeOpening = "before_opening"
    case unknownAccount = "unknown_account"
    case unknownCurrency = "unknown_currency"
    case methodNotAllowed = "method_not_allowed"
    case notAcceptable = "not_acceptable"
    case requestTimeout = "request_timeout"
    case contentTooLarge = "content_too_large"
    case targetTooLong = "uri_too_long"
    case tooManyRequests = "too_many_requests"
    case headersTooLarge = "request_header_fields_too_large"
    case internalError = "internal_error"
    case versionNotSupported = "http_version_not_supported"
    case keysUnavailable = "keys_unavailable"
    case storeUnavailable = "store_unavailable"
  }

  /// A fault in one parameter.
  struct Fault: Encodable, Hashable {
    let field: String
    let code: String
    let message: String
  }

  let code: Code
  /// What is wrong with this request. It reveals nothing that the client may not know.
  let detail: String
  /// The faults in the parameters, in request order.
  var faults: [Fault] = []
  /// Header fields that the status requires.
  var fields: HTTPHeaders = [:]
  /// Why the token was refused, for the log.
  var token: TokenError.Code?

  init(_ code: Code, _ detail: String) {
    self.code = code
    self.detail = detail
  }

  /// The response body.
  func bytes(trace: TraceID) -> [UInt8] {
    let document = Document(
      type: "https://errors.hpts.example.com/\(code.rawValue)", title: code.title,
      status: Int(code.status.code), detail: detail, instance: trace.uri,
      trace_id: trace.description,
      code: code.rawValue, errors: faults.isEmpty ? nil : faults)
    // Strings and numbers can always be encoded.
    return (try? JSONDocument.bytes(document, .compact)) ?? []
  }

  private struct Document: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    let instance: String
    let trace_id: String
    let code: String
    let errors: [Fault]?
  }
}

extension Problem.Code {
  var status: HTTPResponseStatus {
    switch self {
    case .badRequest: .badRequest
    case .unauthorized: .unauthorized
    case .insufficientScope: .forbidden
    case .notFound, .notClosed, .beforeOpening, .unknownAccount, .unknownCurrency: .notFound
    case .methodNotAllowed: .methodNotAllowed
    case .notAcceptable: .notAcceptable
    case .requestTimeout: .requestTimeout
    case .contentTooLarge: .payloadTooLarge
    case .targetTooLong: .uriTooLong
    case .tooManyRequests: .tooManyRequests
    case .headersTooLarge: .requestHeaderFieldsTooLarge
    case .internalError: .internalServerError
    case .versionNotSupported: .httpVersionNotSupported
    case .keysUnavailable, .storeUnavailable: .serviceUnavailable
    }
  }

  /// The title, the same for every occurrence.
  var title: String {
    switch self {
    case .badRequest: "The request is invalid"
    case .unauthorized: "A valid token is required"
    case .insufficientScope: "The token does not allow this"
    case .notFound: "The resource does not exist"
    case .notClosed: "The date is not closed yet"
    case .beforeOpening: "The date is before the first close"
    case .unknownAccount: "The account does not exist"
    case .unknownCurrency: "The currency does not exist"
    case .methodNotAllowed: "The method is not allowed here"
    case .notAcceptable: "No acceptable representation is available"
    case .requestTimeout: "The request took too long to arrive"
    case .contentTooLarge: "The request's content is too large"
    case .targetTooLong: "The request's target is too long"
    case .tooManyRequests: "Too many requests"
    case .headersTooLarge: "The request's header fields are too large"
    case .internalError: "Internal error"
    case .versionNotSupported: "The version of HTTP is not supported"
    case .keysUnavailable: "Tokens cannot be verified at the moment"
    case .storeUnavailable: "The books cannot be read at the moment"
    }
  }
}
