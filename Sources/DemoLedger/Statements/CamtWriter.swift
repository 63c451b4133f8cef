public import LedgerDomain

/// Writes statements as ISO 20022 messages: camt.053.001.08, and camt.054.001.08 for the transactions of
/// batches.
///
/// Source: ISO 20022, Bank-to-Customer Cash Management, Message Definition Report; references have at most 35
/// characters there.
public enum CamtWriter {
  /// A message with some statements.
  ///
  /// A page of a statement is a message of its own, as `MsgPgntn` belongs to the message.
  ///
  /// - Parameters:
  ///   - statements: at least one.
  ///   - identifier: the message's name.
  public static func statements(_ statements: [BankStatement], identifier: String) -> String {
    let page = statements.count == 1 ? statements[0].page : nil
    return document("camt.053.001.08", "BkToCstmrStmt") {
      header(identifier, createdAt: created(statements[0]), page: page)
        + statements.map { statement($0, hasOwnPage: page == nil) }.joined()
    }
  }

  /// A message with the transactions of entries that a statement has without them.
  ///
  /// - Parameters:
  ///   - notification: the entries with their transactions.
  ///   - identifier: the message's name.
  ///   - createdAt: when the bank made it.
  public static func notification(
    _ notification: BankNotification, identifier: String, createdAt: StatementTime
  ) -> String {
    let instant = instant(createdAt)
    return document("camt.054.001.08", "BkToCstmrDbtCdtNtfctn") {
      header(identifier, createdAt: instant, page: nil)
        + """
            <Ntfctn>
              <Id>\(escaped(identifier))</Id>
              <CreDtTm>\(instant)</CreDtTm>
        \(account(notification.account, notification.currency))

        """
        + notification.entries.map { entry($0, notification.currency) }.joined()
        + "    </Ntfctn>\n"
    }
  }

  private static func document(_ version: String, _ message: String, _ body: () -> String)
    -> String
  {
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:\(version)">
      <\(message)>

    """ + body() + "  </\(message)>\n</Document>\n"
  }

  private static func header(_ identifier: String, createdAt: String, page: StatementPage?)
    -> String
  {
    let pages = page.map { "<MsgPgntn>\(pagination($0))</MsgPgntn>" } ?? ""
    return "    <GrpHdr><MsgId>\(escaped(identifier))</MsgId><CreDtTm>\(createdAt)</CreDtTm>"
      + "\(pages)</GrpHdr>\n"
  }

  private static func pagination(_ page: StatementPage) -> String {
    "<PgNb>\(page.number)</PgNb><LastPgInd>\(page.isLast ?? true)</LastPgInd>"
  }

  private static func statement(_ statement: BankStatement, hasOwnPage: Bool) -> String {
    let page = hasOwnPage ? statement.page : nil
    let identifier = statement.identifier ?? "\(statement.account)-\(statement.closing.date)"
    let fields =
      [
        "<Id>\(escaped(identifier))</Id>",
        page.map { "<StmtPgntn>\(pagination($0))</StmtPgntn>" },
        statement.sequence.map { "<ElctrncSeqNb>\($0)</ElctrncSeqNb>" },
        "<CreDtTm>\(created(statement))</CreDtTm>",
      ].compactMap(\.self).map { "      \($0)\n" }.joined()
    return "    <Stmt>\n\(fields)\(account(statement.account, statement.currency))\n"
      + balances(statement) + "      <TxsSummry><TtlNtries><NbOfNtries>"
      + "\(statement.entries.count)</NbOfNtries></TtlNtries></TxsSummry>\n"
      + statement.entries.map { entry($0, statement.currency) }.joined() + "    </Stmt>\n"
  }

  private static func created(_ statement: BankStatement) -> String {
    instant(statement.createdAt ?? StatementTime(date: statement.closing.date, second: 86_399))
  }

  private static func instant(_ time: StatementTime) -> String { "\(time.date)T\(time.clock)Z" }

  private static func account(_ name: String, _ currency: CurrencyCode) -> String {
    let isIBAN = name.prefix(2).allSatisfy(\.isLetter) && name.dropFirst(2).allSatisfy(\.isNumber)
    let identification = isIBAN ? "<IBAN>\(name)</IBAN>" : "<Othr><Id>\(escaped(name))</Id></Othr>"
    return "      <Acct><Id>\(identification)</Id><Ccy>\(currency)</Ccy></Acct>"
  }

  private static func balances(_ statement: BankStatement) -> String {
    let opening = statement.opening.map { balance($0, "OPBD", statement) } ?? ""
    return opening + balance(statement.closing, "CLBD", statement)
  }

  private static func balance(
    _ balance: StatementBalance, _ code: String, _ statement: BankStatement
  ) -> String {
    """
          <Bal>
            <Tp><CdOrPrtry><Cd>\(balance.isIntermediate ? "ITBD" : code)</Cd></CdOrPrtry></Tp>
            \(amount(balance.amountMinor, statement.currency))
            <Dt><Dt>\(balance.date)</Dt></Dt>
          </Bal>

    """
  }

  private static func amount(_ amountMinor: AmountMinor, _ currency: CurrencyCode) -> String {
    let text = AmountText.decimal(
      amountMinor.magnitude, digits: currency.minorUnitDigits ?? 0)
    return "<Amt Ccy=\"\(currency)\">\(text)</Amt>"
      + "<CdtDbtInd>\(amountMinor < 0 ? "DBIT" : "CRDT")</CdtDbtInd>"
  }

  private static func entry(_ entry: StatementEntry, _ currency: CurrencyCode) -> String {
    var references = UnplacedReferences(entry.references)
    let number = element("NtryRef", references.take(.entry))
    let servicer = element("AcctSvcrRef", references.take(.accountServicer))
    let batch = element("PmtInfId", references.take(.batch))
    let family = entry.amountMinor < 0 ? "ICDT" : "RCDT"
    let value = entry.valueDate.map { "<ValDt><Dt>\($0)</Dt></ValDt>" } ?? ""
    let details: String
    if entry.transactions.isEmpty {
      let single = transaction(&references, amount: "", text: entry.text)
      details = batch.isEmpty ? single : "<Btch>\(batch)</Btch>\(single)"
    } else {
      details =
        "<Btch>\(batch)<NbOfTxs>\(entry.transactions.count)</NbOfTxs></Btch>"
        + entry.transactions.map { part in
          var own = UnplacedReferences(part.references)
          return transaction(&own, amount: amount(part.amountMinor, currency), text: part.text)
        }.joined()
    }
    let text = entry.transactions.isEmpty ? "" : references.text(after: entry.text)
    return """
            <Ntry>
              \(number)\(amount(entry.amountMinor, currency))\(entry.isReversal ? "<RvslInd>true</RvslInd>" : "")
              <Sts><Cd>\(entry.status.rawValue)</Cd></Sts>
              <BookgDt><Dt>\(entry.bookingDate)</Dt></BookgDt>\(value)\(servicer)
              <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>\(family)</Cd><SubFmlyCd>OTHR</SubFmlyCd></Fmly></Domn></BkTxCd>
              \(details.isEmpty ? "" : "<NtryDtls>\(details)</NtryDtls>")\(element("AddtlNtryInf", text, charactersMax: 500))
            </Ntry>

      """
  }

  private static func transaction(
    _ references: inout UnplacedReferences, amount: String, text: String?
  ) -> String {
    let fields: [(String, [BankReference.Kind])] = [
      ("AcctSvcrRef", [.accountServicer]), ("PmtInfId", [.batch]), ("InstrId", [.instruction]),
      ("EndToEndId", [.endToEnd]), ("UETR", [.uetr]), ("TxId", [.transaction]),
      ("ChqNb", [.cheque]), ("AcctOwnrTxId", [.customer]),
    ]
    let found = fields.map { name, kinds in element(name, references.take(kinds[0])) }.joined()
    let creditor = element("Ref", references.take(.creditor))
    let remittance =
      element("Ustrd", references.text(after: text), charactersMax: 140)
      + (creditor.isEmpty ? "" : "<Strd><CdtrRefInf>\(creditor)</CdtrRefInf></Strd>")
    if found.isEmpty, amount.isEmpty, remittance.isEmpty { return "" }
    return "<TxDtls>\(found.isEmpty ? "" : "<Refs>\(found)</Refs>")\(amount)"
      + "\(remittance.isEmpty ? "" : "<RmtInf>\(remittance)</RmtInf>")</TxDtls>"
  }

  /// An element with a text, cut to the standard's length; nothing without a text.
  private static func element(_ name: String, _ text: String?, charactersMax: Int = 35) -> String {
    guard let text, !text.isEmpty else { return "" }
    // A UUID has one character more than other references.
    let length = name == "UETR" ? 36 : charactersMax
    return "<\(name)>\(escaped(String(text.prefix(length))))</\(name)>"
  }

  private static func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      default: escaped.append(character)
      }
    }
    return escaped
  }
}
