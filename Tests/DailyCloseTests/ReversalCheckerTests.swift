import DailyClose
import Foundation
import LedgerDomain
import TestSupport
import Testing
import Workers

@Suite("Reversals")
struct ReversalCheckerTests {
  private static var original: SampleEntry {
    SampleEntry("1 DR 1100 USD SETTLED 5", "2 CR 1101 USD SETTLED 5").numbered(1)
  }

  /// What a date is warned of: `0/2 reversal_mismatch` for the second record of the first part, which
  /// has this many other entries behind it.
  private func found(
    _ parts: [[SampleEntry]], memory: EntryChunkPool = .sample, others: Int = 0
  ) throws -> [String] {
    let tallies = parts.indices.map {
      PartTally.sample("\($0)", findingsLimit: 100_000, memory: memory)
    }
    for (tally, part) in zip(tallies, parts) {
      for (index, entry) in part.enumerated() {
        entry.show { tally.accept($0, record: index + 1, byteOffset: index * 100) }
      }
    }
    var numbers = SeededNumbers(seed: 1_000)
    for _ in 0..<others {
      let id = LedgerUUID(high: numbers.next(), low: numbers.next())
      tallies[0].register.append(JournalEntryID(id), fingerprint: 0)
    }
    let repeated = try DuplicateDetector.duplicateEntries(
      in: tallies.map(\.register), budget: CoreBudget(cores: 1))
    for (index, part) in parts.enumerated() where repeated[index].count > 0 {
      takeOut(part, repeated[index], of: tallies[index])
    }
    try ReversalChecker.check(tallies)
    tallies.forEach { $0.finish() }
    return tallies.flatMap { $0.findings.kept.filter { $0.field == "reverses_entry_id" } }
      .map { "\($0.file ?? "")/\($0.record ?? 0) \($0.code.rawValue)" }
  }

  private func takeOut(_ part: [SampleEntry], _ repeated: DuplicateEntries, of tally: PartTally) {
    var repeated = repeated
    for (index, entry) in part.enumerated() {
      entry.show { shown in
        guard tally.isAcceptable(shown), let code = repeated.code(for: shown.id) else { return }
        tally.quarantineDuplicate(
          shown, code: code, record: index + 1, byteOffset: index * 100)
      }
    }
  }

  @Test("that mirror their entry are fine, whatever the order and the numbers of their lines")
  func mirroredReversalHasNoFinding() throws {
    let exact = Self.original.reversal(2)
    #expect(try found([[Self.original, exact]]) == [])
    var reordered = exact
    reordered.lines.swapAt(0, 1)
    #expect(try found([[Self.original, reordered]]) == [])
    var renumbered = exact
    for index in renumbered.lines.indices { renumbered.lines[index].sequence = Int16(9 - index) }
    #expect(try found([[Self.original, renumbered]]) == [])
    var dated = exact
    dated.effectiveDate = .sample.advanced(by: -1)
    #expect(try found([[Self.original, dated]]) == [])
  }

  @Test(
    "with different lines are a mismatch",
    arguments: [
      ["1 CR 1100 USD SETTLED 6", "2 DR 1101 USD SETTLED 6"],
      ["1 DR 1100 USD SETTLED 5", "2 CR 1101 USD SETTLED 5"],
      ["1 CR 1102 USD SETTLED 5", "2 DR 1101 USD SETTLED 5"],
      ["1 CR 1100 USD PENDING 5", "2 DR 1101 USD PENDING 5"],
      ["1 CR 1100 EUR SETTLED 5", "2 DR 1101 EUR SETTLED 5"],
      [
        "1 CR 1100 USD SETTLED 5", "2 DR 1101 USD SETTLED 5", "3 CR 1100 USD SETTLED 5",
        "4 DR 1101 USD SETTLED 5",
      ],
      ["1 CR 1100 USD SETTLED 2", "2 CR 1100 USD SETTLED 3", "3 DR 1101 USD SETTLED 5"],
      [
        "1 CR 1100 USD SETTLED 5", "2 DR 1101 USD SETTLED 5", "3 CR 1102 USD SETTLED 0",
        "4 DR 1102 USD SETTLED 0",
      ],
    ])
  func mismatchedReversalIsReported(lines: [String]) throws {
    var reversal = Self.original.reversal(2)
    reversal.lines = lines.map { SampleEntry.line($0) }
    #expect(try found([[Self.original, reversal]]) == ["0/2 reversal_mismatch"])
    #expect(try found([[reversal, Self.original]]) == ["0/1 reversal_mismatch"])
    #expect(try found([[Self.original], [], [reversal]]) == ["2/1 reversal_mismatch"])
    #expect(try found([[reversal], [Self.original]]) == ["0/1 reversal_mismatch"])
  }

  @Test("that leave two lines of four out are a mismatch")
  func missingLinesAreReported() throws {
    let four = SampleEntry(
      "1 DR 1100 USD SETTLED 5", "2 CR 1101 USD SETTLED 5", "3 DR 1100 USD PENDING 7",
      "4 CR 1102 USD PENDING 7"
    ).numbered(1)
    var reversal = four.reversal(2)
    #expect(try found([[four, reversal]]) == [])
    reversal.lines.removeLast(2)
    #expect(try found([[four, reversal]]) == ["0/2 reversal_mismatch"])
  }

  @Test("whose amounts stand on each other's accounts are a mismatch")
  func exchangedAmountsAreReported() throws {
    let entry = SampleEntry(
      "1 DR 1100 USD SETTLED 5", "2 DR 1101 USD SETTLED 7", "3 CR 1102 USD SETTLED 12"
    ).numbered(1)
    var reversal = entry.reversal(2)
    (reversal.lines[0].amountMinor, reversal.lines[1].amountMinor) = (7, 5)
    #expect(try found([[entry, reversal]]) == ["0/2 reversal_mismatch"])
  }

  @Test("of an entry that the close did not accept are not compared")
  func reversalOfUnreadEntryHasNoFinding() throws {
    let reversal = Self.original.reversal(2)
    #expect(try found([[reversal]]) == [])
    var quarantined = Self.original
    quarantined.lines[0].amountMinor = 6
    #expect(try found([[quarantined, reversal]]) == [])
    #expect(try found([[reversal, Self.original.reversal(3)]]) == ["0/2 reversal_repeated"])
  }

  @Test("are repeated from the second one on, in the order of parts and records")
  func secondReversalIsReported() throws {
    let (first, second, third) = (
      Self.original.reversal(2), Self.original.reversal(3), Self.original.reversal(4)
    )
    #expect(
      try found([[Self.original, first, second, third]])
        == ["0/3 reversal_repeated", "0/4 reversal_repeated"])
    #expect(
      try found([[third], [Self.original], [second, first]])
        == ["2/1 reversal_repeated", "2/2 reversal_repeated"])
    var wrong = second
    for index in wrong.lines.indices { wrong.lines[index].amountMinor = 9 }
    #expect(
      try found([[Self.original, first, wrong]])
        == ["0/3 reversal_mismatch", "0/3 reversal_repeated"])
    #expect(
      try found([[Self.original, wrong, first]])
        == ["0/2 reversal_mismatch", "0/3 reversal_repeated"])
  }

  @Test("that are quarantined are no reversals: neither repeated nor the first")
  func quarantinedReversalIsIgnored() throws {
    let reversal = Self.original.reversal(2)
    #expect(try found([[Self.original, reversal, reversal], [reversal]]) == [])
    var conflicting = reversal
    for index in conflicting.lines.indices { conflicting.lines[index].amountMinor = 9 }
    #expect(try found([[Self.original, reversal, conflicting]]) == [])
    #expect(try found([[Self.original, conflicting, reversal]]) == ["0/2 reversal_mismatch"])
    var unbalanced = reversal
    unbalanced.lines[0].amountMinor = 9
    #expect(try found([[Self.original, unbalanced, Self.original.reversal(3)]]) == [])
  }

  @Test("are compared with the first of an identifier that was used twice")
  func duplicateIsComparedWithFirstEntry() throws {
    var other = Self.original
    for index in other.lines.indices { other.lines[index].amountMinor = 9 }
    let reversal = Self.original.reversal(2)
    #expect(try found([[Self.original, other, reversal]]) == [])
    #expect(try found([[other, Self.original, reversal]]) == ["0/3 reversal_mismatch"])
    #expect(try found([[reversal], [other], [Self.original]]) == ["0/1 reversal_mismatch"])
  }

  @Test("may be reversed themselves; one that reverses itself is a mismatch")
  func reversalOfReversalIsChecked() throws {
    let reversal = Self.original.reversal(2)
    #expect(try found([[Self.original, reversal, reversal.reversal(3)]]) == [])
    var own = Self.original
    own.reverses = own.id
    #expect(try found([[own]]) == ["0/1 reversal_mismatch"])
  }
}

extension ReversalCheckerTests {
  /// Entries, reversals of entries that come before or after, and a list of what they deserve,
  /// found by comparing lines one by one.
  private func random(
    _ counts: [Int], _ numbers: inout SeededNumbers
  ) -> (parts: [[SampleEntry]], expected: [String]) {
    var entries = (0..<counts.reduce(0, +)).map { _ in SampleEntry.random(days: 0...0, &numbers) }
    for index in entries.indices where Int.random(in: 0..<3, using: &numbers) == 0 {
      guard let original = entries.randomElement(using: &numbers) else { continue }
      let lines = entries[index].lines
      entries[index] = original.reversal(0).identified(entries[index].id)
      if Int.random(in: 0..<3, using: &numbers) == 0 { entries[index].lines = lines }
    }
    var rest = entries[...]
    let parts = counts.map { count in
      defer { rest.removeFirst(count) }
      return Array(rest.prefix(count))
    }
    return (parts, expected(parts))
  }

  private func expected(_ parts: [[SampleEntry]]) -> [String] {
    let entries = Dictionary(uniqueKeysWithValues: parts.joined().map { ($0.id, $0) })
    var reversed: Set<JournalEntryID> = []
    var expected: [String] = []
    for (part, records) in parts.enumerated() {
      for (index, entry) in records.enumerated() {
        guard let id = entry.reverses else { continue }
        if let original = entries[id], original.mirrorText != entry.text {
          expected.append("\(part)/\(index + 1) reversal_mismatch")
        }
        if !reversed.insert(id).inserted {
          expected.append("\(part)/\(index + 1) reversal_repeated")
        }
      }
    }
    return expected
  }

  @Test("are those that comparing line by line finds", arguments: 1...40)
  func randomReversalsAgreeWithModel(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let counts = (0..<4).map { _ in Int.random(in: 0...60, using: &numbers) }
    let (parts, expected) = random(counts, &numbers)
    #expect(try found(parts) == expected, "seed \(seed)")
  }

  @Test("are found in large parts")
  func checksLargeParts() throws {
    var numbers = SeededNumbers(seed: 91)
    let (parts, expected) = random([10_000, 5, 9_000], &numbers)
    #expect(expected.count > 1_000)
    #expect(try found(parts) == expected)
  }

  @Test("are found where most identifiers were spilled to disk")
  func checksSpilledParts() throws {
    var numbers = SeededNumbers(seed: 92)
    let (parts, expected) = random([60, 60], &numbers)
    // Full chunks leave memory: what came first is in a file by the time it is asked for.
    let memory = EntryChunkPool(limit: 1, spillDirectory: NSTemporaryDirectory())
    #expect(try found(parts, memory: memory, others: 300_000) == expected)
    let noRoom = EntryChunkPool(limit: 1, spillDirectory: "/missing/directory")
    #expect(throws: SpillError.self) {
      try found(parts, memory: noRoom, others: 300_000)
    }
  }
}

extension SampleEntry {
  fileprivate func identified(_ id: JournalEntryID) -> SampleEntry {
    var entry = self
    entry.id = id
    return entry
  }

  fileprivate func numbered(_ number: UInt64) -> SampleEntry {
    identified(JournalEntryID(LedgerUUID(high: 0xE, low: number)))
  }

  /// The exact reversal of the entry.
  fileprivate func reversal(_ number: UInt64) -> SampleEntry {
    var entry = numbered(number)
    entry.reverses = id
    for index in lines.indices {
      entry.lines[index].direction = lines[index].direction == .debit ? .credit : .debit
    }
    return entry
  }

  /// The lines without their order and numbers.
  fileprivate var text: [String] {
    lines.map { "\($0.key) \($0.direction) \($0.amountMinor)" }.sorted()
  }

  fileprivate var mirrorText: [String] { reversal(0).text }
}
