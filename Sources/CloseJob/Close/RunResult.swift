public import LedgerDomain

/// How many balances a close restated, of how many dates.
public struct RestatedCount: Sendable {
  /// New versions of balances.
  public let balances: Int
  /// Dates that they are of.
  public let dates: Int

  init(_ restatements: [Restatement]) {
    balances = restatements.count
    dates = Set(restatements.map(\.asOfDate)).count
  }
}

/// One date that a run closed.
public struct DateResult: Sendable {
  /// The head of the close.
  public let header: CloseHeader
  /// What was found, by code.
  public let findingCounts: [FindingCount]
  /// The comparisons that were made.
  public let tieOuts: [TieOut]
  /// How much of earlier dates it restated.
  public let restated: RestatedCount
  /// The dates whose certification it withdrew, in order.
  public var withdrawn: [BusinessDate] = []
  /// Bytes of records that were read.
  public let recordBytes: Int
  /// Whether the books of the date agree, as the API says it.
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
  /// What stopped the tenant, with the date it stopped at.
  public var failure: (date: BusinessDate?, message: String)?
  /// The dates that were closed already and stay as they are, in order.
  public var alreadyClosed: [CloseHeader] = []
  /// Something that the person who runs it should know.
  public var notes: [String] = []

  /// A tenant for which nothing was done yet.
  public init(tenant: TenantID) {
    self.tenant = tenant
  }

  /// Whether a close that this run did or found has breaks or quarantined records.
  public var hasBreaks: Bool {
    dates.contains { $0.header.status == .withBreaks }
      || alreadyClosed.contains { $0.status == .withBreaks }
  }
}

/// What a run did.
public struct RunResult: Sendable {
  /// Tenant by tenant, in the order of their ids.
  public var tenants: [TenantResult] = []
  /// What is wrong with the exports beside any tenant.
  public var unexpectedEntries: [String] = []
  /// Where the reports are, if any were written.
  public let reports: String?
  /// How long the run took, in seconds.
  public var seconds: Double = 0

  /// A run that has done nothing yet.
  public init(reports: String?) {
    self.reports = reports
  }

  /// Like `diff`: 0 everything ties out, 1 closed with breaks, 2 failure.
  public var exitCode: Int32 {
    if !unexpectedEntries.isEmpty || tenants.contains(where: { $0.failure != nil }) { return 2 }
    return tenants.contains { $0.hasBreaks } ? 1 : 0
  }
}
