import LedgerDomain

/// Statements as an ISO 20022 message, bank to customer statement: camt.053.001.08.
///
/// Source: ISO 20022, camt.053.001.08; references have at most 35 characters there.
enum CamtMessage {
  /// The message that holds some statements of a date.
  static func text(_ statements: [DemoStatement], identifier: String, day: Int32) -> String {
    let date = BusinessDate(dayNumber: day).description
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">
        <BkToCstmrStmt>
          <GrpHdr>
            <MsgId>\(identifier)</MsgId>
            <CreDtTm>\(date)T23:59:59Z</CreDtTm>
          </GrpHdr>

      """ + statements.map { statement($0, date: date) }.joined()
        + "  </BkToCstmrStmt>\n</Document>\n"
  }

  private static func statement(_ statement: DemoStatement, date: String) -> String {
    let account = statement.account
    let name = account.statementAccount
    let identification =
      name == account.reference ? "<Othr><Id>\(name)</Id></Othr>" : "<IBAN>\(name)</IBAN>"
    return """
          <Stmt>
            <Id>\(account.reference)-\(date)</Id>
            <ElctrncSeqNb>\(statement.number)</ElctrncSeqNb>
            <CreDtTm>\(date)T23:59:59Z</CreDtTm>
            <FrToDt>
              <FrDtTm>\(date)T00:00:00Z</FrDtTm>
              <ToDtTm>\(date)T23:59:59Z</ToDtTm>
            </FrToDt>
            <Acct>
              <Id>\(identification)</Id>
              <Ccy>\(account.currency.code)</Ccy>
            </Acct>
      \(balance("OPBD", statement.opening, of: account, date: date))
      \(balance("CLBD", statement.closing, of: account, date: date))
            <TxsSummry>
              <TtlNtries><NbOfNtries>\(statement.bookings.count)</NbOfNtries></TtlNtries>
            </TxsSummry>

      """
        + statement.bookings.enumerated().map { index, booking in
          entry(booking, number: index + 1, of: account, date: date)
        }.joined() + "    </Stmt>\n"
  }

  private static func balance(
    _ code: String, _ balance: Int, of account: DemoBankAccount, date: String
  ) -> String {
    """
          <Bal>
            <Tp><CdOrPrtry><Cd>\(code)</Cd></CdOrPrtry></Tp>
            \(amount(balance, of: account))
            <Dt><Dt>\(date)</Dt></Dt>
          </Bal>
    """
  }

  private static func amount(_ amount: Int, of account: DemoBankAccount) -> String {
    let currency = account.currency
    return "<Amt Ccy=\"\(currency.code)\">\(currency.decimalText(abs(amount)))</Amt>"
      + "<CdtDbtInd>\(amount < 0 ? "DBIT" : "CRDT")</CdtDbtInd>"
  }

  private static func entry(
    _ booking: BankBooking, number: Int, of account: DemoBankAccount, date: String
  ) -> String {
    let value = BusinessDate(dayNumber: booking.valueDay).description
    let reference = booking.reference.text
    let servicer = reference.isEmpty ? "" : "<AcctSvcrRef>\(reference)</AcctSvcrRef>"
    let family = booking.amount < 0 ? "ICDT" : "RCDT"
    return """
            <Ntry>
              <NtryRef>\(number)</NtryRef>
              \(amount(booking.amount, of: account))
              <Sts><Cd>BOOK</Cd></Sts>
              <BookgDt><Dt>\(date)</Dt></BookgDt><ValDt><Dt>\(value)</Dt></ValDt>\(servicer)
              <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>\(family)</Cd><SubFmlyCd>OTHR</SubFmlyCd></Fmly></Domn></BkTxCd>\(details(booking.reference))
            </Ntry>

      """
  }

  private static func details(_ reference: BankBooking.Reference) -> String {
    switch reference {
    case .payment:
      "<NtryDtls><TxDtls><Refs><EndToEndId>\(reference.text)</EndToEndId></Refs></TxDtls></NtryDtls>"
    case .entry(let identifier):
      "<NtryDtls><TxDtls><Refs><UETR>\(identifier.text)</UETR></Refs></TxDtls></NtryDtls>"
    case .bank, .none: ""
    }
  }
}
