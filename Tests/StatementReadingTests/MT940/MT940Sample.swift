import LedgerDomain
import StatementReading

/// The samples of MT940, a short message whose pieces a test can replace, and what a file gives as text.
enum MT940Sample {
  static let names = [
    "german-subfields", "swift-blocks", "pages", "slash-codes", "decimals", "separators", "interim",
    "deviations", "partly-unusable",
  ]

  static let text = """
    :20:STMT1
    :25:DE02120300000000202051
    :28C:63/1
    :60F:C260330EUR10,00
    :61:2603310331C2,50NTRFLOAN-1//BANK-1
    SUPPLEMENT
    :86:INSTALMENT 1
    :61:2603310331D1,50NTRFNONREF//BANK-2
    :86:FEE
    :62F:C260331EUR11,00
    -

    """

  static func read(_ bytes: [UInt8]) -> StatementFile {
    let files = StatementReader.read(bytes, name: "bank.sta")
    precondition(files.count == 1, "a file that is no archive is one")
    return files[0]
  }

  static func read(_ text: String) -> StatementFile { read(Array(text.utf8)) }

  /// The message with one piece, which must be in it, replaced everywhere.
  static func with(_ piece: String, _ replacement: String) -> String {
    precondition(text.contains(piece), "there is no \(piece)")
    return text.split(separator: piece, omittingEmptySubsequences: false).joined(
      separator: replacement)
  }

  /// The only statement's only entry, with another `:61:` and what follows it.
  static func entry(_ lines: String, currency: String = "EUR") -> StatementEntry? {
    let file = read(
      ":20:A\n:25:1\n:28C:1\n:60F:C260330\(currency)0,\n:61:\(lines)\n:62F:C260331\(currency)0,\n")
    guard let statement = file.statements.first, statement.entries.count == 1 else { return nil }
    return statement.entries[0]
  }

  /// What a file gives: statements, notifications, notes and findings.
  static func description(of file: StatementFile) -> String {
    let notifications = file.notifications.map { notification in
      let statement = BankStatement(
        account: notification.account, currency: notification.currency, identifier: nil,
        opening: nil,
        closing: StatementBalance(amountMinor: 0, date: BusinessDate(dayNumber: 0)),
        entries: notification.entries, file: notification.file, number: notification.number)
      let lines = StatementText.of([statement]).split(separator: "\n").dropLast()
      return lines.map { "\($0)\n" }.joined()
    }
    return StatementCorpus.text(of: file)
      + notifications.map { "notification as " + $0 }.joined()
  }
}
