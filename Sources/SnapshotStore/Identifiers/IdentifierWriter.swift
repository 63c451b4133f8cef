import GRDB
public import LedgerDomain

/// Writes the identifiers that a close accepted, and removes those that are no longer needed.
///
/// The pages of a close have the numbers `close_id * 2^20 + page`, so they are adjacent in the file.
public final class IdentifierWriter {
  static let pagesPerClose: Int64 = 1 << 20

  private let db: Database
  private let insertPrefixes: RowStatement
  private let insertDetails: RowStatement
  private let removePrefixes: RowStatement
  private let removeDetails: RowStatement
  private let insertRepetition: RowStatement
  private let insertReversal: RowStatement

  init(_ db: Database) throws {
    self.db = db
    insertPrefixes = try RowStatement(db, "INSERT INTO identifier_prefix VALUES (?1, ?2)")
    insertDetails = try RowStatement(db, "INSERT INTO identifier_detail VALUES (?1, ?2)")
    removePrefixes = try RowStatement(
      db, "DELETE FROM identifier_prefix WHERE page_id BETWEEN ?1 AND ?2")
    removeDetails = try RowStatement(
      db, "DELETE FROM identifier_detail WHERE page_id BETWEEN ?1 AND ?2")
    insertRepetition = try RowStatement(
      db, "INSERT INTO stored_repetition VALUES (?1, ?2, ?3, ?4)")
    insertReversal = try RowStatement(db, "INSERT INTO stored_reversal VALUES (?1, ?2, ?3, ?4)")
  }

  /// Writes the pages of a close.
  ///
  /// - Parameters:
  ///   - count: how many identifiers they hold.
  ///   - pageBits: how many bits their numbers have.
  ///   - forEachPage: passes on each page, in the order of the numbers, with its prefixes and details.
  /// - Returns: what the close stores about them.
  public func insert(
    of close: PendingClose, count: Int, pageBits: Int,
    forEachPage: ((_ page: Int, _ prefixes: [UInt8], _ details: [UInt8]) throws -> Void) throws ->
      Void
  ) throws -> StoredIdentifiers {
    var digest = IdentifierDigest()
    // Prefixes first: they are read every night, and details only if something was found.
    try forEachPage { page, prefixes, details in
      prefixes.withUnsafeBytes { prefixes in
        details.withUnsafeBytes { details in
          digest.add(
            page: page, count: prefixes.count / IdentifierDigest.prefixBytes, prefixes: prefixes,
            details: details)
        }
      }
      try insert(prefixes, insertPrefixes, page: page, close.closeID)
    }
    try forEachPage { page, _, details in
      try insert(details, insertDetails, page: page, close.closeID)
    }
    return StoredIdentifiers(count: count, pageBits: pageBits, digest: digest.finalize())
  }

  private func insert(
    _ contents: [UInt8], _ statement: RowStatement, page: Int, _ close: CloseID
  ) throws {
    let number = close.number * Self.pagesPerClose + Int64(page)
    var bytes = contents
    let checksum = contents.withUnsafeBytes { PageChecksum.of($0, page: number) }
    withUnsafeBytes(of: checksum.littleEndian) { bytes.append(contentsOf: $0) }
    try bytes.withUnsafeBytes { bytes in
      try statement.run { row in
        row.integer(1, number)
        row.bytes(2, bytes)
      }
    }
  }

  /// Removes the pages of a close.
  public func remove(of close: CloseID) throws {
    for statement in [removePrefixes, removeDetails] {
      try statement.run { row in
        row.integer(1, close.number * Self.pagesPerClose)
        row.integer(2, (close.number + 1) * Self.pagesPerClose - 1)
      }
    }
  }

  /// Writes what a close was made with.
  func insert(_ basis: CloseBasis, _ close: PendingClose) throws {
    for (id, closed) in basis.repetitions.sorted(by: { $0.key < $1.key }) {
      try insertRepetition.run { row in
        row.integer(1, close.closeID.number)
        row.identifier(2, id.uuid)
        row.integer(3, Int64(bitPattern: closed.content))
        row.text(4, closed.date.description)
      }
    }
    var digest = ReversalDigest()
    for reversal in basis.reversals.sorted() {
      digest.add(reversal)
      try insertReversal.run { row in
        row.integer(1, close.tenantReference)
        row.identifier(2, reversal.reversed.uuid)
        row.integer(3, close.closeID.number)
        row.identifier(4, reversal.entry.uuid)
      }
    }
    try db.cachedStatement(sql: "INSERT INTO stored_basis VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .execute(
        arguments: [
          close.closeID.number, basis.timeZone, basis.manifestSHA256,
          basis.identifiersFrom?.description, basis.identifiers?.count ?? 0,
          basis.identifiers?.pageBits ?? 0, basis.identifiers?.digest, digest.count,
          digest.finalize(),
        ])
  }
}
