public import LedgerDomain

/// A tenant's month as the store has it now: what its folder in a pack says, but for what is read while that
/// is written.
public struct MonthRecord: Sendable {
  /// Whose books.
  public let tenant: TenantID
  /// What people call the tenant; `nil` if the job does not say.
  public let name: String?
  /// The month.
  public let month: CalendarMonth
  /// The dates of the month that are closed.
  public let dates: ClosedRange<BusinessDate>
  /// Whether the books begin with the first of these dates.
  public let isFirst: Bool
  /// The tenant's last close, of whatever date: the books are told as known after it.
  public let head: CloseHeader
  /// The accounts as the close of the last date used them.
  public let chart: ChartOfAccounts
  /// How every balance moved over the dates, in the order of the keys.
  public let rollforward: [RollforwardRow]
  /// The close that wrote the closing balance of each row.
  public let writers: [CloseID]
  /// Whether opening and movements give the closing.
  public let proof: [TieOut]
  /// The dates, in order.
  public let days: [MonthDay]
  /// Every close of the dates, also those that were replaced, in the order of their numbers.
  public let closes: [CloseHeader]
  /// The closes that gave balances of the dates, or their opening, new versions.
  public let restatements: [MonthRestatement]
  /// The bank accounts at the last date.
  public let bankAccounts: [BankAccountRecord]
  /// What people settled by hand that counts from one of the dates on.
  public let settlements: [MonthSettlement]
  /// What of the month needs a person.
  public let matters: [OpenMatter]
  /// Whether the stored books are those that were closed.
  public let verification: PackVerification

  /// Creates a record.
  ///
  /// - Precondition: `rollforward` and `writers` have the same keys in the same order.
  public init(
    tenant: TenantID, name: String?, month: CalendarMonth, dates: ClosedRange<BusinessDate>,
    isFirst: Bool, head: CloseHeader, chart: ChartOfAccounts, rollforward: [RollforwardRow],
    writers: [CloseID], proof: [TieOut], days: [MonthDay], closes: [CloseHeader],
    restatements: [MonthRestatement], bankAccounts: [BankAccountRecord],
    settlements: [MonthSettlement], matters: [OpenMatter], verification: PackVerification
  ) {
    precondition(rollforward.count == writers.count, "each balance has the close that wrote it")
    self.tenant = tenant
    self.name = name
    self.month = month
    self.dates = dates
    self.isFirst = isFirst
    self.head = head
    self.chart = chart
    self.rollforward = rollforward
    self.writers = writers
    self.proof = proof
    self.days = days
    self.closes = closes
    self.restatements = restatements
    self.bankAccounts = bankAccounts
    self.settlements = settlements
    self.matters = matters.sorted()
    self.verification = verification
  }

  /// How many dates of the month are not closed yet.
  public var datesMissing: Int { dates.upperBound.days(to: month.dates.upperBound) }

  /// Whether the stored books are proved, and what moved explains every balance.
  public var isProved: Bool {
    verification.outcome == .intact && !proof.contains { $0.status == .fail }
  }

  /// How many dates are certified, and no figure of them changed since.
  var datesCertified: Int { days.count { $0.cell.certification == .valid } }
}

/// A date of a month.
public struct MonthDay: Sendable {
  /// Its close that stands.
  public let header: CloseHeader
  /// How it stands now.
  public let cell: CalendarCell
  /// Its comparisons; those with the bank as they are known now.
  public let tieOuts: [TieOut]
  /// Its certification; `nil` if there is none.
  public let certification: Certification?
  /// Its bank accounts, without their items.
  public let banks: [MonthBank]

  /// Creates a day.
  public init(
    header: CloseHeader, cell: CalendarCell, tieOuts: [TieOut], certification: Certification?,
    banks: [MonthBank]
  ) {
    self.header = header
    self.cell = cell
    self.tieOuts = tieOuts
    self.certification = certification
    self.banks = banks
  }
}

/// A bank account at a date of a month.
public struct MonthBank: Sendable {
  /// The last version of its reconciliation, without items and findings.
  public let version: ReconciliationVersion
  /// How many items are outstanding.
  public let outstandingCount: Int

  /// The account at the date of a reconciliation.
  public init(_ version: ReconciliationVersion) {
    outstandingCount = version.reconciliation.outstanding.count
    let bank = version.reconciliation
    self.version = ReconciliationVersion(
      reconciliation: BankReconciliation(
        account: bank.account, status: bank.status, ledgerClosingMinor: bank.ledgerClosingMinor,
        statement: bank.statement, differenceMinor: bank.differenceMinor,
        unexplainedMinor: bank.unexplainedMinor, matchCounts: bank.matchCounts, outstanding: [],
        writtenOffMinor: bank.writtenOffMinor, settledOn: bank.settledOn),
      date: version.date, number: version.number, closeID: version.closeID,
      madeAt: version.madeAt)
  }
}

/// What a person settled on a bank account.
public struct MonthSettlement: Sendable {
  /// The account.
  public let account: BankAccount
  /// The decision.
  public let decision: SettlementDecision

  /// Creates a settlement.
  public init(account: BankAccount, decision: SettlementDecision) {
    self.account = account
    self.decision = decision
  }
}

/// A close that restated balances of a month, or its opening.
public struct MonthRestatement: Sendable {
  /// The close.
  public let header: CloseHeader
  /// How many balances got new versions.
  public let balances: Int
  /// The first and last date of these.
  public let dates: ClosedRange<BusinessDate>
  /// What the balances at the end of the dates changed by, in the order of currency and layer.
  public let changes: [CurrencyLayerTotals]

  /// A close with its restatements, of which there is at least one.
  ///
  /// - Parameter date: the end of the dates.
  public init(header: CloseHeader, restatements: [Restatement], end date: BusinessDate) {
    self.header = header
    balances = restatements.count
    let dates = restatements.map(\.asOfDate)
    self.dates = (dates.min() ?? date)...(dates.max() ?? date)
    var sums: [CurrencyLayer: WideTotals] = [:]
    for restatement in restatements where restatement.asOfDate == date {
      sums[restatement.key.pair, default: WideTotals()].add(
        restatement.after.subtracting(restatement.before))
    }
    changes = sums.sorted { $0.key < $1.key }.map {
      CurrencyLayerTotals(pair: $0.key, totals: $0.value)
    }
  }
}
