import LedgerDomain

/// The parameters of a request, read one by one; what is wrong with any of them is collected, so that
/// whoever asks can mend all at once.
struct Parameters {
  private(set) var faults: [Problem.Fault] = []
  // Few enough to be searched one by one.
  private var values: [(name: String, value: String)] = []
  private static let namesEchoedBytesMax = 64
  /// So many tell enough; what comes after them is not looked at.
  private static let faultsMax = 16

  /// The parameters of a target.
  ///
  /// - Parameter known: the names that there are; every other is a fault, and so is one that stands
  ///   twice.
  init(_ target: RequestTarget, known: [String]) {
    if target.isMalformed {
      fault("", "malformed_encoding", "a % is not followed by two hexadecimal digits of UTF-8")
    }
    for (name, value) in target.parameters {
      guard faults.count < Self.faultsMax else { break }
      if !known.contains(name) {
        let shown = String(decoding: name.utf8.prefix(Self.namesEchoedBytesMax), as: UTF8.self)
        let names = known.isEmpty ? "none" : known.joined(separator: ", ")
        fault(shown, "unknown_parameter", "'\(shown)' is no parameter; there are: \(names)")
      } else if self.value(name) != nil {
        fault(name, "repeated_parameter", "\(name) stands more than once")
      } else {
        values.append((name, value))
      }
    }
  }

  private func value(_ name: String) -> String? { values.first { $0.name == name }?.value }

  /// The value of a parameter; `nil` if it is absent or wrong, which is then among the faults.
  mutating func value<Value>(
    _ name: String, _ kind: String, parse: (String) -> Value?
  ) -> Value? {
    guard let text = value(name) else { return nil }
    let value = parse(text)
    if value == nil { fault(name, "invalid_value", "\(name) must be \(kind)") }
    return value
  }

  /// The value of a parameter that must be there.
  mutating func required<Value>(
    _ name: String, _ kind: String, parse: (String) -> Value?
  ) -> Value? {
    if value(name) == nil { fault(name, "missing_parameter", "\(name) must be given: \(kind)") }
    return value(name, kind, parse: parse)
  }

  /// The date that an answer is to be of.
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
      .badRequest, faults.map(\.message).joined(separator: "; ") + ".")
    problem.faults = faults
    throw problem
  }
}
