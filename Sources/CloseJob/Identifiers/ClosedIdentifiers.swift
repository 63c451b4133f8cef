import DailyClose
import LedgerDomain
import SnapshotStore

/// Searches the identifiers that closes of other dates keep.
struct ClosedIdentifiers {
  let reader: BookReader

  /// The closes of a range of dates whose identifiers are still kept.
  ///
  /// - Parameter basis: of the tenant's last close, which says from which date on they are.
  func closes(
    _ state: TenantState, _ basis: CloseBasis?, from: BusinessDate, through: BusinessDate
  ) throws -> [IdentifiedClose] {
    guard let kept = basis?.identifiersFrom, max(from, kept) <= through else { return [] }
    return try reader.identifiedCloses(state, dates: max(from, kept)...through)
  }

  /// The entries of these closes whose identifiers are in an index or among others.
  ///
  /// - Returns: by identifier, the first close that accepted it.
  /// - Throws: `StoreError` if stored identifiers were altered; `SpillError`.
  /// - Complexity: O(identifiers of the closes), one pass for each million identifiers of the index.
  func entries(
    of closes: [IdentifiedClose], in index: IdentifierIndex?, others: Set<JournalEntryID> = []
  ) throws -> [JournalEntryID: ClosedEntry] {
    var found: [JournalEntryID: ClosedEntry] = [:]
    if closes.isEmpty { return found }
    // The same part of every close in turn: what the probe knows of it stays in the processor's cache.
    let bits = closes.reduce(0) { max($0, $1.pageBits) }
    for range in IdentifierProbe.Range.ranges(count: index?.count ?? 0) {
      let probe = try IdentifierProbe(index, others: others, in: range)
      if probe.isEmpty { continue }
      try reader.readingThrough {
        for part in range.parts(bits: bits) {
          for close in closes where part.isFirst(inPageOf: close.pageBits, of: range) {
            try search(close, part.pages(bits: close.pageBits), probe) { id, content in
              if let known = found[id], known.date <= close.businessDate { return }
              found[id] = ClosedEntry(date: close.businessDate, content: content)
            }
          }
        }
      }
    }
    return found
  }

  private func search(
    _ close: IdentifiedClose, _ pages: Range<Int>, _ probe: borrowing IdentifierProbe,
    _ body: (JournalEntryID, UInt64) -> Void
  ) throws {
    var hits: [(page: Int, prefixes: [UInt8], places: [Int])] = []
    try reader.forEachIdentifierPage(of: close, pages: pages) { page, prefixes in
      let places = probe.places(inPrefixes: prefixes, number: page, pageBits: close.pageBits)
      if !places.isEmpty { hits.append((page, Array(prefixes), places)) }
    }
    for (page, prefixes, places) in hits {
      let details = try reader.identifierDetails(of: close, page: page)
      prefixes.withUnsafeBytes { prefixes in
        details.withUnsafeBytes { details in
          for place in places where IdentifierPage.isWhole(prefixes, details) {
            let match = probe.match(
              at: place, prefixes: prefixes, details: details, number: page,
              pageBits: close.pageBits)
            if let match { body(match.id, match.content) }
          }
        }
      }
    }
  }
}
