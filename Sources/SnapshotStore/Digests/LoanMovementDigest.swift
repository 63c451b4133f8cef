import Digests
import LedgerDomain

/// The digest of a close's loan movements in order, each in a fixed number of bytes. The record's digest
/// includes this digest instead of the rows, which can be many.
///
/// A row is the loan's UUID (16 bytes), the currency (2), the effective date in days since 1970 (4),
/// debits, credits and lines (8 each), all big-endian.
struct LoanMovementDigest {
  private var hasher = SHA256()
  private var buffer: [UInt8] = []

  init() {
    buffer.reserveCapacity(64 * 1024)
    buffer += Array("tieout-loans-1\n".utf8)
  }

  mutating func add(_ movement: LoanMovement) {
    append(movement.key.loan.high)
    append(movement.key.loan.low)
    append(movement.key.currency.packed)
    append(movement.effectiveDate.dayNumber)
    append(movement.totals.debitMinor)
    append(movement.totals.creditMinor)
    append(Int64(movement.lineCount))
    if buffer.count > 60 * 1024 {
      hasher.update(buffer)
      buffer.removeAll(keepingCapacity: true)
    }
  }

  /// The digest in lower-case hexadecimal.
  mutating func finalize() -> String {
    hasher.update(buffer)
    buffer.removeAll()
    return Hexadecimal.text(hasher.finalize())
  }

  private mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { buffer.append(contentsOf: $0) }
  }
}
