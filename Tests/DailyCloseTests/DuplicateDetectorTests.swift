import DailyClose
import Foundation
import LedgerDomain
import TestSupport
import Testing
import Workers

@Suite("Duplicate entries")
struct DuplicateDetectorTests {
  private struct Item {
    let id: JournalEntryID
    let content: UInt64
  }

  private func register(_ items: [Item], _ memory: EntryChunkPool) -> EntryRegister {
    let register = EntryRegister(memory: memory)
    for item in items { register.append(item.id, fingerprint: item.content) }
    return register
  }

  /// What the guard says of every item, in the order of the parts.
  private func found(
    _ parts: [[Item]], cores: Int = 1, memory: EntryChunkPool = .sample
  ) throws -> [[FindingCode?]] {
    let budget = CoreBudget(cores: cores)
    let repeated = try DuplicateDetector.duplicateEntries(
      in: parts.map { register($0, memory) }, budget: budget)
    for _ in 0..<cores { #expect(budget.tryAcquire()) }
    return zip(parts, repeated).map { items, repeated in
      var repeated = repeated
      let codes = items.map { repeated.code(for: $0.id) }
      #expect(repeated.count == codes.count { $0 != nil })
      return codes
    }
  }

  /// The same by a dictionary of the first contents.
  private func expected(_ parts: [[Item]]) -> [[FindingCode?]] {
    var first: [JournalEntryID: UInt64] = [:]
    return parts.map { items in
      items.map { item in
        guard let content = first[item.id] else {
          first[item.id] = item.content
          return nil
        }
        return content == item.content ? .duplicateEntry : .conflictingDuplicate
      }
    }
  }

  private func items(_ count: Int, identifiers: UInt64, _ numbers: inout SeededNumbers) -> [Item] {
    (0..<count).map { _ in
      // Spread over all bits, as the identifiers of a ledger are.
      var word = SeededNumbers(seed: .random(in: 0..<identifiers, using: &numbers))
      let id = JournalEntryID(LedgerUUID(high: word.next(), low: word.next()))
      return Item(id: id, content: .random(in: 0...1, using: &numbers))
    }
  }

  @Test("are those a dictionary finds, in small parts", arguments: 1...60)
  func findsDuplicatesInSmallParts(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let identifiers = UInt64.random(in: 1...200, using: &numbers)
    let parts = (0..<Int.random(in: 1...6, using: &numbers)).map { _ in
      items(.random(in: 0...120, using: &numbers), identifiers: identifiers, &numbers)
    }
    #expect(try found(parts) == expected(parts), "seed \(seed)")
  }

  @Test(
    "are those a dictionary finds, in parts around and above the small size",
    arguments: [
      [8_191, 8_191], [8_192, 5], [8_193], [5, 8_193, 0, 8_192], [20_000, 3, 9_000],
    ])
  func findsDuplicatesInLargeParts(counts: [Int]) throws {
    let seed = UInt64(counts.reduce(0, +))
    var numbers = SeededNumbers(seed: seed)
    let parts = counts.map { items($0, identifiers: 30_000, &numbers) }
    let expected = expected(parts)
    #expect(try found(parts) == expected, "seed \(seed)")
    #expect(try found(parts, cores: 2) == expected, "seed \(seed), two cores")
  }

  @Test("are the same when most entries were spilled to disk", arguments: [1, 2])
  func findsDuplicatesInSpilledParts(cores: Int) throws {
    let seed: UInt64 = 77
    var numbers = SeededNumbers(seed: seed)
    let parts = [150_000, 300_000].map { items($0, identifiers: 400_000, &numbers) }
    let memory = EntryChunkPool(limit: 1, spillDirectory: NSTemporaryDirectory())
    #expect(try found(parts, cores: cores, memory: memory) == expected(parts), "seed \(seed)")
  }

  @Test("cannot be found if entries cannot be spilled to disk")
  func failedSpillIsAnError() {
    var numbers = SeededNumbers(seed: 78)
    let parts = [items(300_000, identifiers: 400_000, &numbers)]
    let memory = EntryChunkPool(limit: 1, spillDirectory: "/missing/directory")
    let error = #expect(throws: SpillError.self) { try found(parts, memory: memory) }
    #expect(error?.directory == "/missing/directory")
    #expect(error?.description.contains("memory_limit") == true)
  }

  @Test("are all but the first, where all have one identifier", arguments: [50, 8_193])
  func oneIdentifierRepeatedManyTimes(count: Int) throws {
    let id = JournalEntryID(LedgerUUID(high: 1, low: 2))
    let parts = [
      (0..<count).map { Item(id: id, content: $0 == 1 ? 6 : 5) }, [Item(id: id, content: 5)],
      [Item(id: id, content: 6)],
    ]
    let codes = try found(parts)
    #expect(codes[0][0] == nil)
    #expect(codes[0][1] == .conflictingDuplicate)
    #expect(codes[0][2...].allSatisfy { $0 == .duplicateEntry })
    #expect(codes[1...] == [[.duplicateEntry], [.conflictingDuplicate]])
  }

  @Test("the first in the order of the parts is the accepted one, and decides what a conflict is")
  func firstEntryIsAccepted() throws {
    let id = JournalEntryID(LedgerUUID(high: 1, low: 2))
    let (one, other) = ([Item(id: id, content: 1)], [Item(id: id, content: 2)])
    #expect(try found([one, other, one]) == [[nil], [.conflictingDuplicate], [.duplicateEntry]])
    #expect(try found([other, one, other]) == [[nil], [.conflictingDuplicate], [.duplicateEntry]])
    #expect(try found([[], other + one, one])[1] == [nil, .conflictingDuplicate])
  }

  @Test("identifiers are compared in both words")
  func similarIdentifiersAreDistinct() throws {
    let ids = [(1, 2), (2, 1), (1, 1), (2, 2), (0, 3), (3, 0)] as [(UInt64, UInt64)]
    let part = ids.map { Item(id: JournalEntryID(LedgerUUID(high: $0, low: $1)), content: 0) }
    #expect(try found([part]) == [[nil, nil, nil, nil, nil, nil]])
  }

  @Test("no part, and parts without entries, have none")
  func noPartsHaveNoDuplicates() throws {
    #expect(try DuplicateDetector.duplicateEntries(in: [], budget: CoreBudget(cores: 1)).isEmpty)
    #expect(try found([[], []]) == [[], []])
  }
}
