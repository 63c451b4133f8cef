import LedgerDomain
import StatementReading

/// A camt file as short readable text: what other formats have too, then what only these have.
enum CamtFileText {
  static func of(_ file: StatementFile) -> String {
    let heads = file.statements.compactMap(head).map { $0 + "\n" }
    let notifications = file.notifications.map { notification in
      "notification \(notification.number) account \(notification.account) "
        + "\(notification.currency)\n" + notification.entries.map(StatementText.of).joined()
    }
    return StatementCorpus.text(of: file) + heads.joined() + notifications.joined()
  }

  /// When a statement was made, and how it fits between others.
  private static func head(_ statement: BankStatement) -> String? {
    var words: [String] = []
    if let time = statement.createdAt {
      words.append("created \(time.date) second \(time.second)")
    }
    if let isLast = statement.page?.isLast { words.append(isLast ? "last page" : "more pages") }
    if statement.opening?.isIntermediate == true { words.append("opens between pages") }
    if statement.closing.isIntermediate { words.append("closes between pages") }
    return words.isEmpty
      ? nil : "statement \(statement.number) " + words.joined(separator: ", ")
  }
}
