/// What a server says of a request: that it was served, or why not.
///
/// Source: Open Financial Exchange 1.6, section 3.1.4.
struct OFXStatus {
  private var code: String?
  private var severity: String?
  private var message: String?

  init() {}

  /// Takes a field of the element.
  mutating func set(_ field: OFXTag, _ text: String) {
    switch field {
    case .code: code = code ?? text
    case .severity: severity = severity ?? text
    case .message: message = message ?? text
    default: break
    }
  }

  /// What is wrong, for a sentence; `nil` if nothing is.
  var error: String? {
    let isError =
      severity.map { $0.uppercased() == "ERROR" } ?? (code.map { $0 != "0" } ?? false)
    guard isError else { return nil }
    let text = message.map { " (\($0.prefix(200)))" } ?? ""
    return "the error \(code?.prefix(20) ?? "without a code")\(text)"
  }
}
