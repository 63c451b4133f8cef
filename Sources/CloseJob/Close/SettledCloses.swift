import LedgerDomain
import SnapshotStore

/// Tells which closes that did not tie out leave nothing to do, as the books are now.
struct SettledCloses {
  let reader: BookReader
  let state: TenantState
  /// Whether the run says how bank accounts stand now.
  let comparesBanks: Bool

  /// The closes among those with breaks of which nothing is open any more, but for what is told for the
  /// tenant as a whole: how its bank accounts stand, and which exports changed. Somebody accepted that the
  /// quarantined records stay out; records that are left out without a decision, such as repetitions, keep
  /// the close among those with breaks, so that running a command twice tells the same.
  ///
  /// - Parameter headers: closes of one tenant.
  func among(_ headers: [CloseHeader]) throws -> Set<CloseID> {
    Set(try headers.filter { try $0.status == .withBreaks && isSettled($0) }.map(\.closeID))
  }

  private func isSettled(_ header: CloseHeader) throws -> Bool {
    let failing = Set(
      try reader.tieOuts(header.closeID).filter { $0.status == .fail }.map(\.check))
    let apart = DateStanding.aboutEarlierDates.union(comparesBanks ? [.bankReconciliation] : [])
    guard failing.isSubset(of: apart) else { return false }
    if header.recordsQuarantined > 0 {
      let quarantine = try reader.quarantine(of: header.closeID, isWhole: false)
      if quarantine.acceptances.isEmpty || quarantine.open.records > 0 { return false }
    }
    if failing.contains(.openQuarantine) { return try reader.openQuarantine(state).isEmpty }
    return true
  }
}
