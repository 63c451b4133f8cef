import NIOHTTP1

/// A response to a request.
struct Response {
  var status: HTTPResponseStatus = .ok
  var fields: HTTPHeaders = [:]
  var body: [UInt8] = []

  /// A JSON response from a tenant's books, which only that tenant's clients may store.
  ///
  /// - Parameters:
  ///   - tag: identifies the state of the books.
  ///   - ifNoneMatch: the request's `If-None-Match`; if it has the tag, the response is 304 without a body.
  ///   - body: called only if the body is sent.
  static func books(
    tag: EntityTag, ifNoneMatch: String?, body: () throws -> [UInt8]
  ) rethrows -> Response {
    var response = Response()
    response.add(.eTag, tag.text)
    // A later close can restate any date, so clients must revalidate each time.
    response.add(.cacheControl, "private, no-cache")
    response.add(.vary, "Authorization")
    if tag.matches(ifNoneMatch: ifNoneMatch) {
      response.status = .notModified
    } else {
      response.add(.contentType, "application/json")
      response.body = try body()
    }
    return response
  }

  /// A JSON response that is the same for every client.
  static func plain(_ body: [UInt8]) -> Response {
    var response = Response()
    response.add(.contentType, "application/json")
    response.add(.cacheControl, "no-store")
    response.body = body
    return response
  }

  /// The response that reports a problem.
  init(_ problem: Problem, trace: TraceID) {
    status = problem.code.status
    fields = problem.fields
    add(.contentType, "application/problem+json")
    add(.cacheControl, "no-store")
    body = problem.bytes(trace: trace)
  }

  init() {}

  /// Adds a field that is not present yet.
  mutating func add(_ name: FieldName, _ value: String) {
    fields.add(name: name.rawValue, value: value)
  }
}
