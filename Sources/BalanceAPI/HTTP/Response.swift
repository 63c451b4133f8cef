import NIOHTTP1

/// What a request is answered with.
struct Response {
  var status: HTTPResponseStatus = .ok
  var fields: HTTPHeaders = [:]
  var body: [UInt8] = []

  /// An answer of JSON that is the tenant's own.
  ///
  /// - Parameters:
  ///   - tag: the state of the books that it is from.
  ///   - ifNoneMatch: what the client has; if it is of that state nothing is sent again.
  ///   - body: made only if it is sent.
  static func books(
    tag: EntityTag, ifNoneMatch: String?, body: () throws -> [UInt8]
  ) rethrows -> Response {
    var answer = Response()
    answer.add(.eTag, tag.text)
    // Another close can change any date, so that a copy is asked about each time.
    answer.add(.cacheControl, "private, no-cache")
    answer.add(.vary, "Authorization")
    if tag.isNamed(in: ifNoneMatch) {
      answer.status = .notModified
    } else {
      answer.add(.contentType, "application/json")
      answer.body = try body()
    }
    return answer
  }

  /// An answer of JSON that is the same for all.
  static func plain(_ body: [UInt8]) -> Response {
    var answer = Response()
    answer.add(.contentType, "application/json")
    answer.add(.cacheControl, "no-store")
    answer.body = body
    return answer
  }

  /// An answer that says why there is no other.
  init(_ problem: Problem, trace: TraceID) {
    status = problem.code.status
    fields = problem.fields
    add(.contentType, "application/problem+json")
    add(.cacheControl, "no-store")
    body = problem.bytes(trace: trace)
  }

  init() {}

  /// Adds a field that is not there yet.
  mutating func add(_ name: FieldName, _ value: String) {
    fields.add(name: name.rawValue, value: value)
  }
}
