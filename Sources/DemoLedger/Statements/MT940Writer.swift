public import LedgerDomain

/// Writes statements as bare MT940 messages, a page each.
///
/// Source: SWIFT Standards, Category 9, MT 940 Format Specifications; character set X, references of 16
/// characters in `:61:`, six lines of 65 in `:86:`, and code words between slashes there. No line begins with a
/// colon or a hyphen, which begin fields and end messages.
public enum MT940Writer {
  private static let lineLength = 65
  private static let linesMax = 6

  /// The messages of some statements or pages, one after the other.
  public static func text(_ statements: [BankStatement]) -> String {
    statements.map(message).joined()
  }

  private static func message(_ statement: BankStatement) -> String {
    let name = statement.identifier.flatMap { $0.count <= 16 ? inSet($0) : nil }
    var lines = [
      ":20:\(name ?? "STMT\(statement.closing.date.sixDigits)")",
      ":25:\(inSet(statement.account).prefix(35))",
      ":28C:\(statement.sequence ?? 0)" + (statement.page.map { "/\($0.number)" } ?? ""),
    ]
    if let opening = statement.opening { lines.append(balance(opening, "60", statement)) }
    for entry in statement.entries { lines += fields(entry, statement) }
    lines.append(balance(statement.closing, "62", statement))
    return (lines + ["-"]).joined(separator: "\r\n") + "\r\n"
  }

  private static func balance(
    _ balance: StatementBalance, _ tag: String, _ statement: BankStatement
  ) -> String {
    ":\(tag)\(balance.isIntermediate ? "M" : "F"):\(balance.amountMinor < 0 ? "D" : "C")"
      + "\(balance.date.sixDigits)\(statement.currency)\(amount(balance.amountMinor, statement))"
  }

  /// With a comma, also where no decimals follow.
  private static func amount(_ amountMinor: AmountMinor, _ statement: BankStatement) -> String {
    let text = statement.decimal(amountMinor)
    return text.contains(".") ? text.replacing(".", with: ",") : text + ","
  }

  /// `:61:`, and `:86:` if there is something to say.
  private static func fields(_ entry: StatementEntry, _ statement: BankStatement) -> [String] {
    var references = UnplacedReferences(entry.references)
    let cheque = entry.amountMinor < 0 ? references.take(.cheque) : nil
    var codes = ""
    var own = "NONREF"
    if let cheque {
      own = String(inSet(cheque).prefix(16))
    } else if let customer = references.take(.customer).map(inSet) {
      if customer.count <= 16 { own = customer } else { codes += "/KREF/\(customer)" }
    }
    let bank = references.take(.accountServicer).map { "//\(inSet($0).prefix(16))" } ?? ""
    let named: [(String, BankReference.Kind)] = [
      ("EREF", .endToEnd), ("IREF", .instruction), ("UETR", .uetr), ("PREF", .batch),
    ]
    for (code, kind) in named {
      if let value = references.take(kind) { codes += "/\(code)/\(inSet(value))" }
    }
    let text = inSet(references.text(after: entry.text))
    if !text.isEmpty { codes += codes.isEmpty ? text : "/REMI/\(text)" }
    let value = (entry.valueDate ?? entry.bookingDate).sixDigits
    let isCredit = entry.isReversal ? entry.amountMinor < 0 : entry.amountMinor >= 0
    let line =
      ":61:\(value)\(entry.bookingDate.sixDigits.suffix(4))\(entry.isReversal ? "R" : "")"
      + "\(isCredit ? "C" : "D")\(amount(entry.amountMinor, statement))"
      + "\(cheque == nil ? "NTRF" : "NCHK")\(own)\(bank)"
    let isCoded = codes.hasPrefix("/")
    return codes.isEmpty
      ? [line] : [line, ":86:" + lines(of: codes, isCoded: isCoded).joined(separator: "\r\n")]
  }

  /// Cuts a text into lines: full ones if it may go on in the next line, else at the end of a word.
  ///
  /// Codes may go on after a few characters less.
  private static func lines(of text: String, isCoded: Bool) -> [String] {
    var rest = Array(text)[...]
    var lines: [String] = []
    while rest.count > lineLength, lines.count < linesMax - 1 {
      let start = rest.startIndex
      let shortest = start + lineLength - (isCoded ? 4 : 0)
      let full = (shortest...(start + lineLength)).last { end in
        rest[end - 1] != " " && !":- ".contains(rest[end])
      }
      let word = (start + 1..<shortest).last { end in
        rest[end] == " " && !":- ".contains(rest[end + 1])
      }
      let end = full ?? word ?? start + lineLength
      lines.append(String(rest[..<end]))
      rest = rest[(full == nil && word != nil ? end + 1 : end)...]
    }
    return lines + [String(rest.prefix(lineLength))]
  }

  /// The text in SWIFT's character set X, with points for what is not in it.
  private static func inSet(_ text: String) -> String {
    String(
      text.map { character in
        character.isASCII && (character.isLetter || character.isNumber)
          || "/-?:().,'+ ".contains(character) ? character : "."
      })
  }
}
