/// A sign-off of a close.
public struct Certification: Hashable, Sendable {
  /// The close that was certified.
  public let closeID: CloseID
  /// Its chain digest, as it was then.
  public let chainDigest: String
  /// Who certified it.
  public let name: String
  /// Their note; empty if there is none.
  public let note: String
  /// When, RFC 3339 in UTC.
  public let certifiedAt: String
  /// The close that restated the date or closed it again since, which withdraws the certification.
  public let withdrawnBy: CloseID?
  /// Whether a figure of a bank account changed since, which withdraws the certification too.
  public let withdrawnByBank: Bool

  /// Whether it no longer holds.
  public var isWithdrawn: Bool { withdrawnBy != nil || withdrawnByBank }

  /// Creates a certification.
  public init(
    closeID: CloseID, chainDigest: String, name: String, note: String, certifiedAt: String,
    withdrawnBy: CloseID?, withdrawnByBank: Bool = false
  ) {
    self.withdrawnByBank = withdrawnByBank
    self.closeID = closeID
    self.chainDigest = chainDigest
    self.name = name
    self.note = note
    self.certifiedAt = certifiedAt
    self.withdrawnBy = withdrawnBy
  }
}

/// What the reports show of one of the last closes.
public struct CloseHistoryPoint: Hashable, Sendable {
  /// The business date.
  public let businessDate: BusinessDate
  /// Records read and quarantined.
  public let records: (read: Int, quarantined: Int)
  /// Closing debits and credits of every currency and layer, in their order.
  public let totals: [CurrencyLayerTotals]

  /// Creates a point.
  public init(
    businessDate: BusinessDate, records: (read: Int, quarantined: Int),
    totals: [CurrencyLayerTotals]
  ) {
    self.businessDate = businessDate
    self.records = records
    self.totals = totals
  }

  /// Whether all properties are equal.
  public static func == (left: CloseHistoryPoint, right: CloseHistoryPoint) -> Bool {
    left.businessDate == right.businessDate && left.records == right.records
      && left.totals == right.totals
  }

  /// Hashes a subset of the properties that `==` compares.
  public func hash(into hasher: inout Hasher) { hasher.combine(businessDate) }
}

/// Debits and credits over all accounts of one currency and layer.
public struct CurrencyLayerTotals: Hashable, Sendable {
  /// The currency and layer.
  public let pair: CurrencyLayer
  /// The sums.
  public let totals: WideTotals

  /// Totals of these.
  public init(pair: CurrencyLayer, totals: WideTotals) {
    self.pair = pair
    self.totals = totals
  }
}

/// A later close that restated a date.
public struct RestatingClose: Hashable, Sendable, CustomStringConvertible {
  /// The close.
  public let closeID: CloseID
  /// The date that it closed, whose `restatements.csv` says what it changed.
  public let businessDate: BusinessDate

  /// A close of a date.
  public init(closeID: CloseID, businessDate: BusinessDate) {
    self.closeID = closeID
    self.businessDate = businessDate
  }

  /// `close 31 of 2026-01-08`
  public var description: String { "close \(closeID) of \(businessDate)" }
}
