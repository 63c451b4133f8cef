import LedgerDomain

/// Where a quarantined record stands.
enum QuarantineState: String {
  case open, accepted, once

  /// The state of a record that a close left out.
  init(_ record: QuarantinedRecord, _ quarantine: CloseQuarantine) {
    if !record.code.needsAcceptance {
      self = .once
    } else {
      self = quarantine.acceptance(of: record) == nil ? .open : .accepted
    }
  }

  var words: String { self == .once ? "counted once" : rawValue }
}
