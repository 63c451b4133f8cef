/// How far a tenant's books go: what was read of them is current as long as this does not change.
public struct BooksHead: Hashable, Sendable {
  /// The last close.
  public let close: CloseID
  /// The chain digest of the last close, in lower-case hexadecimal.
  public let chainDigest: String
  /// The last bank reconciliation that was recorded: its date, version, digest and account; empty if there is
  /// none. Unlike the bank log's count and digest, pruning does not change it.
  public let reconciliation: String
  /// How many certifications there are.
  public let certifications: Int
  /// How many acceptances of quarantined records, and withdrawals of such, there are.
  public let acceptances: Int

  /// Creates a head.
  public init(
    close: CloseID, chainDigest: String, reconciliation: String, certifications: Int,
    acceptances: Int
  ) {
    self.close = close
    self.chainDigest = chainDigest
    self.reconciliation = reconciliation
    self.certifications = certifications
    self.acceptances = acceptances
  }
}

/// A closed date as the overview shows it.
public struct DateOverview: Hashable, Sendable {
  /// The date.
  public let date: BusinessDate
  /// How it stands.
  public let cell: CalendarCell
  /// What about it needs a person.
  public let matters: [OpenMatter]

  /// Creates a date.
  public init(date: BusinessDate, cell: CalendarCell, matters: [OpenMatter]) {
    self.date = date
    self.cell = cell
    self.matters = matters
  }
}

/// A tenant's books as the overview shows them.
public struct TenantOverview: Hashable, Sendable {
  /// The tenant.
  public let tenant: TenantID
  /// How far its books went when they were read.
  public private(set) var head: BooksHead
  /// The first closed date.
  public let firstDate: BusinessDate
  /// Every closed date from the first, in order.
  public private(set) var cells: [CalendarCell]
  /// What needs a person, in order.
  public private(set) var matters: [OpenMatter]

  /// Creates an overview.
  public init(
    tenant: TenantID, head: BooksHead, firstDate: BusinessDate, cells: [CalendarCell],
    matters: [OpenMatter]
  ) {
    self.tenant = tenant
    self.head = head
    self.firstDate = firstDate
    self.cells = cells
    self.matters = matters
  }

  /// The last closed date.
  public var closedThrough: BusinessDate { firstDate.advanced(by: cells.count - 1) }

  /// Takes up dates that were read again, and how the tenant stands as a whole.
  ///
  /// - Parameters:
  ///   - head: how far the books go now.
  ///   - dates: the dates that may have changed, in order; new ones follow without gaps.
  ///   - standing: the matters that belong to no date.
  /// - Returns: whether the dates follow those that are known; if not, nothing changed.
  public mutating func update(
    to head: BooksHead, dates: [DateOverview], standing: [OpenMatter]
  ) -> Bool {
    var cells = cells
    let changed = Set(dates.map(\.date))
    var matters = matters.filter { $0.kind.isOfDate && !changed.contains($0.date) } + standing
    for date in dates {
      let index = firstDate.days(to: date.date)
      guard (0...cells.count).contains(index) else { return false }
      if index < cells.count { cells[index] = date.cell } else { cells.append(date.cell) }
      matters += date.matters
    }
    self.head = head
    self.cells = cells
    self.matters = matters.sorted()
    return true
  }

  /// Adds that the tenant is not closed through a date, if it is not.
  public mutating func compare(with date: BusinessDate) {
    matters.removeAll { $0.kind == .notClosed }
    guard let behind = OpenMatter.notClosed(after: closedThrough, through: date) else { return }
    matters.append(behind)
    matters.sort()
  }
}
