/// The number of a close; it only grows.
public struct CloseID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number, from 1.
  public let number: Int64

  /// The close of that number.
  public init(_ number: Int64) {
    self.number = number
  }

  /// The number in decimal.
  public var description: String { String(number) }

  /// Orders values as the store sorts rows.
  public static func < (left: CloseID, right: CloseID) -> Bool { left.number < right.number }
}

/// How a close that was published ended.
public enum CloseStatus: String, Sendable {
  /// Everything ties out and nothing was quarantined.
  case clean = "closed"
  /// Closed, with breaks or quarantined records.
  case withBreaks = "closed_with_breaks"
}

/// One part as a close read it.
public struct InputPart: Hashable, Sendable {
  /// Its name.
  public let file: String
  /// Its size on disk, in bytes.
  public let bytes: Int
  /// Its SHA-256, in lower-case hexadecimal.
  public let sha256: String
  /// How many records it holds.
  public let records: Int

  /// Creates a part.
  public init(file: String, bytes: Int, sha256: String, records: Int) {
    self.file = file
    self.bytes = bytes
    self.sha256 = sha256
    self.records = records
  }
}

/// The head of a close: what was closed, when, and with which outcome.
public struct CloseHeader: Hashable, Sendable {
  /// The close's number.
  public let closeID: CloseID
  /// Whose books.
  public let tenant: TenantID
  /// The date that was closed.
  public let businessDate: BusinessDate
  /// How it ended.
  public let status: CloseStatus
  /// Records read: accepted and quarantined.
  public let recordsRead: Int
  /// Entries that count.
  public let entriesAccepted: Int
  /// Records left out.
  public let recordsQuarantined: Int
  /// When the run began the close, RFC 3339 in UTC.
  public let startedAt: String
  /// When the close was ready to be committed, RFC 3339 in UTC.
  public let finishedAt: String
  /// What the records were, in lower-case hexadecimal.
  public let inputDigest: String
  /// The close's link in the tenant's chain, in lower-case hexadecimal.
  public let chainDigest: String
  /// The earlier close of the same date whose movement this one replaced, if there is one.
  public let replaces: CloseID?

  /// Creates a head.
  public init(
    closeID: CloseID, tenant: TenantID, businessDate: BusinessDate, status: CloseStatus,
    recordsRead: Int, entriesAccepted: Int, recordsQuarantined: Int, startedAt: String,
    finishedAt: String, inputDigest: String, chainDigest: String, replaces: CloseID? = nil
  ) {
    self.closeID = closeID
    self.tenant = tenant
    self.businessDate = businessDate
    self.status = status
    self.recordsRead = recordsRead
    self.entriesAccepted = entriesAccepted
    self.recordsQuarantined = recordsQuarantined
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.inputDigest = inputDigest
    self.chainDigest = chainDigest
    self.replaces = replaces
  }
}

/// A close as the store has it: everything that its reports say.
public struct CloseRecord: Sendable {
  /// What was closed, and how it ended.
  public let header: CloseHeader
  /// The accounts as the close used them.
  public let chart: ChartOfAccounts
  /// Every key's rollforward from the previous date, in key order.
  public let rollforward: [RollforwardRow]
  /// New versions of earlier dates.
  public let restatements: [Restatement]
  /// The entries that made them, in the order of key, effective date, part and record.
  public let restatingEntries: [RestatingEntry]
  /// How many entries made them, key by key.
  public let restatingCounts: [RestatingCount]
  /// The comparisons that were made.
  public private(set) var tieOuts: [TieOut]
  /// The findings kept.
  public private(set) var findings: [Finding]
  /// How many findings of each code there were.
  public private(set) var findingCounts: [FindingCount]
  /// The parts that were read.
  public let parts: [InputPart]
  /// The bank accounts of the job as they are known now, in its order.
  public private(set) var bankAccounts: [BankAccountRecord] = []
  /// How many bank reconciliations of the date are recorded, of all accounts and in all versions.
  public var reconciliationCount = 0
  /// The loan book; `nil` if the job names no principal accounts.
  public var portfolioRollup: PortfolioRollup?
  /// The records left out, and what was decided about them.
  public var quarantine = CloseQuarantine.none
  /// The close's certification; `nil` if there is none.
  public var certification: Certification?
  /// The later closes that gave balances of the date new versions, in order; empty while nobody has
  /// certified it.
  public var restatedBy: [RestatingClose] = []
  /// The balances of earlier dates, one for each of `ChangeBasis.allCases`; empty if they are not compared.
  public var earlierBalances: [EarlierBalances] = []
  /// From which movement on somebody must look at a balance; `nil` if the job does not say.
  public var reviewThreshold: ReviewThreshold?
  /// What people call the tenant; `nil` if the job does not say.
  public var tenantName: String?
  /// The last closes up to this one, the oldest first.
  public var history: [CloseHistoryPoint] = []

  /// The reconciliations of the bank accounts as they are known now, in the order of the job.
  public var bankReconciliations: [BankReconciliation] {
    bankAccounts.map(\.version.reconciliation)
  }

  /// Adds the bank accounts as they are known now, with the findings of their reconciliations. Tie-outs of
  /// accounts that were reconciled again since are those of now.
  public mutating func addBankAccounts(_ accounts: [BankAccountRecord]) {
    bankAccounts += accounts
    for account in accounts where account.version.number > 1 {
      let reference = account.version.reconciliation.account.reference
      let index = tieOuts.firstIndex { $0.check == .bankReconciliation && $0.scope == reference }
      if let index, let current = account.tieOut { tieOuts[index] = current }
    }
    for finding in accounts.flatMap(\.version.findings) {
      findings.append(finding)
      if let index = findingCounts.firstIndex(where: { $0.code == finding.code }) {
        findingCounts[index].count += 1
        findingCounts[index].kept += 1
      } else {
        findingCounts.append(FindingCount(code: finding.code, count: 1, kept: 1))
      }
    }
    findingCounts.sort { $0.code.order < $1.code.order }
  }

  /// Creates a record.
  public init(
    header: CloseHeader, chart: ChartOfAccounts, rollforward: [RollforwardRow],
    restatements: [Restatement], restatingEntries: [RestatingEntry] = [],
    restatingCounts: [RestatingCount] = [], tieOuts: [TieOut], findings: [Finding],
    findingCounts: [FindingCount], parts: [InputPart]
  ) {
    self.header = header
    self.chart = chart
    self.rollforward = rollforward
    self.restatements = restatements
    self.restatingEntries = restatingEntries
    self.restatingCounts = restatingCounts
    self.tieOuts = tieOuts
    self.findings = findings
    self.findingCounts = findingCounts
    self.parts = parts
  }
}
