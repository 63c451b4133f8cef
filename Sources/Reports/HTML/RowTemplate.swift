/// HTML with placeholders, from `reports/templates/rows.mustache` or `overview-rows.mustache`.
///
/// The templates use only the variables of Mustache and are filled without a dictionary or a string
/// per value, since a report may have a hundred thousand rows. Each placeholder is a case of
/// `Field`, so that the compiler checks that all of them are filled.
struct RowTemplate<Field: RawRepresentable<String> & Sendable>: Sendable {
  /// Markup, and the value that follows it.
  struct Piece: Sendable {
    let markup: [UInt8]
    let field: Field?
  }

  let pieces: [Piece]

  /// The template with a name. Traps on a placeholder that is not a field.
  init(_ name: String) {
    pieces = RowTemplates.text(name).split(
      separator: "{{", omittingEmptySubsequences: false
    ).enumerated().flatMap { index, text -> [Piece] in
      guard index > 0 else { return [Piece(markup: Array(text.utf8), field: nil)] }
      guard let end = text.firstRange(of: "}}") else {
        preconditionFailure("a placeholder of the template '\(name)' is not closed")
      }
      guard let field = Field(rawValue: String(text[..<end.lowerBound])) else {
        preconditionFailure("'\(text[..<end.lowerBound])' is not a field of the template '\(name)'")
      }
      return [
        Piece(markup: [], field: field),
        Piece(markup: Array(text[end.upperBound...].utf8), field: nil),
      ]
    }
  }
}

/// HTML without placeholders, from the same files.
struct TemplateBlock: Sendable {
  let markup: [UInt8]

  /// The block with a name.
  init(_ name: String) {
    let text = RowTemplates.text(name)
    precondition(!text.contains("{{"), "the block '\(name)' has placeholders")
    markup = Array(text.utf8)
  }
}

/// The row templates by the name in the comment before each.
enum RowTemplates {
  private static let texts: [String: String] = {
    var texts: [String: String] = [:]
    let all = Templates.rows_mustache + Templates.overview_rows_mustache
    for block in all.split(separator: "{{! row: ") {
      guard let end = block.firstRange(of: " }}\n") else {
        preconditionFailure("a row template has no name")
      }
      texts[String(block[..<end.lowerBound])] = String(block[end.upperBound...])
    }
    return texts
  }()

  /// The text of the template with a name. Traps if there is none.
  static func text(_ name: String) -> String {
    guard let text = texts[name] else { preconditionFailure("there is no template '\(name)'") }
    return text
  }
}
