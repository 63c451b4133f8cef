import LedgerDomain
import TestSupport
import Testing

@Suite("Input fingerprints")
struct InputFingerprintTests {
  private enum Record {
    case accepted(JournalEntryID, content: UInt64)
    case repeated(JournalEntryID, content: UInt64)
    case quarantined(bytes: UInt64, count: Int)
  }

  private func id(_ high: UInt64, _ low: UInt64) -> JournalEntryID {
    JournalEntryID(LedgerUUID(high: high, low: low))
  }

  private func fingerprint(_ records: [Record]) -> InputFingerprint {
    var input = InputFingerprint()
    for record in records {
      switch record {
      case .accepted(let id, let content): input.add(id, content: content)
      case .repeated(let id, let content):
        input.add(id, content: content)
        input.turnIntoDuplicate(id, content: content)
      case .quarantined(let bytes, let count): input.addQuarantined(bytes: bytes, count: count)
      }
    }
    return input
  }

  private func randomRecords(_ numbers: inout SeededNumbers) -> [Record] {
    (0..<Int.random(in: 2...60, using: &numbers)).map { _ in
      let id = id(numbers.next(), numbers.next())
      switch Int.random(in: 0..<4, using: &numbers) {
      case 0: return .repeated(id, content: numbers.next())
      case 1:
        return .quarantined(bytes: numbers.next(), count: .random(in: 0...900, using: &numbers))
      default: return .accepted(id, content: numbers.next())
      }
    }
  }

  @Test(
    "the order of the records and their parts makes no difference",
    arguments: 1...50 as ClosedRange<UInt64>)
  func orderOfRecordsIsIrrelevant(seed: UInt64) {
    var numbers = SeededNumbers(seed: seed)
    let records = randomRecords(&numbers)
    let whole = fingerprint(records)
    #expect(fingerprint(records.shuffled(using: &numbers)) == whole)
    let cut = Int.random(in: 0...records.count, using: &numbers)
    var parts = fingerprint(Array(records[cut...]))
    parts.merge(fingerprint(Array(records[..<cut])))
    #expect(parts == whole)
    #expect(parts.hashValue == whole.hashValue)
    #expect(whole.recordCount == records.count)
  }

  @Test("an omitted, additional or changed record changes the fingerprint")
  func changedRecordsChangeFingerprint() {
    let base: [Record] = [
      .accepted(id(1, 2), content: 3), .quarantined(bytes: 9, count: 40),
      .repeated(id(1, 2), content: 3),
    ]
    let others: [[Record]] = [
      Array(base.dropFirst()), Array(base.dropLast()), base + [base[0]], base + [base[1]],
      [.accepted(id(1, 2), content: 4)] + base[1...],
      [.accepted(id(1, 3), content: 3)] + base[1...],
      [.accepted(id(2, 2), content: 3)] + base[1...],
      [base[0], .quarantined(bytes: 8, count: 40), base[2]],
      [base[0], .quarantined(bytes: 9, count: 41), base[2]],
      [base[0], base[1], .repeated(id(1, 2), content: 4)],
    ]
    let prints = Set(([base] + others).map(fingerprint))
    #expect(prints.count == others.count + 1)
  }

  @Test("a duplicate entry differs from an accepted and from an absent one")
  func duplicateDiffersFromAcceptedEntry() {
    let entry = Record.accepted(id(7, 8), content: 9)
    let repeated = Record.repeated(id(7, 8), content: 9)
    let inputs = [[entry], [repeated], [entry, entry], [entry, repeated], [repeated, repeated]]
    #expect(Set(inputs.map(fingerprint)).count == inputs.count)
    #expect(fingerprint([entry, repeated]).recordCount == 2)
    #expect(fingerprint([entry, repeated]) == fingerprint([repeated, entry]))
  }

  @Test("contents exchanged between two entries make a difference")
  func exchangedContentsAreDetected() {
    let one = fingerprint([.accepted(id(1, 2), content: 5), .accepted(id(3, 4), content: 6)])
    let other = fingerprint([.accepted(id(1, 2), content: 6), .accepted(id(3, 4), content: 5)])
    #expect(one != other)
  }

  @Test("identifiers whose halves are exchanged make a difference")
  func exchangedIdentifierHalvesAreDetected() {
    let one = [(1, 2), (3, 4)] as [(UInt64, UInt64)]
    let other = [(1, 4), (3, 2)] as [(UInt64, UInt64)]
    #expect(
      fingerprint(one.map { .accepted(id($0, $1), content: 5) })
        != fingerprint(other.map { .accepted(id($0, $1), content: 5) }))
    #expect(
      fingerprint(one.map { .repeated(id($0, $1), content: 5) })
        != fingerprint(other.map { .repeated(id($0, $1), content: 5) }))
  }
}
