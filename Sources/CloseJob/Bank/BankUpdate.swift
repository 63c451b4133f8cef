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
  }
}
