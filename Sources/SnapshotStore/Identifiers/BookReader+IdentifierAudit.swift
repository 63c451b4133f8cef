import GRDB
import LedgerDomain

extension BookReader {
  /// Faults in the identifiers and reversals that a tenant's closes keep.
  ///
  /// The close's record holds their digests, so what is compared here is what it does not hold itself.
  public func identifierFaults(_ state: TenantState, _ links: [StoredLink]) throws -> [String] {
    let replaced = Set(links.compactMap(\.replaces))
    let from = try basis(of: state.lastClose)?.identifiersFrom
    var faults: [String] = []
    for link in links {
      let basis = try basis(of: link.closeID)
      let isCurrent = !replaced.contains(link.closeID)
      let isKept = isCurrent && from.map { link.businessDate >= $0 } ?? false
      let expected = isKept ? basis?.identifiers : nil
      let close = IdentifiedClose(
        closeID: link.closeID, businessDate: link.businessDate,
        pageBits: expected?.pageBits ?? 0)
      if let expected {
        if try storedDigest(of: close) != expected.digest {
          faults.append("the identifiers of close \(link.closeID) no longer match their digest")
        }
      } else if try hasPages(close) {
        faults.append("identifiers of close \(link.closeID) are stored, but none are kept")
      } else if isKept {
        faults.append("the identifiers of close \(link.closeID) are missing")
      }
    }
    return faults + (try reversalFaults(state, links))
  }

  /// The digest of identifiers that a close would keep.
  public func identifierDigest(
    _ forEachPage: ((_ page: Int, _ prefixes: [UInt8], _ details: [UInt8]) -> Void) throws -> Void
  ) rethrows -> String {
    var digest = IdentifierDigest()
    try forEachPage { page, prefixes, details in
      prefixes.withUnsafeBytes { prefixes in
        details.withUnsafeBytes { details in
          digest.add(
            page: page, count: prefixes.count / IdentifierDigest.prefixBytes, prefixes: prefixes,
            details: details)
        }
      }
    }
    return digest.finalize()
  }

  private func storedDigest(of close: IdentifiedClose) throws -> String? {
    var digest = IdentifierDigest()
    var pages: [(page: Int, prefixes: [UInt8])] = []
    let all = 0..<Int(IdentifierWriter.pagesPerClose)
    do {
      try forEachIdentifierPage(of: close, pages: all) { pages.append(($0, Array($1))) }
      for (page, prefixes) in pages {
        let details = try identifierDetails(of: close, page: page)
        prefixes.withUnsafeBytes { prefixes in
          details.withUnsafeBytes { details in
            digest.add(
              page: page, count: prefixes.count / IdentifierDigest.prefixBytes,
              prefixes: prefixes, details: details)
          }
        }
      }
    } catch let error as StoreError where error.code == .alteredStore {
      return nil
    }
    return try detailPageCount(close) == pages.count ? digest.finalize() : nil
  }

  private func hasPages(_ close: IdentifiedClose) throws -> Bool {
    try pageCount(close, in: "identifier_prefix") + detailPageCount(close) > 0
  }

  private func detailPageCount(_ close: IdentifiedClose) throws -> Int {
    try pageCount(close, in: "identifier_detail")
  }

  private func pageCount(_ close: IdentifiedClose, in table: String) throws -> Int {
    let first = close.closeID.number * IdentifierWriter.pagesPerClose
    return try Int.fetchOne(
      db.cachedStatement(sql: "SELECT count(*) FROM \(table) WHERE page_id BETWEEN ? AND ?"),
      arguments: [first, first + IdentifierWriter.pagesPerClose - 1]) ?? 0
  }

  /// Compares the reversals of every close with their digests, in one pass over the tenant's.
  private func reversalFaults(_ state: TenantState, _ links: [StoredLink]) throws -> [String] {
    var digests: [Int64: ReversalDigest] = [:]
    let statement = try RowStatement(
      db,
      """
      SELECT close_id, reversed_entry_id, journal_entry_id FROM stored_reversal
      WHERE tenant_ref = ?1 ORDER BY reversed_entry_id, close_id, journal_entry_id
      """)
    try statement.forEachRow { row in
      row.integer(1, state.reference)
    } _: { row in
      guard let reversed = row.columnIdentifier(1), let entry = row.columnIdentifier(2) else {
        throw Row.altered("an invalid reversal")
      }
      digests[row.columnInteger(0), default: ReversalDigest()].add(
        EntryReversal(reversed: reversed, entry: entry))
    }
    let stored = try Row.fetchAll(
      db,
      sql: """
        SELECT b.close_id, b.reversal_digest FROM stored_basis b
          JOIN stored_close c ON c.close_id = b.close_id
        WHERE c.tenant_ref = ?
        """, arguments: [state.reference])
    var faults: [String] = []
    for row in stored {
      let digest = digests.removeValue(forKey: row[0]) ?? ReversalDigest()
      if digest.finalize() != (try row.text(1)) {
        faults.append("the reversals of close \(row[0] as Int64) no longer match their digest")
      }
    }
    return faults
      + digests.keys.sorted().map { "close \($0) has reversals, but kept none" }
  }
}
