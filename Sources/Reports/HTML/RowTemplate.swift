/// HTML with places for values, taken from `reports/templates/rows.mustache`.
///
/// A subset of Mustache, variables only, that is filled without a dictionary or a string per value:
/// for rows, of which a report may have a hundred thousand. Each place is a case of `Field`, so that
/// whoever fills the template must say what stands in every one of them.
struct RowTemplate<Field: RawRepresentable<String> & Sendable>: Sendable {
  /// Markup, and the value that follows it.
  struct Piece: Sendable {
    let markup: [UInt8]
    let field: Field?
  }

  let pieces: [Piece]

  /// The template of that name. A place that is no field is a fault of ours and ends the program.
  init(_ name: String) {
    pieces = RowTemplates.text(name).split(
      separator: "{{", omittingEmptySubsequences: false
    ).enumerated().flatMap { index, text -> [Piece] in
      guard index > 0 else { return [Piece(markup: Array(text.utf8), field: nil)] }
      guard let end = text.firstRange(of: "}}") else {
        preconditionFailure("a place of the template '\(name)' has no end")
      }
      guard let field = Field(rawValue: String(text[..<end.lowerBound])) else {
        preconditionFailure("'\(text[..<end.lowerBound])' is no field of the template '\(name)'")
      }
      return [
        Piece(markup: [], field: field),
        Piece(markup: Array(text[end.upperBound...].utf8), field: nil),
      ]
    }
  }
}

/// HTML without places for values, taken from `reports/templates/rows.mustache`.
struct TemplateBlock: Sendable {
  let markup: [UInt8]

  /// The block of that name.
  init(_ name: String) {
    let text = RowTemplates.text(name)
    precondition(!text.contains("{{"), "the block '\(name)' has places for values")
    markup = Array(text.utf8)
  }
}

/// The templates of rows, each under the name in the comment before it.
enum RowTemplates {
  private static let texts: [String: String] = {
    let text = String(decoding: PackageResources.rows_mustache, as: UTF8.self)
    var texts: [String: String] = [:]
    for block in text.split(separator: "{{! row: ") {
      guard let end = block.firstRange(of: " }}\n") else {
        preconditionFailure("a row's template has no name")
      }
      texts[String(block[..<end.lowerBound])] = String(block[end.upperBound...])
    }
    return texts
  }()

  /// The template of that name. One that is not there is a fault of ours and ends the program.
  static func text(_ name: String) -> String {
    guard let text = texts[name] else { preconditionFailure("there is no template '\(name)'") }
    return text
  }
}
