import LedgerDomain
import SnapshotStore

/// Keeps a tenant's reconciliations up to date outside a close, and says how its bank accounts stand.
struct BankUpdate {
  let book: BankBook
  let reader: BookReader
  let committer: Committer

  /// Takes up new files, makes again what they change, and adds what there is to say to the result.
  ///
  /// - Parameter first: the first date to make again in any case; `nil` for those that changed.
  /// - Throws: `CloseRefusal` if a figure exceeds 64 bits; `StoreError`.
  func run(
    _ state: TenantState, from first: BusinessDate? = nil, into result: inout TenantResult
  ) throws {
    let versions = try committer.reconciling(state) { try book.update(state, from: first) }
    result.reconciled += try versions.map { try ReconciledDate($0, state, reader) }
    result.statementFiles += book.files.taken
    result.notes += book.files.notes
    result.statementFindings = book.fileFindings
    result.bankBreaks = try book.breaks(state)
    for header in result.alreadyClosed where header.status == .withBreaks {
      if try isBreakOfBankOnly(header) { result.settledCloses.insert(header.closeID) }
    }
  }

  /// Whether the bank accounts were all that did not tie out when a date was closed. How they stand now, the
  /// reconciliations say.
  private func isBreakOfBankOnly(_ header: CloseHeader) throws -> Bool {
    guard header.recordsQuarantined == 0 else { return false }
    return try reader.tieOuts(header.closeID).allSatisfy {
      $0.status != .fail || $0.check == .bankReconciliation
    }
  }
}
