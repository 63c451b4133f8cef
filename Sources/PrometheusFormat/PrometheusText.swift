/// A page of metrics in Prometheus' text format 0.0.4, built family by family.
///
///     var page = PrometheusText()
///     page.family("http_requests_total", .counter, help: "Requests answered.")
///     page.sample("http_requests_total", [("status", "200")], "3")
///
/// Source: https://prometheus.io/docs/instrumenting/exposition_formats/, "Text format".
public struct PrometheusText {
  /// What a family of samples measures.
  public enum MetricType: String, Sendable {
    case counter, gauge, histogram
  }

  /// The names and values of a sample's labels, in the order in which they are written.
  public typealias Labels = [(String, String)]

  /// The page so far; every line ends in a line feed.
  public private(set) var text = ""

  /// An empty page.
  public init() {}

  /// Begins a family: its help and its type. Its samples must follow directly.
  public mutating func family(_ name: String, _ type: MetricType, help: String) {
    text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(type.rawValue)\n"
  }

  /// Adds a sample of the family begun last.
  ///
  /// - Parameter value: a number in the notation of the format.
  public mutating func sample(_ name: String, _ labels: Labels, _ value: String) {
    let list = labels.map { "\($0.0)=\"\(Self.escaped($0.1, quotes: true))\"" }
    text += name + (list.isEmpty ? "" : "{\(list.joined(separator: ","))}") + " \(value)\n"
  }

  /// Adds a family with one sample that has no labels.
  public mutating func family(
    _ name: String, _ type: MetricType, help: String, value: String
  ) {
    family(name, type, help: help)
    sample(name, [], value)
  }

  /// Adds a gauge with all its samples; nothing if it has none.
  public mutating func gauge(
    _ name: String, help: String, _ samples: [(labels: Labels, value: Double)]
  ) {
    if samples.isEmpty { return }
    family(name, .gauge, help: help)
    for (labels, value) in samples { sample(name, labels, Self.number(value)) }
  }

  /// Adds a gauge with one sample that has no labels.
  public mutating func gauge(_ name: String, help: String, _ value: Double) {
    gauge(name, help: help, [([], value)])
  }

  /// The value of a sample without labels on a page written earlier; `nil` if there is none.
  public static func value(of name: String, in text: String) -> Double? {
    text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
      .flatMap { Double($0.dropFirst(name.count + 1)) }
  }

  private static func escaped(_ text: String, quotes: Bool) -> String {
    text.reduce(into: "") { escaped, character in
      switch character {
      case "\\": escaped += "\\\\"
      case "\n": escaped += "\\n"
      case "\"" where quotes: escaped += "\\\""
      default: escaped.append(character)
      }
    }
  }

  private static func number(_ value: Double) -> String {
    Int64(exactly: value).map { String($0) } ?? String(value)
  }
}
