/// The messages of ISO 20022 that report the entries of an account.
///
/// Source: ISO 20022, Bank-to-Customer Cash Management, Message Definition Report.
enum CamtMessage: CaseIterable {
  /// BankToCustomerStatement.
  case statement
  /// BankToCustomerAccountReport.
  case report
  /// BankToCustomerDebitCreditNotification.
  case notification

  /// Its name, without the version.
  var name: String { format.rawValue }

  /// The format that it is.
  var format: StatementFormat {
    switch self {
    case .statement: .camt053
    case .report: .camt052
    case .notification: .camt054
    }
  }

  /// Its element.
  var element: String {
    switch self {
    case .statement: "BkToCstmrStmt"
    case .report: "BkToCstmrAcctRpt"
    case .notification: "BkToCstmrDbtCdtNtfctn"
    }
  }

  /// The element of it that is about one account.
  var part: String {
    switch self {
    case .statement: "Stmt"
    case .report: "Rpt"
    case .notification: "Ntfctn"
    }
  }

  /// What to call that.
  var noun: String {
    switch self {
    case .statement: "statement"
    case .report: "report"
    case .notification: "notification"
    }
  }

  /// The newest version that this reader was written for. Versions only ever added elements to what it
  /// reads, from 02 on; 01 was another message.
  static let newestVersion = 14
}

/// What a namespace says of a message: `urn:iso:std:iso:20022:tech:xsd:camt.053.001.08`.
struct CamtNamespace {
  /// The message.
  let message: CamtMessage
  /// Its version.
  let version: Int
  /// Whether it is written as ISO 20022 has it.
  let isStandard: Bool

  private static let standardStart = "urn:iso:std:iso:20022:tech:xsd:"

  /// Reads a namespace; `nil` if it names none of the messages.
  init?(_ namespace: String) {
    for message in CamtMessage.allCases {
      let mark = "\(message.name).001."
      guard let start = Self.position(of: mark, in: namespace) else { continue }
      let version = namespace.utf8.dropFirst(start + mark.utf8.count).prefix(2)
      guard version.count == 2, let number = Int(String(version) ?? "") else { return nil }
      self.message = message
      self.version = number
      isStandard =
        namespace == Self.standardStart + mark + (number < 10 ? "0\(number)" : "\(number)")
      return
    }
    return nil
  }

  private static func position(of mark: String, in text: String) -> Int? {
    let (mark, text) = (Array(mark.utf8), Array(text.utf8))
    guard text.count >= mark.count else { return nil }
    return (0...(text.count - mark.count)).first { text[$0...].starts(with: mark) }
  }
}
