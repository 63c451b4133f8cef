import JobConfiguration
import LedgerDomain
import StatementReading
import Testing

@Suite("The csv_… settings of a bank account")
struct CSVMappingTests {
  private static let plain = "csv_date=Date,csv_amount=Amount,csv_balance=Balance"

  private func mapping(_ keys: String) throws -> StatementCSVMapping {
    let settings = try JobSettings(
      SettingSources(
        flags: [
          "bank_accounts": SettingText(
            "ref=main,account=1000,currency=CHF,number=01-23,\(keys)", source: "--bank-account")
        ], environment: [:], file: [:]))
    return try #require(settings.bankAccounts.first).csvMapping()
  }

  @Test("have defaults that banks may be read with")
  func defaultsAreUsual() throws {
    let mapping = try mapping(Self.plain)
    #expect(mapping.dateColumn == "Date" && mapping.dateFormat == .yearMonthDay)
    #expect(mapping.amount == .signed("Amount") && mapping.balances == .column("Balance"))
    #expect(mapping.delimiter == nil && mapping.encoding == .utf8 && mapping.isNewestFirst == nil)
    #expect(mapping.account == .named("01-23") && mapping.currency == .named("CHF"))
    #expect(mapping.emptyTableCurrency?.description == "CHF")
  }

  @Test("say how dates, amounts and signs are written")
  func notationsAreParsed() throws {
    let mapping = try mapping(
      "csv_date=Date,csv_date_format=DD-Mon-YY,csv_amount=Amount,csv_flag=Sign,csv_flag_debit=S|Af,"
        + "csv_flag_credit=H | "
        + "Bij,csv_closing_row=Total,csv_delimiter=tab,csv_encoding=Windows-1252,"
        + "csv_grouping=',csv_newest_first=yes,csv_skip_rows=Sum|Pending*,csv_end_row=Notes")
    #expect(mapping.dateFormat.description == "DD-Mon-YY")
    guard case .flagged("Amount", let flag) = mapping.amount else {
      Issue.record("\(mapping.amount)")
      return
    }
    #expect(flag.column == "Sign" && flag.debit == ["S", "Af"] && flag.credit == ["H", "Bij"])
    #expect(mapping.balances == .rows(opening: nil, closing: "Total"))
    #expect(mapping.delimiter == .tab && mapping.encoding == .windows1252)
    #expect(mapping.isNewestFirst == true && mapping.skippedRows == ["Sum", "Pending*"])
    #expect(mapping.endRow == "Notes")
  }

  @Test("name the columns of references and texts, by name or number")
  func referencesAreParsed() throws {
    let mapping = try mapping(
      "csv_header=false,csv_date=#1,csv_debit=#2,csv_credit=#3,csv_balance=#4,csv_reference=#5,"
        + "csv_second_reference=#6,csv_cheque=#7,csv_references=#8|#9,csv_text=#10|#11")
    #expect(mapping.references.map(\.column) == ["#5", "#6", "#7", "#8", "#9"])
    #expect(
      mapping.references.map(\.kind)
        == [.accountServicer, .endToEnd, .cheque, .customer, .customer])
    #expect(mapping.textColumns == ["#10", "#11"])
  }

  @Test(
    "are rejected with the key to correct",
    arguments: [
      ("csv_amount=A,csv_balance=B", "needs csv_date"),
      ("csv_date=D,csv_balance=B", "needs csv_amount, or csv_debit and csv_credit"),
      ("csv_date=D,csv_debit=A,csv_balance=B", "needs csv_amount, or csv_debit and csv_credit"),
      ("csv_date=D,csv_amount=A,csv_debit=C,csv_balance=B", "both csv_amount and csv_debit"),
      ("csv_date=D,csv_amount=A", "needs csv_balance"),
      ("csv_date=D,csv_amount=A,csv_opening_row=O", "csv_closing_row"),
      (plain + ",csv_date_format=DD.MM", "invalid csv_date_format 'DD.MM'"),
      (plain + ",csv_date_format=MDYY", "invalid csv_date_format"),
      (plain + ",csv_encoding=ebcdic", "unknown csv_encoding 'ebcdic'"),
      (plain + ",csv_delimiter=:", "unknown csv_delimiter ':'; values: ',', ';', 'tab', '|'"),
      (plain + ",csv_grouping=.", "same separator as csv_decimal and csv_grouping"),
      (plain + ",csv_grouping=x", "unknown csv_grouping 'x'"),
      (plain + ",csv_newest_first=maybe", "'maybe' as csv_newest_first"),
      (plain + ",csv_positive=up", "unknown csv_positive 'up'"),
      (plain + ",csv_flag=F,csv_positive=debit", "Remove csv_positive"),
      (plain + ",csv_flag_debit=D", "but no csv_flag"),
      (plain + ",csv_flag=F,csv_flag_debit=C", "'c' in both"),
      (plain + ",csv_header=false", "csv_date must be a column's number"),
      (plain + ",csv_reference=#0", "numbered from #1"),
    ])
  func invalidSettingsAreRejected(keys: String, says: String) {
    let error = #expect(throws: UsageError.self) { try mapping(keys) }
    #expect(error?.description.contains("bank account 'main'") == true)
    #expect(error?.description.contains(says) == true, "\(String(describing: error))")
  }
}
