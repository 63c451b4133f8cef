import CloseJob
import DemoLedger
import JobConfiguration
import JournalReading
import LedgerDomain
import Synchronization
import Testing
import Workers

@Suite("Reading several parts at once")
struct ParallelReadingTests {
  private static let essence = """
    SELECT tenant_id, business_date, records_read, records_quarantined, chain_digest
    FROM close_run ORDER BY tenant_id, business_date
    """

  /// Many small compressed parts: readers begin and end all the time.
  private func demo() throws -> LedgerTree {
    let ledger = try LedgerTree()
    var options = DemoOptions()
    (options.tenants, options.dates, options.partsPerDate) = (2, 60, 8)
    (options.entriesPerDate, options.plantsDefects) = (16, false)
    options.compressionLevel = 1
    let summary = try DemoLedger(options).write(to: "\(ledger.directory)/demo")
    ledger.settings.exports = summary.exports
    ledger.settings.chart = summary.chart
    ledger.settings.opening = summary.opening
    return ledger
  }

  @Test("reading in parallel gives the same close as reading sequentially")
  func parallelReadingGivesTheSameClose() throws {
    let ledger = try demo()
    ledger.settings.jobs = 1
    #expect(try ledger.close(through: "2026-03-01").exitCode == 0)
    let expected = try ledger.books.rows(Self.essence)
    #expect(expected.count == 120)
    for (attempt, jobs) in [2, 8, 16].enumerated() {
      ledger.settings.jobs = jobs
      ledger.settings.store = "\(ledger.directory)/books-\(attempt).sqlite"
      #expect(try ledger.close(through: "2026-03-01").exitCode == 0)
      #expect(try ledger.books.rows(Self.essence) == expected, "\(jobs) readers")
    }
  }

  /// Counts nothing: the part summary reports what was read.
  private final class NoSink: RecordSink {
    func accept(_ entry: JournalEntry, at position: RecordPosition) {}
    func reject(
      _ fault: RecordFault, text: UnsafeBufferPointer<UInt8>, at position: RecordPosition
    ) {}
    func rejectTooLong(bytes: Int, at position: RecordPosition) {}
  }

  /// A reader that begins takes over the memory of one that has ended, not of one that is about to.
  @Test("readers that share buffers do not mix records")
  func readersDoNotMixRecords() throws {
    let ledger = try demo()
    let tenants = try ExportLayout(root: ledger.settings.exports ?? "").tenants().tenants
    let date = try #require(BusinessDate("2026-01-01"))
    let parts = try tenants.flatMap { tenant in
      try ExportLayout(root: "").export(of: date, inTenantDirectory: tenant.path).parts
    }
    #expect(parts.count == 16)
    let resources = ReadingResources(budget: CoreBudget(cores: 2))
    let read: @Sendable (ExportPart) throws -> PartSummary = { part in
      try PartReader.read(part, limits: ReadLimits(), resources: resources, into: NoSink())
    }
    let expected = try parts.map(read)
    let wrong = Mutex<[String]>([])
    let readers = (0..<16).compactMap { reader in
      WorkerThread {
        for round in 0..<3_000 {
          let place = (round * 7 + reader) % parts.count
          let receipt = Result { try read(parts[place]) }
          if (try? receipt.get()) != expected[place] { wrong.withLock { $0.append("\(receipt)") } }
        }
      }
    }
    readers.forEach { $0.join() }
    #expect(readers.count == 16)
    #expect(wrong.withLock { $0 } == [])
  }
}
