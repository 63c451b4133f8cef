import Foundation
import LedgerDomain
import Testing

@testable import JournalReading

/// A decoder that remembers shapes reads every record as one that remembers nothing.
///
/// `TIEOUT_RECORDS` says how many records are compared, `TIEOUT_SEED` which.
@Suite("A decoder that remembers shapes")
struct RememberedShapeTests {
  @Test("reads generated and damaged records like a new one, and like one spelled out")
  func differential() {
    let environment = ProcessInfo.processInfo.environment
    let count = environment["TIEOUT_RECORDS"].flatMap(Int.init) ?? 2_000
    let seed = environment["TIEOUT_SEED"].flatMap(UInt64.init) ?? 1
    var comparison = ShapeComparison(seed: seed)
    while comparison.records < count && comparison.difference == nil { comparison.compareStyle() }
    #expect(comparison.difference == nil, "seed \(seed)")
    // The generator makes enough of each kind, or the comparison would say little.
    #expect(comparison.entries > comparison.records / 5)
    #expect(comparison.malformed > comparison.records / 20)
    #expect(comparison.faulty > comparison.records / 50)
  }
}

/// Compares readings of records, run by run: each run is written by one exporter, and read by a decoder
/// that has read all runs before.
struct ShapeComparison: ~Copyable {
  private var generator: SeededGenerator
  private var decoder = EntryDecoder()
  private(set) var records = 0
  private(set) var entries = 0
  private(set) var malformed = 0
  private(set) var faulty = 0
  /// The first record that was read in two ways.
  private(set) var difference: String?

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  /// Compares 48 records of one exporter, half of them damaged.
  mutating func compareStyle() {
    let style = ExporterStyle(using: &generator)
    if generator.one(in: 4) { decoder = EntryDecoder() }
    for _ in 0..<24 {
      let record = style.record(using: &generator)
      compare(record)
      compare(RecordMutation.mutated(record, using: &generator))
    }
  }

  private mutating func compare(_ record: [UInt8]) {
    records += 1
    let remembered = decoder.reading(of: record)
    let alone = Reading(decoding: record)
    if remembered != alone { note("by a new decoder", record, remembered, alone) }
    switch remembered {
    case .entry: entries += 1
    case .fault(let fault) where fault.code == .malformedJSON:
      malformed += 1
      return
    default: faulty += 1
    }
    let spelledOut = Reading(decoding: RecordMutation.spelledOut(record))
    if !spelledOut.saysTheSame(as: remembered) {
      note("spelled out", record, remembered, spelledOut)
    }
  }

  private mutating func note(_ how: String, _ record: [UInt8], _ one: Reading, _ other: Reading) {
    let text = String(decoding: record, as: UTF8.self)
    difference = difference ?? "\(text) is read as \(one), \(how) as \(other)"
  }
}

extension Reading {
  /// Whether both have the same values or the same fault, wherever it stands.
  fileprivate func saysTheSame(as other: Reading) -> Bool {
    guard let fault, let otherFault = other.fault else { return self == other }
    return fault.code == otherFault.code && fault.field == otherFault.field
      && fault.reason == otherFault.reason && fault.entry == otherFault.entry
      && fault.readableLines == otherFault.readableLines
  }
}
