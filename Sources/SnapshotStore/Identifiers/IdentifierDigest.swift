import Digests
import LedgerDomain

/// The digest of the identifiers that a close keeps: SHA-256 over `tieout-identifiers-1`, a line feed,
/// and for each page in order its number and how many entries it has (four bytes each, big-endian), its
/// prefixes and its details.
struct IdentifierDigest {
  /// Bytes of an entry in the prefixes.
  static let prefixBytes = 4

  private var hasher = SHA256()

  init() { hasher.update(Array("tieout-identifiers-1\n".utf8)) }

  mutating func add(
    page: Int, count: Int, prefixes: UnsafeRawBufferPointer, details: UnsafeRawBufferPointer
  ) {
    for value in [page, count] {
      withUnsafeBytes(of: UInt32(truncatingIfNeeded: value).bigEndian) { hasher.update($0) }
    }
    hasher.update(prefixes)
    hasher.update(details)
  }

  /// The digest in lower-case hexadecimal.
  func finalize() -> String { Hexadecimal.text(hasher.finalize()) }
}

/// The digest of what a close's entries reverse: SHA-256 over `tieout-reversals-1`, a line feed, and for
/// each reversal in order the identifiers of the reversed and the reversing entry (16 bytes each).
struct ReversalDigest {
  private var hasher = SHA256()
  private(set) var count = 0

  init() { hasher.update(Array("tieout-reversals-1\n".utf8)) }

  mutating func add(_ reversal: EntryReversal) {
    count += 1
    for id in [reversal.reversed.uuid, reversal.entry.uuid] {
      withUnsafeBytes(of: (id.high.bigEndian, id.low.bigEndian)) { hasher.update($0) }
    }
  }

  /// The digest in lower-case hexadecimal.
  func finalize() -> String { Hexadecimal.text(hasher.finalize()) }
}

/// The eight bytes after the contents of a page, which depend on them and on the page: a page that a
/// damaged disk altered is noticed wherever it is read. The close's digest is what protects against
/// people.
enum PageChecksum {
  static let byteCount = 8

  static func of(_ bytes: UnsafeRawBufferPointer, page: Int64) -> UInt64 {
    var sums: (UInt64, UInt64) = (UInt64(bitPattern: page), UInt64(bytes.count))
    var position: UInt64 = 0
    var offset = 0
    // Independent of each other, so that the processor multiplies several at once.
    while offset + 16 <= bytes.count {
      let first = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let second = bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)
      sums.0 &+= Fingerprint.mix(UInt64(littleEndian: first), position)
      sums.1 &+= Fingerprint.mix(UInt64(littleEndian: second), position)
      position &+= 0x9E37_79B9_7F4A_7C15
      offset += 16
    }
    while offset < bytes.count {
      sums.0 &+= Fingerprint.mix(UInt64(bytes[offset]), position)
      position &+= 0x9E37_79B9_7F4A_7C15
      offset += 1
    }
    return Fingerprint.mix(sums.0, sums.1)
  }
}
