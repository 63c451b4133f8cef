/// How a closed date stands, as the books say now.
public enum DateStanding: Int, Sendable, CaseIterable {
  /// Everything ties out.
  case tiesOut
  /// It ties out; its quarantined records were accepted, or are counted once.
  case accepted
  /// It ties out so far; a bank statement has not come yet.
  case pending
  /// It ties out itself; records or exports of earlier dates were open when it was closed.
  case earlierOpen
  /// Quarantined records of it are open.
  case openQuarantine
  /// A check of it fails.
  case breaks

  /// The standing of a date.
  ///
  /// - Parameters:
  ///   - failing: the checks that fail, as known now.
  ///   - quarantined: how many records its close left out.
  ///   - open: how many of them nobody has accepted.
  ///   - isPending: whether a bank account of it has no statement yet.
  public init(failing: Set<TieOutCheck>, quarantined: Int, open: Int, isPending: Bool) {
    if !failing.isSubset(of: Self.aboutEarlierDates) {
      self = .breaks
    } else if open > 0 {
      self = .openQuarantine
    } else if !failing.isEmpty {
      self = .earlierOpen
    } else if isPending {
      self = .pending
    } else {
      self = quarantined > 0 ? .accepted : .tiesOut
    }
  }

  /// The checks that fail because of earlier dates.
  public static let aboutEarlierDates: Set<TieOutCheck> = [.openQuarantine, .lateInput]
}

/// Whether somebody certified a date.
public enum CertificationStanding: Int, Sendable, CaseIterable {
  /// Nobody did.
  case missing
  /// Somebody did, and no figure changed since.
  case valid
  /// Somebody did, but a figure changed since.
  case withdrawn
}

/// A closed date in a tenant's calendar.
public struct CalendarCell: Hashable, Sendable {
  /// How it stands.
  public let standing: DateStanding
  /// Whether it is certified.
  public let certification: CertificationStanding

  /// Creates a cell.
  public init(_ standing: DateStanding, _ certification: CertificationStanding) {
    self.standing = standing
    self.certification = certification
  }

  private static let first = UInt8(ascii: "A")

  /// The cell as one letter: `A` ties out, `B` ties out and is certified.
  public var letter: UInt8 {
    Self.first
      + UInt8(
        standing.rawValue * CertificationStanding.allCases.count + certification.rawValue)
  }

  /// The cell of a letter; `nil` if none has it.
  public init?(letter: UInt8) {
    guard letter >= Self.first else { return nil }
    let (standing, certification) = Int(letter - Self.first).quotientAndRemainder(
      dividingBy: CertificationStanding.allCases.count)
    guard let standing = DateStanding(rawValue: standing),
      let certification = CertificationStanding(rawValue: certification)
    else { return nil }
    self.init(standing, certification)
  }
}
