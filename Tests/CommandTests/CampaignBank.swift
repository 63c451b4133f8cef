/// The bank of a campaign's ledger: it books what the ledger has on an account, a statement a day.
struct CampaignBank {
  static let account = "operating"
  /// The directories of its statements: one in which all is as in the ledger, and one with a fee more.
  static let (statements, withFee) = ("bank", "bank-with-fee")
  /// The fee's place: the first entry of the first date.
  static let feeItem = "\(CampaignLedger.first).xml#1/1"
  private static let fee = -25

  let place: TestDirectory
  /// The tenant whose bank took a fee.
  let feeOf: String

  static func settings(_ directory: String) -> [String] {
    [
      "--statements", directory, "--bank-account",
      "ref=\(account),account=1000,currency=USD,iban=\(BankDirectory.iban)",
      // The statements come after the last close.
      "--bank-overdue-days", "366",
    ]
  }

  /// Writes the statements of every date of a store that was closed with these settings.
  func deliver(to store: StoreReader) throws {
    let days = try store.table(
      """
      SELECT c.tenant_id, c.business_date, b.dr_balance_minor - b.cr_balance_minor
      FROM close_run c JOIN current_balance b
        ON b.tenant_id = c.tenant_id AND b.as_of_date = c.business_date
      WHERE b.account_code = '1000' AND b.currency = 'USD' AND b.layer = 'SETTLED' ORDER BY 1, 2
      """)
    let items = Dictionary(
      grouping: try store.table(
        """
        SELECT tenant_id || max(business_date, effective_date), identity, amount_minor
        FROM ledger_item WHERE account_code = '1000' AND currency = 'USD' ORDER BY 1, 2
        """
      ), by: { $0[0] })
    for day in days {
      let (tenant, date) = (day[0], day[1])
      let own = (items[tenant + date] ?? []).map { item in
        SampleStatement.Entry(
          amount: Int(item[2]) ?? 0, date: date,
          reference: String(item[1].prefix { $0 != "/" }))
      }
      let opening = own.reduce(Int(day[2]) ?? 0) { $0 - $1.amount }
      var statement = SampleStatement(date, from: opening, [])
      statement.entries = own
      try place.write("\(Self.statements)/tenant_id=\(tenant)/\(date).xml", statement.camt)
      if tenant == feeOf {
        if date == CampaignLedger.first {
          statement.entries.insert(.init(amount: Self.fee, date: date), at: 0)
        } else {
          statement.opening += Self.fee
        }
      }
      try place.write("\(Self.withFee)/tenant_id=\(tenant)/\(date).xml", statement.camt)
    }
  }
}
