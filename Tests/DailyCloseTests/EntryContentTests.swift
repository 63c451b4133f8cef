import DailyClose
import LedgerDomain
import TestSupport
import Testing

@Suite("Entry content")
struct EntryContentTests {
  private func fingerprint(_ entry: SampleEntry) -> UInt64 {
    entry.show { EntryContent.fingerprint(of: $0) }
  }

  private var entry: SampleEntry {
    var entry = SampleEntry(
      "1 DR 1100 USD SETTLED 500", "2 CR 2000 USD SETTLED 300", "3 CR 2100 USD SETTLED 200")
    entry.lines[0].referenceFingerprint = 77
    return entry
  }

  @Test("not the order of the lines")
  func lineOrderIsIgnored() {
    let seed: UInt64 = 201
    var numbers = SeededNumbers(seed: seed)
    for _ in 0..<50 {
      var shuffled = entry
      shuffled.lines.shuffle(using: &numbers)
      #expect(fingerprint(shuffled) == fingerprint(entry), "seed \(seed)")
    }
  }

  @Test("not the identifier, the tenant or the instant it was posted")
  func irrelevantFieldsAreIgnored() {
    var other = entry
    other.id = JournalEntryID(LedgerUUID(high: 9, low: 9))
    other.tenant = TenantID(LedgerUUID(high: 9, low: 9))
    other.posted.second += 1
    #expect(fingerprint(other) == fingerprint(entry))
  }

  @Test("each field of each line, and the effective date")
  func relevantFieldsChangeFingerprint() {
    var variants = [entry, entry]
    variants[1].effectiveDate = .sample.advanced(by: 1)
    for index in entry.lines.indices {
      variants += changes.map { change in
        var variant = entry
        change(&variant.lines[index])
        return variant
      }
    }
    #expect(Set(variants.map(fingerprint)).count == variants.count)
  }

  private var changes: [(inout JournalLine) -> Void] {
    [
      { $0.key = .sample("1101 USD SETTLED") }, { $0.key = .sample("1100 EUR SETTLED") },
      { $0.key = .sample("1100 USD PENDING") },
      { $0.direction = $0.direction == .debit ? .credit : .debit }, { $0.sequence += 10 },
      { $0.amountMinor += 1 }, { $0.referenceFingerprint += 1 },
    ]
  }

  @Test("each line: one more, one less, and parts exchanged between two lines")
  func missingLineChangesFingerprint() {
    var variants = [entry, entry, entry, entry, entry]
    variants[1].lines.removeLast()
    variants[2].lines.append(SampleEntry.line("4 CR 2100 USD SETTLED 0"))
    variants[3].lines[1].amountMinor = 200
    variants[3].lines[2].amountMinor = 300
    variants[4].lines[1].sequence = 3
    variants[4].lines[2].sequence = 2
    #expect(Set(variants.map(fingerprint)).count == variants.count)
  }
}
