import NIOHTTP1
import Reports
import TokenAccess

/// Why a request is not answered, as `application/problem+json`. Source: RFC 9457.
struct Problem: Error {
  /// The kinds of problems; stable. The last part of `type` is the raw value.
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
    case keysUnavailable = "keys_unavailable"
    case storeUnavailable = "store_unavailable"
  }

  /// What is wrong with one parameter.
  struct Fault: Encodable, Hashable {
    let field: String
    let code: String
    let message: String
  }

  let code: Code
  /// What is wrong with this request. It tells nothing that the one who asks may not know.
  let detail: String
  /// The parameters that are wrong, in the order of the request.
  var faults: [Fault] = []
  /// Header fields that the status calls for.
  var fields: HTTPHeaders = [:]
  /// Why a token opened nothing, for the log.
  var token: TokenError.Code?

  init(_ code: Code, _ detail: String) {
    self.code = code
    self.detail = detail
  }

  /// The document.
  func bytes(trace: TraceID) -> [UInt8] {
    let document = Document(
      type: "https://errors.hpts.example.com/\(code.rawValue)", title: code.title,
      status: Int(code.status.code), detail: detail, instance: trace.uri,
      trace_id: trace.description,
      code: code.rawValue, errors: faults.isEmpty ? nil : faults)
    // Texts and numbers can always be encoded.
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
    case .keysUnavailable, .storeUnavailable: .serviceUnavailable
    }
  }

  /// The same for every occurrence.
  var title: String {
    switch self {
    case .badRequest: "The request is not well formed"
    case .unauthorized: "A valid token is needed"
    case .insufficientScope: "The token does not allow this"
    case .notFound: "There is no such resource"
    case .notClosed: "The date is not closed yet"
    case .beforeOpening: "The date lies before the first close"
    case .unknownAccount: "There is no such account"
    case .unknownCurrency: "There is no such currency"
    case .methodNotAllowed: "The method is not allowed here"
    case .notAcceptable: "The answer cannot be given in an acceptable form"
    case .requestTimeout: "The request took too long to arrive"
    case .contentTooLarge: "The request's content is too large"
    case .targetTooLong: "The request's target is too long"
    case .tooManyRequests: "There were too many requests"
    case .headersTooLarge: "The request's header is too large"
    case .internalError: "Something went wrong"
    case .keysUnavailable: "Tokens cannot be verified at the moment"
    case .storeUnavailable: "The books cannot be read at the moment"
    }
  }
}
