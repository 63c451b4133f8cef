/// How firm a line is. Balances of different layers are never added up. There is no default.
///
/// The raw values follow the order of the codes as text, so that keys sort as the store sorts them.
public enum EntryLayer: UInt8, Sendable, CaseIterable {
  /// Committed but not owed yet.
  case encumbrance
  /// Posted, not settled yet.
  case pending
  /// Settled: the books proper.
  case settled

  /// The layer of that code.
  @inlinable
  public init?(code: some StringProtocol) {
    switch code {
    case "ENCUMBRANCE": self = .encumbrance
    case "PENDING": self = .pending
    case "SETTLED": self = .settled
    default: return nil
    }
  }

  /// `SETTLED`, `PENDING` or `ENCUMBRANCE`.
  public var code: String {
    switch self {
    case .encumbrance: "ENCUMBRANCE"
    case .pending: "PENDING"
    case .settled: "SETTLED"
    }
  }
}
