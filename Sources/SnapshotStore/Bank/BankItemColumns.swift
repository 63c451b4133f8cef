import GRDB
import LedgerDomain

/// How references and items are stored.
enum BankItemColumns {
  /// The columns, in the order of `values(of:)`.
  static let names = """
    side, identity, place, item_references, item_text, amount_minor, item_date, batch_identity,
    batch_references, batch_text, batch_amount_minor, batch_count, reverses_entry_id, is_reversal
    """
  static let count = 14

  /// One reference a line, `kind=value`; a line feed or backslash of a value follows a backslash.
  static func text(_ references: [BankReference]) -> String {
    references.map { reference in
      var text = reference.kind.rawValue + "="
      for scalar in reference.value.unicodeScalars {
        switch scalar {
        case "\n": text += "\\n"
        case "\\": text += "\\\\"
        default: text.unicodeScalars.append(scalar)
        }
      }
      return text
    }.joined(separator: "\n")
  }

  /// The references of such a text.
  ///
  /// - Throws: `StoreError` with `altered_store` if a line has no known kind.
  static func references(_ text: String) throws -> [BankReference] {
    if text.isEmpty { return [] }
    // Unicode scalars: a carriage return before a line feed would be one character with it.
    return try text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map {
      line in
      guard let equals = line.firstIndex(of: "="),
        let kind = BankReference.Kind(rawValue: String(line[..<equals]))
      else { throw Row.altered("an invalid reference of a bank item") }
      var value = String.UnicodeScalarView()
      var isEscaped = false
      for scalar in line[line.index(after: equals)...] {
        if isEscaped {
          value.append(scalar == "n" ? "\n" : scalar)
          isEscaped = false
        } else if scalar == "\\" {
          isEscaped = true
        } else {
          value.append(scalar)
        }
      }
      return BankReference(kind, String(value))
    }
  }

  static func values(of item: BankItem) -> [(any DatabaseValueConvertible)?] {
    [
      item.side.rawValue, item.identity, item.place, text(item.references), item.text,
      item.amountMinor, item.date.description, item.batch?.identity,
      item.batch.map { text($0.references) }, item.batch?.text, item.batch?.amountMinor,
      item.batch?.count, item.reverses, item.isReversal ? 1 : 0,
    ]
  }

  /// The item in the columns from `first` on.
  static func item(_ row: Row, from first: Int) throws -> BankItem {
    guard let side = BankSide(rawValue: try row.text(first)) else {
      throw Row.altered("a bank item of an unknown side")
    }
    var batch: BankBatch?
    if let identity: String = row[first + 7] {
      batch = BankBatch(
        identity: identity, references: try references(row[first + 8] ?? ""), text: row[first + 9],
        amountMinor: row[first + 10] ?? 0, count: row[first + 11] ?? 0)
    }
    return BankItem(
      side: side, identity: try row.text(first + 1), place: try row.text(first + 2),
      references: try references(row.text(first + 3)), text: row[first + 4],
      amountMinor: row[first + 5], date: try row.date(at: first + 6), batch: batch,
      reverses: row[first + 12], isReversal: row[first + 13] == 1)
  }
}
