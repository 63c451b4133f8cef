import LedgerDomain
import Mustache

/// The page of `reports/templates/reconciliation.mustache`, parsed once for the process.
///
/// A comment `{{! slot: name }}` says where rows go. The page is cut there, so that what fills a slot
/// streams into the file and only the stretches between go through Mustache.
struct PageTemplate: Sendable {
  /// A place of the page that is filled by rows.
  enum Slot: String, CaseIterable {
    case style
    case tieOuts = "tie_outs"
    case layerCharts = "layer_charts"
    case balanceCharts = "balance_charts"
    case quarantineChart = "quarantine_chart"
    case bank, loans
    case findingCounts = "finding_counts"
    case firstFindings = "first_findings"
    case trialBalance = "trial_balance"
    case rollforward, restatements, parts
    case findingsData = "findings_data"
    case script
  }

  /// A stretch between slots, and the slot after it.
  struct Stretch: Sendable {
    fileprivate let template: MustacheTemplate
    let slot: Slot?

    /// The stretch with its values.
    func render(_ values: [String: Any]) -> String { template.render(values) }
  }

  /// The stretches in the order of the page.
  let stretches: [Stretch]

  /// The page.
  static let reconciliation = PageTemplate(PackageResources.reconciliation_mustache)

  private init(_ bytes: [UInt8]) {
    MustacheContentTypes.register(EscapedText(), named: EscapedText.name)
    let page = String(decoding: bytes, as: UTF8.self)
    var stretches: [Stretch] = []
    var text = page[...]
    while let begin = text.firstRange(of: "{{! slot: ") {
      guard let end = text[begin.upperBound...].firstRange(of: " }}\n"),
        let slot = Slot(rawValue: String(text[begin.upperBound..<end.lowerBound]))
      else { preconditionFailure("the page has a slot without a known name") }
      stretches.append(Stretch(template: Self.parse(text[..<begin.lowerBound]), slot: slot))
      text = text[end.upperBound...]
    }
    self.stretches = stretches + [Stretch(template: Self.parse(text), slot: nil)]
    precondition(
      self.stretches.compactMap(\.slot) == Slot.allCases, "the page has every slot once, in order")
  }

  private static func parse(_ text: Substring) -> MustacheTemplate {
    do {
      return try MustacheTemplate(string: "{{% CONTENT_TYPE: \(EscapedText.name) }}" + text)
    } catch {
      preconditionFailure("the page cannot be parsed: \(error)")
    }
  }
}

/// Escapes byte by byte: Mustache's own escaping goes by characters and passes a quotation mark that a
/// combining accent follows, which ends an attribute all the same.
private struct EscapedText: MustacheContentType {
  static let name = "LEDGER_HTML"

  func escapeText(_ text: String) -> String { HTMLText.string { $0.text(text) } }
}
