import Foundation
import LedgerDomain
import Testing

@testable import DailyClose

@Suite("Registers of identifiers")
struct EntryRegisterTests {
  private func register(_ count: Int, memory: EntryChunkPool = .sample) -> EntryRegister {
    let register = EntryRegister(memory: memory)
    for number in 0..<UInt64(count) {
      register.append(
        JournalEntryID(LedgerUUID(high: number, low: ~number)), fingerprint: number)
    }
    return register
  }

  private func numbers(_ register: EntryRegister) throws -> [[UInt64]] {
    try (0..<(register.isSpread ? EntryRegister.partitionCount : 1)).map { partition in
      var found: [UInt64] = []
      try register.forEach(inPartition: partition) { found.append($0.fingerprint) }
      #expect(found.count == register.count(inPartition: partition))
      return found
    }
  }

  @Test("keep a small part's entries in their order", arguments: [0, 1, 64, 65, 128, 1_500, 8_192])
  func smallRegisterKeepsOrder(count: Int) throws {
    let register = register(count)
    #expect(!register.isSpread)
    #expect(register.count == count)
    #expect(try numbers(register) == [Array(0..<UInt64(count))])
  }

  @Test("spread a larger part's over partitions, each in its order", arguments: [8_193, 40_000])
  func largeRegisterKeepsOrder(count: Int) throws {
    let register = register(count)
    #expect(register.isSpread)
    let partitions = try numbers(register)
    #expect(partitions.allSatisfy { $0 == $0.sorted() })
    #expect(partitions.flatMap { $0 }.sorted() == Array(0..<UInt64(count)))
    #expect(partitions.allSatisfy { !$0.isEmpty })
  }

  @Test("spread explicitly are as if they had outgrown one partition")
  func spreadKeepsEntries() throws {
    let register = register(300)
    register.spread()
    register.spread()
    register.append(JournalEntryID(LedgerUUID(high: 300, low: ~300)), fingerprint: 300)
    #expect(register.isSpread)
    #expect(register.count == 301)
    for (index, partition) in try numbers(register).enumerated() {
      for number in partition {
        #expect(EntryRegister.partition(of: LedgerUUID(high: number, low: ~number)) == index)
      }
    }
  }

  @Test("beyond the memory limit are read back from disk, each partition in order")
  func spilledEntriesAreReadBack() throws {
    let memory = EntryChunkPool(limit: 1, spillDirectory: NSTemporaryDirectory())
    let count = 300_000
    let register = register(count, memory: memory)
    #expect(register.spillError == nil)
    let partitions = try numbers(register)
    #expect(partitions.allSatisfy { $0 == $0.sorted() })
    #expect(partitions.flatMap { $0 }.sorted() == Array(0..<UInt64(count)))
  }

  @Test("release their memory when emptied, and can be filled again")
  func removeAllReleasesMemory() throws {
    let memory = EntryChunkPool(limit: 1, spillDirectory: NSTemporaryDirectory())
    let register = register(10_000, memory: memory)
    #expect(memory.isPastLimit)
    register.removeAll()
    #expect(!memory.isPastLimit)
    #expect((register.count, register.isSpread) == (0, false))
    register.append(JournalEntryID(LedgerUUID(high: 1, low: 1)), fingerprint: 5)
    #expect(try numbers(register) == [[5]])
  }
}
