import Foundation

/// Numbers that look random and are the same for the same seed (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// A layout of a date's records that must not change the close.
enum ExportRearrangement: String, CaseIterable, Sendable {
  case shuffledRecords, renamedParts, splitPart, onePart, redistributed

  /// The parts of a date, each a list of records, in the new layout.
  func apply(
    to parts: [[String]], using numbers: inout SeededNumbers
  ) -> [(name: String, records: [String])] {
    switch self {
    case .shuffledRecords:
      return named(parts.map { $0.shuffled(using: &numbers) })
    case .renamedParts:
      return parts.shuffled(using: &numbers).enumerated().map { index, records in
        ("x\(index).ndjson", records)
      }
    case .splitPart:
      let chosen = Int.random(in: parts.indices, using: &numbers)
      let cut = Int.random(in: 0...parts[chosen].count, using: &numbers)
      var split = parts
      split[chosen] = Array(parts[chosen][..<cut])
      return named(split + [Array(parts[chosen][cut...])])
    case .onePart:
      return named([parts.flatMap { $0 }])
    case .redistributed:
      var dealt = [[String]](repeating: [], count: 5)
      for record in parts.flatMap({ $0 }) {
        dealt[Int.random(in: 0..<5, using: &numbers)].append(record)
      }
      return named(dealt)
    }
  }

  private func named(_ parts: [[String]]) -> [(name: String, records: [String])] {
    parts.enumerated().map { ("part-0000\($0.offset).ndjson", $0.element) }
  }

  /// Rewrites every date of an export tree of plain parts.
  func rearrange(_ exports: String, seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let files = FileManager.default
    for tenant in try files.contentsOfDirectory(atPath: exports).sorted() {
      for date in try files.contentsOfDirectory(atPath: "\(exports)/\(tenant)").sorted() {
        let directory = "\(exports)/\(tenant)/\(date)"
        let names = try files.contentsOfDirectory(atPath: directory).sorted()
        let parts = try names.map { name in
          try String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)
            .split(separator: "\n").map(String.init)
        }
        for name in names { try files.removeItem(atPath: "\(directory)/\(name)") }
        for (name, records) in apply(to: parts, using: &numbers) {
          let text = records.map { $0 + "\n" }.joined()
          try Data(text.utf8).write(to: URL(fileURLWithPath: "\(directory)/\(name)"))
        }
      }
    }
  }
}
