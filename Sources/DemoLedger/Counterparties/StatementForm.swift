/// How a tenant's bank delivers the statements of an account.
///
/// Banks differ: a tenant has one with BAI2 for dollars, one with MT940 or camt.053 for euros, and so on.
struct StatementForm {
  /// The formats.
  enum Format {
    case camt, mt940, bai2, csv
  }

  /// The format.
  let format: Format
  /// How many entries a page has; `nil` if statements come in one piece.
  var pageEntriesMax: Int?
  /// Whether receipts are booked in batches.
  var isBatched = false
  /// Whether the transactions of batches come in a camt.054 beside the statement.
  var hasNotifications = false
  /// How many nights after its date a statement arrives.
  var nights = 1

  private init(_ format: Format) {
    self.format = format
  }

  /// The form of an account's statements.
  init(_ account: DemoBankAccount, tenantIndex: Int) {
    let isOdd = tenantIndex % 2 == 1
    switch (account.code == DemoBankAccount.lockboxCode, account.currency) {
    // The settings for a table are in the job, and so the same for all tenants.
    case (true, .eur): self.init(.csv)
    case (false, .usd): self.init(isOdd ? .camt : .bai2)
    case (false, .eur): self.init(isOdd ? .mt940 : .camt)
    case (false, _):
      self.init(.mt940)
      nights = 3
    case (true, .usd):
      self.init(isOdd ? .bai2 : .camt)
      isBatched = !isOdd
    case (true, _):
      self.init(.camt)
      (isBatched, hasNotifications) = (true, true)
    }
    switch format {
    case .mt940: pageEntriesMax = 5
    case .camt where !isBatched: pageEntriesMax = 10
    default: break
    }
  }
}
