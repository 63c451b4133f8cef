import GRDB
public import LedgerDomain

/// What the close of a date read.
public struct ClosedInput: Sendable {
  /// The manifest that a close read.
  public enum Manifest: Hashable, Sendable {
    /// The close is of a version that did not store it.
    case unknown
    /// There was none.
    case none
    /// The SHA-256 of `manifest.json`, in lower-case hexadecimal.
    case sha256(String)
  }

  /// The business date.
  public let date: BusinessDate
  /// The close that stands.
  public let closeID: CloseID
  /// The manifest.
  public let manifest: Manifest
  /// The parts, in the order of their names' bytes.
  public internal(set) var parts: [InputPart]
}

extension BookReader {
  /// What the closes of a tenant's dates read, in the order of the dates. Replaced closes are left out.
  ///
  /// - Parameters:
  ///   - state: the state of the tenant's books.
  ///   - first: the first date.
  ///   - last: the last date.
  /// - Complexity: one query, whatever the number of dates.
  public func closedInputs(
    _ state: TenantState, from first: BusinessDate, through last: BusinessDate
  ) throws -> [ClosedInput] {
    let query = try RowStatement(
      db,
      """
      SELECT c.close_id, c.business_date, b.close_id IS NOT NULL, b.manifest_sha256, p.file, p.bytes,
        p.sha256, p.records
      FROM stored_close c LEFT JOIN stored_basis b ON b.close_id = c.close_id
        LEFT JOIN input_part p ON p.close_id = c.close_id
      WHERE c.tenant_ref = ?1 AND c.business_date BETWEEN ?2 AND ?3
        AND NOT EXISTS (SELECT 1 FROM stored_close r WHERE r.replaces_close_id = c.close_id)
      ORDER BY c.business_date, c.close_id, p.file
      """)
    var inputs: [ClosedInput] = []
    try query.forEachRow { row in
      row.integer(1, state.reference)
      row.text(2, first.description)
      row.text(3, last.description)
    } _: { row in
      let closeID = CloseID(row.columnInteger(0))
      if inputs.last?.closeID != closeID {
        guard let date = BusinessDate(row.columnText(1)) else {
          throw Row.altered("an invalid date")
        }
        let digest = row.columnText(3)
        inputs.append(
          ClosedInput(
            date: date, closeID: closeID,
            manifest: row.columnInteger(2) == 0
              ? .unknown : digest.isEmpty ? .none : .sha256(digest), parts: []))
      }
      // A close without parts has one row, with NULL for the part.
      let file = row.columnText(4)
      if file.isEmpty { return }
      inputs[inputs.count - 1].parts.append(
        InputPart(
          file: file, bytes: Int(row.columnInteger(5)), sha256: row.columnText(6),
          records: Int(row.columnInteger(7))))
    }
    return inputs
  }
}
