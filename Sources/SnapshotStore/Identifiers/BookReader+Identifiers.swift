import GRDB
public import LedgerDomain

extension BookReader {
  /// What a close was made with, without identifiers and reversals; `nil` for a close of an older version.
  public func basis(of close: CloseID) throws -> CloseBasis? {
    let row = try Row.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT time_zone, manifest_sha256, identifiers_from, identifier_count,
            identifier_page_bits, identifier_digest
          FROM stored_basis WHERE close_id = ?
          """),
      arguments: [close.number])
    return try row.map { row in
      var basis = CloseBasis(timeZone: try row.text(0), manifestSHA256: row[1])
      basis.identifiersFrom = row[2] as String? == nil ? nil : try row.date(at: 2)
      if let digest: String = row[5] {
        basis.identifiers = StoredIdentifiers(count: row[3], pageBits: row[4], digest: digest)
      }
      return basis
    }
  }

  /// The tenant's current closes of dates in a range whose identifiers are kept, in the order of dates.
  public func identifiedCloses(
    _ state: TenantState, dates: ClosedRange<BusinessDate>
  ) throws -> [IdentifiedClose] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT c.close_id, c.business_date, b.identifier_page_bits
          FROM stored_close c CROSS JOIN stored_basis b ON b.close_id = c.close_id
          WHERE c.tenant_ref = ?1 AND c.business_date BETWEEN ?2 AND ?3
            AND b.identifier_digest IS NOT NULL AND b.identifier_count > 0
            AND NOT EXISTS (SELECT 1 FROM stored_close r WHERE r.replaces_close_id = c.close_id)
          ORDER BY c.business_date
          """),
      arguments: [
        state.reference, dates.lowerBound.description, dates.upperBound.description,
      ]
    ).map { row in
      IdentifiedClose(
        closeID: CloseID(row[0]), businessDate: try row.date(at: 1), pageBits: row[2])
    }
  }

  /// Reads through pages of identifiers that are read once, so that they do not displace others in the
  /// page cache nor each take memory of its own.
  public func readingThrough<Result>(_ body: () throws -> Result) throws -> Result {
    let size = try Int.fetchOne(db, sql: "PRAGMA cache_size") ?? 0
    try db.execute(sql: "PRAGMA cache_size = -2048")
    defer { try? db.execute(sql: "PRAGMA cache_size = \(size)") }
    return try body()
  }

  /// Passes on the prefixes of a close's pages, each valid until the call returns.
  ///
  /// - Throws: `StoreError` with `altered_store` if a page does not match its checksum.
  public func forEachIdentifierPage(
    of close: IdentifiedClose, pages: Range<Int>,
    _ body: (_ page: Int, _ prefixes: UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let first = close.closeID.number * IdentifierWriter.pagesPerClose
    try identifierStatements().prefixes.forEachRow { row in
      row.integer(1, first + Int64(pages.lowerBound))
      row.integer(2, first + Int64(pages.upperBound) - 1)
    } _: { row in
      let number = row.columnInteger(0)
      try body(Int(number - first), try Self.contents(row.columnBytes(1), page: number))
    }
  }

  /// The details of a close's page.
  ///
  /// - Throws: `StoreError` with `altered_store` if the page is missing or does not match its checksum.
  public func identifierDetails(of close: IdentifiedClose, page: Int) throws -> [UInt8] {
    let number = close.closeID.number * IdentifierWriter.pagesPerClose + Int64(page)
    var details: [UInt8]?
    try identifierStatements().details.forEachRow { row in
      row.integer(1, number)
    } _: { row in
      details = Array(try Self.contents(row.columnBytes(0), page: number))
    }
    guard let details else { throw Row.altered("identifiers of close \(close.closeID) in part") }
    return details
  }

  private static func contents(
    _ bytes: UnsafeRawBufferPointer, page: Int64
  ) throws -> UnsafeRawBufferPointer {
    let count = bytes.count - PageChecksum.byteCount
    guard count >= 0 else { throw Row.altered("a page of identifiers that was cut off") }
    let contents = UnsafeRawBufferPointer(rebasing: bytes[..<count])
    let checksum = bytes.loadUnaligned(fromByteOffset: count, as: UInt64.self)
    guard PageChecksum.of(contents, page: page) == UInt64(littleEndian: checksum) else {
      throw Row.altered(
        "identifiers of close \(page / IdentifierWriter.pagesPerClose) that were altered")
    }
    return contents
  }

  /// The entries that a close left out because earlier closes had accepted them.
  public func repetitions(of close: CloseID) throws -> [JournalEntryID: ClosedEntry] {
    var repetitions: [JournalEntryID: ClosedEntry] = [:]
    try identifierStatements().repetitions.forEachRow { row in
      row.integer(1, close.number)
    } _: { row in
      guard let id = row.columnIdentifier(0), let date = BusinessDate(row.columnText(2)) else {
        throw Row.altered("an invalid repeated entry")
      }
      repetitions[id] = ClosedEntry(
        date: date, content: UInt64(bitPattern: row.columnInteger(1)))
    }
    return repetitions
  }

  /// The entries that current closes of later dates left out because a date had accepted them.
  ///
  /// - Returns: each with the date that left it out, and the content that was accepted.
  public func repetitions(
    _ state: TenantState, ofEntriesOf date: BusinessDate, through last: BusinessDate
  ) throws -> [(id: JournalEntryID, date: BusinessDate, content: UInt64)] {
    let statement = try RowStatement(
      db,
      """
      SELECT p.journal_entry_id, c.business_date, p.content
      FROM stored_close c CROSS JOIN stored_repetition p ON p.close_id = c.close_id
      WHERE c.tenant_ref = ?1 AND c.business_date > ?2 AND c.business_date <= ?3
        AND p.accepted_date = ?2
        AND NOT EXISTS (SELECT 1 FROM stored_close r WHERE r.replaces_close_id = c.close_id)
      ORDER BY c.business_date, p.journal_entry_id
      """)
    var found: [(id: JournalEntryID, date: BusinessDate, content: UInt64)] = []
    try statement.forEachRow { row in
      row.integer(1, state.reference)
      row.text(2, date.description)
      row.text(3, last.description)
    } _: { row in
      guard let id = row.columnIdentifier(0), let date = BusinessDate(row.columnText(1)) else {
        throw Row.altered("an invalid repeated entry")
      }
      found.append((id, date, UInt64(bitPattern: row.columnInteger(2))))
    }
    return found
  }

  /// The entry by which another current close of the tenant reversed an entry first; `nil` if none did.
  ///
  /// - Parameter replaced: the close that is being replaced, which does not count.
  public func reversal(
    _ state: TenantState, of reversed: JournalEntryID, except replaced: CloseID?
  ) throws -> JournalEntryID? {
    var found: JournalEntryID?
    try identifierStatements().reversals.forEachRow { row in
      row.integer(1, state.reference)
      row.identifier(2, reversed.uuid)
      row.integer(3, replaced?.number ?? 0)
    } _: { row in
      found = row.columnIdentifier(0)
    }
    return found
  }
}

/// Statements about identifiers, prepared when the first close needs them.
struct IdentifierStatements {
  let prefixes: RowStatement
  let details: RowStatement
  let repetitions: RowStatement
  let reversals: RowStatement

  init(_ db: Database) throws {
    prefixes = try RowStatement(
      db,
      """
      SELECT page_id, prefixes FROM identifier_prefix WHERE page_id BETWEEN ?1 AND ?2
      ORDER BY page_id
      """)
    details = try RowStatement(db, "SELECT details FROM identifier_detail WHERE page_id = ?1")
    repetitions = try RowStatement(
      db,
      """
      SELECT journal_entry_id, content, accepted_date FROM stored_repetition WHERE close_id = ?1
      """)
    reversals = try RowStatement(
      db,
      """
      SELECT v.journal_entry_id FROM stored_reversal v
      WHERE v.tenant_ref = ?1 AND v.reversed_entry_id = ?2 AND v.close_id <> ?3
        AND NOT EXISTS (SELECT 1 FROM stored_close r WHERE r.replaces_close_id = v.close_id)
      ORDER BY v.close_id, v.journal_entry_id LIMIT 1
      """)
  }
}
