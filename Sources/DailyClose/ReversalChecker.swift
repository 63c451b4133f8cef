import LedgerDomain

/// An accepted entry that reverses another one.
struct AcceptedReversal {
  let reversed: JournalEntryID
  let entry: JournalEntryID
  /// The fingerprint that the reversed entry's lines must have to be mirrored by this entry.
  let mirror: UInt32
  let record: Int
  let byteOffset: Int
}

/// Finds reversals that do not mirror the entry they reverse, and entries that are reversed twice.
///
/// Only what one close reads is compared: a reversal of an entry of an earlier date cannot be checked
/// without reading that date again. A reversal mirrors its entry if it has the same lines with debit
/// and credit exchanged, in any order; loans and references are not compared.
public enum ReversalChecker {
  /// Adds `reversal_mismatch` and `reversal_repeated` to the parts' findings.
  ///
  /// Call after duplicates are quarantined and before `PartTally.finish()`.
  ///
  /// - Parameter parts: the parts of a date in the order of their names, from which identifiers were
  ///   spread or not alike.
  /// - Throws: `SpillError` if identifiers spilled to disk cannot be read back.
  public static func check(_ parts: [PartTally]) throws(SpillError) {
    let reversals = parts.map(\.reversals)
    let wanted = Set(reversals.joined().map(\.reversed.uuid))
    if wanted.isEmpty { return }
    let lines = try linesFingerprints(of: wanted, in: parts.map(\.register))
    var firstReversals: [JournalEntryID: JournalEntryID] = [:]
    for (part, reversals) in zip(parts, reversals) {
      for reversal in reversals {
        if let lines = lines[reversal.reversed.uuid], lines != reversal.mirror {
          part.report(mismatch(reversal), of: reversal)
        }
        if let first = firstReversals[reversal.reversed] {
          part.report(repetition(reversal, first: first), of: reversal)
        } else {
          firstReversals[reversal.reversed] = reversal.entry
        }
      }
    }
  }

  /// The line fingerprints of the wanted entries that the close has read.
  private static func linesFingerprints(
    of wanted: Set<LedgerUUID>, in registers: [EntryRegister]
  ) throws(SpillError) -> [LedgerUUID: UInt32] {
    var found: [LedgerUUID: UInt32] = [:]
    // Nearly no entry is reversed: one look into a table of bits tells that of nearly all.
    var bits = [UInt64](repeating: 0, count: 1 << 16)
    for id in wanted { bits[Self.word(id)] |= Self.bit(id) }
    for register in registers {
      let indices =
        register.isSpread ? Set(wanted.map { EntryRegister.partition(of: $0) }).sorted() : [0]
      for index in indices {
        try register.forEach(inPartition: index) { item in
          // Of a repeated identifier the first is the accepted one.
          guard bits[Self.word(item.id)] & Self.bit(item.id) != 0, wanted.contains(item.id),
            found[item.id] == nil
          else { return }
          found[item.id] = UInt32(truncatingIfNeeded: item.fingerprint)
        }
      }
    }
    return found
  }

  @inline(__always)
  private static func word(_ id: LedgerUUID) -> Int {
    Int(truncatingIfNeeded: id.low >> 6) & 0xFFFF
  }

  @inline(__always)
  private static func bit(_ id: LedgerUUID) -> UInt64 { 1 << (id.low & 63) }

  private static func mismatch(_ reversal: AcceptedReversal) -> Finding {
    var finding = Finding(
      .reversalMismatch,
      message:
        "The entry reverses \(reversal.reversed) but does not mirror its lines: accounts, amounts or "
        + "sides differ. It is counted. Post the difference, or reverse the entry and post it again."
    )
    finding.field = "reverses_entry_id"
    return finding
  }

  private static func repetition(
    _ reversal: AcceptedReversal, first: JournalEntryID
  ) -> Finding {
    var finding = Finding(
      .reversalRepeated,
      message:
        "The entry reverses \(reversal.reversed), which \(first) has already reversed. Both "
        + "reversals are counted. If one of them is wrong, reverse it.")
    finding.field = "reverses_entry_id"
    return finding
  }
}
