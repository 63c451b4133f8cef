public import LedgerDomain

/// What a demo ledger holds and where its files are.
public struct DemoSummary: Sendable {
  /// The tenants' identifiers, lower case, in the order they were generated.
  public let tenants: [String]
  /// The first business date.
  public let firstDate: BusinessDate
  /// The last business date.
  public let lastDate: BusinessDate
  /// The readable records of all parts, which the manifests count as entries.
  public let entries: Int
  /// The lines of those entries.
  public let lines: Int
  /// The bytes of all records before compression, line ends included.
  public let recordBytes: Int
  /// The findings that closing the tree must give: the rows of `plantedFile`.
  public let planted: Int
  /// The breaks between the ledger and the bank or the servicing system: the rows of
  /// `plantedBreaksFile`.
  public let plantedBreaks: Int
  /// What goes wrong on which date, if the ledger tells a story.
  public let scenes: [DemoScene]
  /// The path of the job file, `job.yaml`.
  public let jobFile: String
  /// The path of the export tree, `exports`.
  public let exports: String
  /// The path of the chart of accounts, `chart.csv`.
  public let chart: String
  /// The path of the directory of opening balances, `opening`, if there is one.
  public let opening: String?
  /// The path of the list of expected findings, `planted.csv`.
  public let plantedFile: String
  /// The path of the directory of bank statements, `statements`, if they are written.
  public let statements: String?
  /// The path of the directory of statements that arrive after the night of the last date,
  /// `statements-later`, if there are any.
  public let laterStatements: String?
  /// The path of the directory of loan tapes, `loan-tape`, if they are written.
  public let loanTape: String?
  /// The path of the list of breaks, `planted-breaks.csv`, if statements and tapes are written.
  public let plantedBreaksFile: String?
  /// The accounts that have statements; a tenant has those of its own currencies.
  public let bankAccounts: [DemoBankAccount]
}
