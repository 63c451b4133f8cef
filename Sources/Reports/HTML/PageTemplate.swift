import LedgerDomain
import Mustache

/// A page's template, such as `reports/templates/reconciliation.mustache`, parsed once per process.
///
/// Comments `{{! slot: name }}` mark where rows go. The page is split there: slots are streamed
/// into the file, and only the fragments between them go through Mustache.
///
/// `Slot` has a case for each part of the page that is streamed, in their order.
struct PageTemplate<Slot: RawRepresentable<String> & CaseIterable & Equatable & Sendable>: Sendable
{
  /// The template between two slots, and the slot after it.
  struct Fragment: Sendable {
    fileprivate let template: MustacheTemplate
    let slot: Slot?

    /// The fragment with its variables filled in.
    func render(_ values: [String: Any]) -> String { template.render(values) }
  }

  /// The fragments in the order of the page.
  let fragments: [Fragment]

  /// The template with that text. Traps if its slots are not the cases of `Slot`, in their order.
  init(_ page: String) {
    MustacheContentTypes.register(EscapedText(), named: EscapedText.name)
    var fragments: [Fragment] = []
    var text = page[...]
    while let begin = text.firstRange(of: "{{! slot: ") {
      guard let end = text[begin.upperBound...].firstRange(of: " }}\n"),
        let slot = Slot(rawValue: String(text[begin.upperBound..<end.lowerBound]))
      else { preconditionFailure("the page has a slot with an unknown name") }
      fragments.append(Fragment(template: Self.parse(text[..<begin.lowerBound]), slot: slot))
      text = text[end.upperBound...]
    }
    self.fragments = fragments + [Fragment(template: Self.parse(text), slot: nil)]
    precondition(
      self.fragments.compactMap(\.slot) == Array(Slot.allCases),
      "the page must have every slot once, in order")
  }

  private static func parse(_ text: Substring) -> MustacheTemplate {
    do {
      return try MustacheTemplate(string: "{{% CONTENT_TYPE: \(EscapedText.name) }}" + text)
    } catch {
      preconditionFailure("the page cannot be parsed: \(error)")
    }
  }
}

/// Escapes byte by byte. Mustache's own escaping works on characters and misses a quotation mark
/// followed by a combining accent, which still ends an attribute.
private struct EscapedText: MustacheContentType {
  static let name = "LEDGER_HTML"

  func escapeText(_ text: String) -> String { HTMLWriter.string { $0.text(text) } }
}
