public import LedgerDomain

/// Why a record cannot be read as a journal entry.
public struct RecordFault {
  /// `malformed_json`, `missing_field` or `invalid_field`.
  public let code: FindingCode
  /// The field: `lines[0].amount_minor`; `nil` for the record as a whole.
  public let field: String?
  /// What is wrong, as the end of a sentence: `is not a UUID`.
  public let reason: String
  /// Where in the record, in bytes from 0.
  public let offset: Int
  /// The text found there, shortened; `nil` for a missing field.
  public let found: String?
  /// The entry's identifier, if it could be read.
  public let entry: JournalEntryID?

  /// The lines, if all their fields are well formed although the record as a whole is not an entry.
  /// Valid until the next record.
  public let readableLines: UnsafeBufferPointer<JournalLine>?

  /// The fault as a finding.
  public func finding() -> Finding {
    var finding = Finding(code, message: sentence)
    finding.entry = entry
    finding.field = field
    return finding
  }

  private var sentence: String {
    let subject = field ?? "The record"
    let quoted = found.map { ", found \($0)" } ?? ""
    switch code {
    case .malformedJSON:
      return "The record is not valid JSON: \(reason) at byte \(offset) of the record\(quoted). "
        + "Have the exporter write it again."
    case .missingField:
      return "\(subject) is missing. Have the exporter write it."
    default:
      return "\(subject) \(reason)\(quoted). Have it corrected in the ledger's export."
    }
  }
}

/// The most important fault so far. No string is created before the record is finished.
struct FaultNote {
  var rank = FieldRank.none
  var code = FindingCode.invalidField
  var reason: StaticString = ""
  var start: JSONScanner.Bytes?
  var count = 0
}

/// An excerpt of a record, shortened, with all but printable ASCII escaped.
enum Excerpt {
  private static let lengthMax = 40

  static func of(_ start: JSONScanner.Bytes, count: Int) -> String {
    var text = ""
    for index in 0..<min(count, lengthMax) {
      let byte = start[index]
      text +=
        (0x20...0x7E).contains(byte)
        ? String(UnicodeScalar(byte)) : "\\x" + Hexadecimal.text([byte])
    }
    return count > lengthMax ? text + "…" : text
  }
}
