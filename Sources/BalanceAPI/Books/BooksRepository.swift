public import LedgerDomain
public import SnapshotStore

/// The books that the API reads. Each lookup sees one committed state: the current one. Lookups may share
/// that state until `endReadTransactions` is called.
public protocol BooksRepository: Sendable {
  /// A tenant's balance at the end of a date; `nil` if the tenant has no books.
  ///
  /// - Parameter date: `nil` for the last closed date.
  ///
  /// - Throws: `StoreError`; `locked` while a close commits: try again shortly.
  func balance(
    _ tenant: TenantID, key: BalanceKey, date: BusinessDate?
  ) throws -> BalanceLookup?

  /// The reconciliation status of a tenant's date; `nil` if the tenant has no books.
  ///
  /// - Parameter date: `nil` for the last closed date.
  ///
  /// - Throws: `StoreError`; `locked` while a close commits: try again shortly.
  func status(_ tenant: TenantID, date: BusinessDate?) throws -> StatusLookup?

  /// Checks that the books can be read.
  ///
  /// - Throws: `StoreError` if they cannot be read; `locked` while a close commits: try again shortly.
  func check() throws

  /// Proves all books, beside the lookups.
  ///
  /// - Parameter pause: called after each short read with the time that it took; returns whether to go on.
  /// - Returns: whether it went through to the end.
  /// - Throws: `StoreError`; `altered_store` or `not_a_store` if something is damaged.
  func prove(pause: (Duration) -> Bool) throws -> Bool

  /// Ends the read transaction that lookups share, so that a close can commit.
  func endReadTransactions()
}

extension LookupPool: BooksRepository {}
