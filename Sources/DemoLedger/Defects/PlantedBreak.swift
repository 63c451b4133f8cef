import LedgerDomain

/// Something on which the ledger does not agree with the bank or the servicing system.
enum PlantedBreak: String, Sendable {
  /// The ledger has the entry, and the bank books it some days later.
  case bankLater = "bank_later"
  /// The bank books the entry on its effective date, and the ledger posts it some days later.
  case ledgerLater = "ledger_later"
  /// The bank charges a fee that the ledger never has.
  case bankFee = "bank_fee"
  /// The bank books another amount; listed is how much more.
  case bankAmount = "bank_amount"
  /// One of several items of the same amount, none of which has a reference.
  case bankAmbiguous = "bank_ambiguous"
  /// There is no statement; the bank's bookings are on the next one.
  case statementMissing = "statement_missing"
  /// The statement opens with more than the one before closed with, by the amount listed.
  case statementOpening = "statement_opening"
  /// The statement arrives after the night of the last date.
  case statementLate = "statement_late"
  /// The statement lacks an entry, by whose amount it is wrong, until the bank sends it again.
  case statementCorrected = "statement_corrected"
  /// The statement arrives once more.
  case statementRepeated = "statement_repeated"
  /// The tape of the date has a loan that the ledger does not know.
  case loanOnlyOnTape = "loan_only_on_tape"
  /// The tape of the date lacks a loan.
  case loanOnlyInLedger = "loan_only_in_ledger"
  /// The tape of the date has another amount; listed is how much more.
  case loanAmount = "loan_amount"
  /// A line on a principal account, debits positive, that names no loan.
  case principalWithoutLoan = "principal_without_loan"
}

extension PlantedBreak {
  /// What is planted at the bank on a tenant's date.
  static func atBank(tenantIndex: Int, dateIndex: Int, options: DemoOptions) -> PlantedBreak? {
    switch DemoStory.scene(tenantIndex: tenantIndex, dateIndex: dateIndex, options: options) {
    case .bankLater: return .bankLater
    case .bankFee: return .bankFee
    default: break
    }
    guard options.plantsDefects, options.entriesPerDate > 0 else { return nil }
    let turns: [PlantedBreak] = [
      .bankLater, .bankFee, .bankAmount, .statementMissing, .statementOpening, .bankAmbiguous,
    ]
    return turns[(tenantIndex * 3 + dateIndex) % turns.count]
  }

  /// What is planted in the delivery of a date's statements. What takes another night is not planted on the
  /// last date.
  static func inDelivery(tenantIndex: Int, dateIndex: Int, options: DemoOptions) -> PlantedBreak? {
    guard options.plantsDefects, options.entriesPerDate > 0, dateIndex < options.dates - 1
    else { return nil }
    switch (tenantIndex * 2 + dateIndex) % 7 {
    case 2: return .statementCorrected
    case 5: return .statementRepeated
    default: return nil
    }
  }

  /// What is planted about a loan on a tenant's date.
  static func aboutLoan(tenantIndex: Int, dateIndex: Int, options: DemoOptions) -> PlantedBreak? {
    let scene = DemoStory.scene(tenantIndex: tenantIndex, dateIndex: dateIndex, options: options)
    if scene == .loanDiffers { return .loanAmount }
    guard options.plantsDefects, options.entriesPerDate > 0 else { return nil }
    let turns: [PlantedBreak] = [
      .loanOnlyOnTape, .loanOnlyInLedger, .loanAmount, .principalWithoutLoan,
    ]
    return turns[(tenantIndex + dateIndex) % turns.count]
  }
}

/// The list of planted breaks, written as they are planted.
final class PlantedBreakList {
  /// What a break is about.
  struct Subject {
    /// The tenant.
    let tenant: String
    /// The business date, in days since 1970-01-01.
    let day: Int32
    /// The account of the ledger.
    var account: Int?
    /// The loan.
    var loan: DemoIdentifier?
    /// The currency.
    let currency: DemoCurrency
  }

  private var text =
    "kind,tenant_id,business_date,account_code,loan_id,currency,amount_minor,reference,until_date\n"
  /// How many breaks it lists.
  private(set) var count = 0

  /// Adds a break.
  ///
  /// - Parameters:
  ///   - amount: in minor units, signed.
  ///   - untilDay: the date on which the other side has it, too.
  func add(
    _ kind: PlantedBreak, _ subject: Subject, amount: Int?, reference: String = "",
    untilDay: Int32? = nil
  ) {
    count += 1
    let date = BusinessDate(dayNumber: subject.day).description
    let account = subject.account.map { String($0) } ?? ""
    let until = untilDay.map { BusinessDate(dayNumber: $0).description } ?? ""
    let columns: [String] = [
      kind.rawValue, subject.tenant, date, account, subject.loan?.text ?? "",
      "\(subject.currency.code)", amount.map { String($0) } ?? "", reference, until,
    ]
    text += columns.joined(separator: ",") + "\n"
  }

  /// Writes the list.
  func write(to path: String) throws {
    try FileSink.write(text, to: path)
  }
}
