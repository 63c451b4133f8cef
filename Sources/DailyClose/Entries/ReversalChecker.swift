public import LedgerDomain

/// An accepted entry that reverses another one.
struct AcceptedReversal {
  let reversed: JournalEntryID
  let entry: JournalEntryID
  /// The fingerprint that the reversed entry's lines must have to be mirrored by this entry.
  let mirror: UInt32
  let record: Int
  let byteOffset: Int
}

/// An accepted entry that reverses another one, with what its own date shows of that one.
public struct DateReversal: Sendable {
  /// The part, the record in it from 1, and where it begins in the inflated part, in bytes from 0.
  public let place: (file: String, record: Int, byteOffset: Int)
  /// The entry that is reversed.
  public let reversed: JournalEntryID
  /// The entry that reverses it.
  public let entry: JournalEntryID
  /// Whether the date accepted the reversed entry itself.
  public let isReversedOnDate: Bool
  /// Whether an earlier record of the date reverses the same entry.
  public let isRepeatedOnDate: Bool
  private let mirror: UInt32

  init(
    _ reversal: AcceptedReversal, file: String, isReversedOnDate: Bool, isRepeatedOnDate: Bool
  ) {
    place = (file, reversal.record, reversal.byteOffset)
    reversed = reversal.reversed
    entry = reversal.entry
    mirror = reversal.mirror
    self.isReversedOnDate = isReversedOnDate
    self.isRepeatedOnDate = isRepeatedOnDate
  }

  /// Whether it mirrors an entry whose content has this fingerprint.
  public func mirrors(content: UInt64) -> Bool { UInt32(truncatingIfNeeded: content) == mirror }
}

/// Finds reversals that do not mirror the entry they reverse, and entries that are reversed twice.
///
/// It compares what one date reads; the entries of other dates are looked for when the date is closed. A
/// reversal mirrors its entry if it has the same lines with debit and credit exchanged, in any order;
/// loans and references are not compared.
public enum ReversalChecker {
  /// Adds `reversal_mismatch` and `reversal_repeated` to the parts' findings.
  ///
  /// Call after duplicates are quarantined and before `PartTally.finish()`.
  ///
  /// - Parameter parts: the parts of a date in the order of their names, from which identifiers were
  ///   spread or not alike.
  /// - Returns: the date's reversals, in the order of parts and records.
  /// - Throws: `SpillError` if identifiers spilled to disk cannot be read back.
  @discardableResult
  public static func check(_ parts: [PartTally]) throws(SpillError) -> [DateReversal] {
    let reversals = parts.map(\.reversals)
    let wanted = Set(reversals.joined().map(\.reversed.uuid))
    if wanted.isEmpty { return [] }
    let lines = try linesFingerprints(of: wanted, in: parts.map(\.register))
    var firstReversals: [JournalEntryID: JournalEntryID] = [:]
    var found: [DateReversal] = []
    for (part, reversals) in zip(parts, reversals) {
      for reversal in reversals {
        let (lines, first) = (lines[reversal.reversed.uuid], firstReversals[reversal.reversed])
        if let lines, lines != reversal.mirror {
          part.report(mismatch(of: reversal.reversed), of: reversal)
        }
        if let first {
          part.report(repetition(of: reversal.reversed, first: first), of: reversal)
        } else {
          firstReversals[reversal.reversed] = reversal.entry
        }
        found.append(
          DateReversal(
            reversal, file: part.file, isReversedOnDate: lines != nil,
            isRepeatedOnDate: first != nil))
      }
    }
    return found
  }

  /// The finding of a reversal whose entry an earlier date accepted with other lines.
  public static func mismatch(_ reversal: DateReversal) -> Finding {
    placed(mismatch(of: reversal.reversed), reversal)
  }

  /// The finding of a reversal of an entry that another close's entry has reversed already.
  public static func repetition(_ reversal: DateReversal, first: JournalEntryID) -> Finding {
    placed(repetition(of: reversal.reversed, first: first), reversal)
  }

  private static func placed(_ finding: Finding, _ reversal: DateReversal) -> Finding {
    var finding = finding
    finding.entry = reversal.entry
    (finding.file, finding.record, finding.byteOffset) = reversal.place
    return finding
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

  private static func mismatch(of reversed: JournalEntryID) -> Finding {
    var finding = Finding(
      .reversalMismatch,
      message:
        "The entry reverses \(reversed) but does not mirror its lines: accounts, amounts or "
        + "sides differ. It is counted. Post the difference, or reverse the entry and post it again."
    )
    finding.field = "reverses_entry_id"
    return finding
  }

  private static func repetition(
    of reversed: JournalEntryID, first: JournalEntryID
  ) -> Finding {
    var finding = Finding(
      .reversalRepeated,
      message:
        "The entry reverses \(reversed), which \(first) has already reversed. Both "
        + "reversals are counted. If one of them is wrong, reverse it.")
    finding.field = "reverses_entry_id"
    return finding
  }
}
