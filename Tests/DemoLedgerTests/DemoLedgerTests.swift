import DemoLedger
import Foundation
import LedgerDomain
import Testing

@Suite("A demo ledger")
struct DemoLedgerTests {
  @Test("has the same bytes for the same options")
  func sameOptionsGiveTheSameBytes() throws {
    let first = try DemoTree(.small)
    let second = try DemoTree(.small)
    let files = try first.files()
    #expect(try files == second.files())
    for file in files { #expect(try first.bytes(of: file) == second.bytes(of: file), "\(file)") }
  }

  @Test("has other entries for another seed")
  func anotherSeedGivesOtherEntries() throws {
    var options = DemoOptions.small
    options.seed = 2
    let other = try DemoTree(options)
    #expect(try other.summary.tenants != DemoTree(.small).summary.tenants)
  }

  @Test("with more dates begins with the exports of the one with fewer")
  func moreDatesKeepTheEarlierExports() throws {
    var options = DemoOptions.small
    let shorter = try DemoTree(options)
    options.dates += 2
    let longer = try DemoTree(options)
    let exports = try shorter.files().filter { $0.hasPrefix("exports/") }
    #expect(exports.count == 2 * 3 * 3)
    for file in exports {
      #expect(try shorter.bytes(of: file) == longer.bytes(of: file), "\(file)")
    }
  }

  @Test("lists its files")
  func summaryNamesTheFiles() throws {
    let tree = try DemoTree(.small)
    let summary = tree.summary
    for path in [summary.jobFile, summary.exports, summary.chart, summary.plantedFile] {
      #expect(FileManager.default.fileExists(atPath: path))
    }
    let opening = try #require(summary.opening)
    let names = try FileManager.default.contentsOfDirectory(atPath: opening).sorted()
    #expect(names == summary.tenants.map { "\($0).csv" }.sorted())
    #expect(summary.lastDate.description == "2026-01-03")
    #expect(try summary.planted == tree.planted().count)
  }

  @Test("has parts that are unusual as files")
  func partsAreUnusualFiles() throws {
    var options = DemoOptions.small
    options.dates = 8
    let tree = try DemoTree(options)
    let parts = try tree.files().filter { $0.lowercased().contains(".ndjson") }
    #expect(parts.contains { $0.hasSuffix(".NDJSON.GZ") })
    let misnamed = parts.filter { $0.hasSuffix(".ndjson") }
    #expect(!misnamed.isEmpty)
    for part in misnamed { #expect(try tree.bytes(of: part).starts(with: [0x1F, 0x8B])) }
    options.isCompressed = false
    let plain = try DemoTree(options)
    let contents = try plain.files().filter { $0.lowercased().hasSuffix(".ndjson") }
      .map { try plain.bytes(of: $0) }
    #expect(contents.contains { $0.starts(with: [0xEF, 0xBB, 0xBF]) })
    #expect(contents.contains { $0.suffix(5) == Data("}\n\n\r\n".utf8) })
    #expect(contents.contains { $0.last == UInt8(ascii: "}") })
  }

  @Test("is not written over another one")
  func existingExportsAreNotOverwritten() throws {
    let tree = try DemoTree(.small)
    #expect(throws: DemoLedgerError.self) {
      try DemoLedger(.small).write(to: tree.directory)
    }
  }

  @Test("refuses options out of range", arguments: [-1, 65])
  func optionsOutOfRangeAreRefused(parts: Int) {
    var options = DemoOptions.small
    options.partsPerDate = parts
    #expect(throws: DemoLedgerError.self) { try DemoTree(options) }
  }

  @Test("may have fewer entries than parts, or none", arguments: [0, 1, 3])
  func fewEntriesGiveEmptyParts(entries: Int) throws {
    var options = DemoOptions.small
    options.entriesPerDate = entries
    options.partsPerDate = 5
    options.plantsDefects = false
    let tree = try DemoTree(options)
    #expect(tree.summary.entries == 2 * 3 * entries)
    #expect(try tree.files().count { $0.hasSuffix(".ndjson.gz") } == 2 * 3 * 5)
  }
}
