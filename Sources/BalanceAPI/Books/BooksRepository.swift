public import LedgerDomain
public import SnapshotStore

/// Where the API has the books from. Each question is answered from one state of them: the one that they
/// are in at that moment. They can stay in it until `endReadTransactions` is called.
public protocol BooksRepository: Sendable {
  /// A tenant's balance at the end of a date, `nil` for the last closed one; `nil` if the tenant has
  /// no books.
  ///
  /// - Throws: `StoreError`; with `locked` if it is to be asked again a little later.
  func balance(
    _ tenant: TenantID, key: BalanceKey, date: BusinessDate?
  ) throws -> BalanceLookup?

  /// What a tenant's close of a date found, `nil` for the last closed one; `nil` if the tenant has no
  /// books.
  ///
  /// - Throws: `StoreError`; with `locked` if it is to be asked again a little later.
  func status(_ tenant: TenantID, date: BusinessDate?) throws -> StatusLookup?

  /// Whether the books can be read.
  ///
  /// - Throws: `StoreError` if not; with `locked` if it is to be asked again a little later.
  func check() throws

  /// Lets the books go on, after look-ups that were made at once.
  func endReadTransactions()
}

extension LookupPool: BooksRepository {}
