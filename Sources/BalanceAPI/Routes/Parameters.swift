import LedgerDomain

/// A request's parameters, parsed one by one. Faults are collected, so that the client can correct all of
/// them at once.
struct Parameters {
  private(set) var faults: [Problem.Fault] = []
  // Few enough for a linear search.
  private var values: [(name: String, value: String)] = []
  private static let namesEchoedBytesMax = 64
  /// Parameters after this many faults are not checked.
  private static let faultsMax = 16

  /// The parameters of a target.
  ///
  /// - Parameter known: the names that the operation accepts. Any other name is a fault, as is a repeated one.
  init(_ target: RequestTarget, known: [String]) {
    if target.isMalformed {
      fault("", "malformed_encoding", "every % must be followed by two hexadecimal digits of UTF-8")
    }
    for (name, value) in target.parameters {
      guard faults.count < Self.faultsMax else { break }
      if !known.contains(name) {
        let shown = String(decoding: name.utf8.prefix(Self.namesEchoedBytesMax), as: UTF8.self)
        let names = known.isEmpty ? "none" : known.joined(separator: ", ")
        fault(
          shown, "unknown_parameter",
          "'\(shown)' is not a parameter of this path; its parameters: \(names)")
      } else if self.value(name) != nil {
        fault(name, "repeated_parameter", "\(name) is given more than once")
      } else {
        values.append((name, value))
      }
    }
  }

  private func value(_ name: String) -> String? { values.first { $0.name == name }?.value }

  /// The value of an optional parameter; `nil` if it is absent, or invalid, which is recorded as a fault.
  mutating func value<Value>(
    _ name: String, _ kind: String, parse: (String) -> Value?
  ) -> Value? {
    guard let text = value(name) else { return nil }
    let value = parse(text)
    if value == nil { fault(name, "invalid_value", "\(name) must be \(kind)") }
    return value
  }

  /// The value of a required parameter.
  mutating func required<Value>(
    _ name: String, _ kind: String, parse: (String) -> Value?
  ) -> Value? {
    if value(name) == nil { fault(name, "missing_parameter", "\(name) is required: \(kind)") }
    return value(name, kind, parse: parse)
  }

  /// The requested business date.
  mutating func asOfDate() -> BusinessDate? {
    value("as_of_date", "a calendar date YYYY-MM-DD") { BusinessDate($0) }
  }

  mutating func fault(_ field: String, _ code: String, _ message: String) {
    guard faults.count < Self.faultsMax else { return }
    faults.append(Problem.Fault(field: field, code: code, message: message))
  }

  /// - Throws: `bad_request` with all faults, if there are any.
  func check() throws(Problem) {
    guard !faults.isEmpty else { return }
    var problem = Problem(
      .badRequest, "Invalid request: " + faults.map(\.message).joined(separator: "; ") + ".")
    problem.faults = faults
    throw problem
  }
}
