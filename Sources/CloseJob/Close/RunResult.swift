public import LedgerDomain

/// How many balances a close restated, and on how many dates.
public struct RestatedCount: Sendable {
  /// New versions of balances.
  public let balances: Int
  /// The dates of these balances.
  public let dates: Int

  init(_ restatements: [Restatement]) {
    balances = restatements.count
    dates = Set(restatements.map(\.asOfDate)).count
  }
}

/// One date that a run closed.
public struct DateResult: Sendable {
  /// The header of the close.
  public let header: CloseHeader
  /// How many findings there are, by code.
  public let findingCounts: [FindingCount]
  /// The tie-outs that were made.
  public let tieOuts: [TieOut]
  /// How much of earlier dates it restated.
  public let restated: RestatedCount
  /// The dates whose certification it withdrew, in order.
  public var withdrawn: [BusinessDate] = []
  /// How many records that somebody had accepted are left out no longer, or open again, because the date
  /// was closed again.
  public var lapsedAcceptances = 0
  /// The quarantined records that somebody has to decide about, and what they add up to.
  public let quarantineSum: QuarantineSum
  /// The currency of each bank account, by its reference.
  public let bankCurrencies: [String: CurrencyCode]
  /// Bytes of records that were read.
  public let recordBytes: Int
  /// Whether the date is reconciled, as the API reports it.
  public let reconciliation: ReconciliationStatus

  /// Quarantined records' codes with their counts.
  public var quarantined: [FindingCount] {
    findingCounts.filter { $0.code.severity == .error }
  }

  /// The checks that failed.
  public var breaks: [TieOutCheck] {
    TieOutCheck.allCases.filter { tieOuts.status(of: $0) == .fail }
  }
}

/// What a run did for one tenant.
public struct TenantResult: Sendable {
  /// Whose books.
  public let tenant: TenantID
  /// The dates that were closed, in order.
  public var dates: [DateResult] = []
  /// What stopped the tenant; `nil` if nothing did.
  public var failure: TenantFailure?
  /// The dates that were closed already and did not change, in order.
  public var alreadyClosed: [CloseHeader] = []
  /// The closed dates whose export changed and that this run did not close again, in order.
  public var lateInput: [LateDate] = []
  /// The bank's files that the run took up.
  public var statementFiles: [String] = []
  /// What is wrong with the bank's files.
  public var statementFindings: [Finding] = []
  /// The dates that the run reconciled again with the bank, account by account.
  public var reconciled: [ReconciledDate] = []
  /// The bank accounts that do not agree with the bank as things are now.
  public var bankBreaks: [BankBreak] = []
  /// Closes that did not tie out and of which nothing is open any more.
  public internal(set) var settledCloses: Set<CloseID> = []
  /// What the operator should know.
  public var notes: [String] = []

  /// The dates that were closed already with breaks, or with quarantined records, that still stand.
  public var alreadyClosedWithBreaks: [CloseHeader] {
    alreadyClosed.filter { $0.status == .withBreaks && !settledCloses.contains($0.closeID) }
  }

  /// The result of a tenant with nothing closed yet.
  public init(tenant: TenantID) {
    self.tenant = tenant
  }

  /// Whether a close that this run made or found has breaks or quarantined records that are still open, the
  /// export of a closed date changed, or a bank account does not agree with the bank.
  public var hasBreaks: Bool {
    !lateInput.isEmpty || !bankBreaks.isEmpty || !statementFindings.isEmpty
      || dates.contains {
        $0.header.status == .withBreaks && !settledCloses.contains($0.header.closeID)
      }
      || !alreadyClosedWithBreaks.isEmpty
  }
}

/// What a run did.
public struct RunResult: Sendable {
  /// Tenant by tenant, in the order of their ids.
  public var tenants: [TenantResult] = []
  /// Files and directories in the exports directory that belong to no tenant.
  public var unexpectedEntries: [String] = []
  /// Tenants with exports that the job's `tenants` does not list, in order: nobody closes their books.
  public var unlistedTenants: [TenantID] = []
  /// Why the overview over all tenants could not be written; `nil` if it was.
  public var overviewFailure: String?
  /// The directory of the reports; `nil` if the job writes none.
  public let reports: String?
  /// What people call the tenants.
  public let tenantNames: TenantNames
  /// How long the run took, in seconds.
  public var seconds: Double = 0

  /// The result of a run that has not started.
  public init(reports: String?, tenantNames: TenantNames) {
    self.reports = reports
    self.tenantNames = tenantNames
  }

  /// As for `diff`: 0 if everything ties out, 1 if closed with breaks, 2 if something failed.
  public var exitCode: Int32 {
    let isIncomplete = overviewFailure != nil || !unexpectedEntries.isEmpty
    if isIncomplete || tenants.contains(where: { $0.failure != nil }) { return 2 }
    return tenants.contains { $0.hasBreaks } ? 1 : 0
  }
}
