import LedgerDomain

extension IdentifierPage {
  /// Passes on the entries in the order of their keys.
  func forEachEntry(bits: Int, _ body: (IdentifierKey, UInt64) -> Void) {
    let start = bits == 0 ? 0 : UInt64(number) << UInt64(64 - bits)
    prefixes.withUnsafeBytes { prefixes in
      details.withUnsafeBytes { details in
        for place in 0..<count {
          let prefix = UInt32(
            littleEndian: prefixes.loadUnaligned(
              fromByteOffset: place * Self.prefixBytes, as: UInt32.self))
          let entry = Self.entry(
            at: place, start: start, prefix: prefix, bits: bits, details: details)
          body(entry.key, entry.content)
        }
      }
    }
  }

  /// The fingerprint of the content of an entry; `nil` if the page does not hold it.
  ///
  /// - Complexity: O(log entries).
  func content(of key: IdentifierKey, bits: Int) -> UInt64? {
    let wanted = Self.prefix(key, bits: bits)
    return prefixes.withUnsafeBytes { prefixes in
      func prefix(_ place: Int) -> UInt32 {
        UInt32(
          littleEndian: prefixes.loadUnaligned(
            fromByteOffset: place * Self.prefixBytes, as: UInt32.self))
      }
      var (first, end) = (0, count)
      while first < end {
        let middle = (first + end) / 2
        if prefix(middle) < wanted { first = middle + 1 } else { end = middle }
      }
      let start = bits == 0 ? 0 : UInt64(number) << UInt64(64 - bits)
      return details.withUnsafeBytes { details in
        while first < count, prefix(first) == wanted {
          let entry = Self.entry(
            at: first, start: start, prefix: wanted, bits: bits, details: details)
          if entry.key == key { return entry.content }
          first += 1
        }
        return nil
      }
    }
  }
}
