import LedgerDomain
import ReadingTestSupport
import Testing
import Workers

@testable import JournalReading

/// Inflating on a thread of its own changes nothing but the time it takes.
@Suite("Inflating ahead")
struct RunAheadTests {
  @Test("reads the same records with and without a core to run ahead on", arguments: [true, false])
  func runningAheadReadsTheSameRecords(isCompressed: Bool) throws {
    let bytes = Self.records(40_000)
    let content = try isCompressed ? Gzip.member(bytes, level: 0) : bytes
    let folder = try ScratchFolder()
    let part = try folder.part(content, name: isCompressed ? "a.ndjson.gz" : "a.ndjson")
    let alone = CollectingSink()
    let ahead = CollectingSink()
    let busy = CoreBudget(cores: 1)
    busy.acquire()
    let limits = ReadLimits()
    let first = try PartReader.read(
      part, limits: limits, resources: ReadingResources(budget: busy), into: alone)
    let free = CoreBudget(cores: 1)
    let second = try PartReader.read(
      part, limits: limits, resources: ReadingResources(budget: free), into: ahead)
    #expect(first == second)
    #expect(first.records == 40_000)
    #expect(alone.records == ahead.records)
    #expect(free.tryAcquire(), "the core is released")
  }

  @Test("refuses a truncated part, and gives the core back")
  func truncatedPartReturnsItsCore() throws {
    let whole = try Gzip.member(Self.records(40_000), level: 0)
    let folder = try ScratchFolder()
    let part = try folder.part(Array(whole.dropLast(5)), name: "a.ndjson.gz")
    let budget = CoreBudget(cores: 1)
    #expect(throws: ReadingError.self) {
      try PartReader.read(
        part, limits: ReadLimits(), resources: ReadingResources(budget: budget),
        into: CollectingSink())
    }
    #expect(budget.tryAcquire())
  }

  @Test("stops inflating when the part passes its limit")
  func inflatingStopsAtTheLimit() throws {
    let folder = try ScratchFolder()
    let part = try folder.part(Self.records(60_000), name: "a.ndjson")
    let budget = CoreBudget(cores: 1)
    #expect(throws: ReadingError.self) {
      try PartReader.read(
        part, limits: ReadLimits(partBytesMax: 1 << 20),
        resources: ReadingResources(budget: budget), into: CollectingSink())
    }
    #expect(budget.tryAcquire())
  }

  private static func records(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for number in 0..<count {
      bytes += Array(
        "{\"record\":\(number),\"text\":\"of some length, so that parts are large enough\"}\n".utf8)
    }
    return bytes
  }
}
