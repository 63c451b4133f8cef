public import LedgerDomain

/// The books that a close is about to write.
public struct CloseDraft: Sendable {
  /// The tenant.
  public var tenant: TenantID
  /// The date to close.
  public var businessDate: BusinessDate
  /// The accounts the close uses.
  public var chart: ChartOfAccounts
  /// Opening balances, at a tenant's first close only.
  public var openings: [Balance]
  /// The movements of the entries, in the order of key and effective date.
  public var movements: [Movement]
  /// The rollforward of every key from the previous date, in the order of the keys.
  public var rollforward: [RollforwardRow]
  /// New versions of earlier dates.
  public var restatements: [Restatement]
  /// The fingerprint of the input records.
  public var input: InputFingerprint
  /// The close of the same date whose movements this one replaces, if the date is closed again.
  public var replaces: CloseID?

  /// Creates a draft.
  public init(
    tenant: TenantID, businessDate: BusinessDate, chart: ChartOfAccounts, openings: [Balance],
    movements: [Movement], rollforward: [RollforwardRow], restatements: [Restatement],
    input: InputFingerprint, replaces: CloseID? = nil
  ) {
    self.tenant = tenant
    self.businessDate = businessDate
    self.chart = chart
    self.openings = openings
    self.movements = movements
    self.rollforward = rollforward
    self.restatements = restatements
    self.input = input
    self.replaces = replaces
  }

  /// The rows of the snapshot table, in the order of key and date.
  public var snapshotRows: [SnapshotRow] {
    let closing = rollforward.map {
      SnapshotRow(key: $0.key, asOfDate: businessDate, totals: $0.closing)
    }
    if restatements.isEmpty { return closing }
    // When a date is closed again, its own restated balances are already among the closing balances.
    let restated = restatements.filter { $0.asOfDate != businessDate }.map {
      SnapshotRow(key: $0.key, asOfDate: $0.asOfDate, totals: $0.after)
    }
    return (closing + restated).sorted { ($0.key, $0.asOfDate) < ($1.key, $1.asOfDate) }
  }
}

/// Everything that a close stores besides the books.
public struct CloseOutcome: Sendable {
  /// Records read, accepted and quarantined.
  public var counts: (read: Int, accepted: Int, quarantined: Int)
  /// The parts that were read.
  public var parts: [InputPart]
  /// The findings to store, in the order in which they are reported.
  public var findings: [Finding]
  /// All findings by code.
  public var findingCounts: [FindingCount]
  /// The tie-outs.
  public var tieOuts: [TieOut]
  /// The entries listed as causes of the restatements.
  public var restatingEntries: [RestatingEntry]
  /// How many entries caused restatements, by key.
  public var restatingCounts: [RestatingCount]
  /// The bank accounts of the job, with the ledger's lines on them.
  public var bankPositions: [BankPosition] = []
  /// Closing debits and credits of every currency and layer, in order.
  public var totals: [CurrencyLayerTotals] = []
  /// The comparison of the loan book with the ledger; `nil` if the job names no principal accounts.
  public var portfolio: PortfolioOutcome?
  /// The records left out for each reason, in the order of the codes.
  public var quarantineCounts: [QuarantineCount] = []
  /// The records left out that are kept one by one.
  public var quarantinedRecords: [QuarantinedRecord] = []
  /// What the close was made with.
  public var basis: CloseBasis
  /// When the run began the close, RFC 3339 in UTC.
  public var startedAt: String
  /// When it was ready to be committed, RFC 3339 in UTC.
  public var finishedAt: String

  /// Creates an outcome.
  public init(
    counts: (read: Int, accepted: Int, quarantined: Int), parts: [InputPart], findings: [Finding],
    findingCounts: [FindingCount], tieOuts: [TieOut], restatingEntries: [RestatingEntry] = [],
    restatingCounts: [RestatingCount] = [], portfolio: PortfolioOutcome? = nil, basis: CloseBasis,
    startedAt: String, finishedAt: String
  ) {
    self.portfolio = portfolio
    self.basis = basis
    self.counts = counts
    self.parts = parts
    self.findings = findings
    self.findingCounts = findingCounts
    self.tieOuts = tieOuts
    self.restatingEntries = restatingEntries
    self.restatingCounts = restatingCounts
    self.startedAt = startedAt
    self.finishedAt = finishedAt
  }

  /// `withBreaks` if a tie-out fails or a record was quarantined, otherwise `clean`.
  public var status: CloseStatus {
    let hasBreaks = tieOuts.contains { $0.status == .fail } || counts.quarantined > 0
    return hasBreaks ? .withBreaks : .clean
  }
}
