import DailyClose
import LedgerDomain
import TestSupport
import Testing
import Workers

@Suite("A search for identifiers in the indexes of other closes")
struct IdentifierProbeTests {
  private func index(_ contents: [JournalEntryID: UInt64]) throws -> IdentifierIndex {
    let memory = EntryChunkPool.sample
    let register = EntryRegister(memory: memory)
    for (id, content) in contents.sorted(by: { $0.key < $1.key }) {
      register.append(id, fingerprint: content)
    }
    let duplicates = try DuplicateDetector.duplicateEntries(
      in: [register], budget: CoreBudget(cores: 1))
    return try IdentifierIndex(of: [register], without: duplicates, memory: memory)
  }

  private func identifiers(_ count: Int, _ numbers: inout SeededNumbers) -> [JournalEntryID] {
    (0..<count).map { _ in
      JournalEntryID(LedgerUUID(high: numbers.next(), low: numbers.next()))
    }
  }

  /// What the ranges find in every page of a close.
  private func found(
    _ wanted: IdentifierIndex, in closed: IdentifierIndex, ranges: [IdentifierProbe.Range]
  ) throws -> [JournalEntryID: UInt64] {
    var found: [JournalEntryID: UInt64] = [:]
    for range in ranges {
      let probe = try IdentifierProbe(wanted, others: [], in: range)
      try closed.forEachPage(range.pages(bits: closed.pageBits)) { page in
        page.prefixes.withUnsafeBytes { prefixes in
          page.details.withUnsafeBytes { details in
            let places = probe.places(
              inPrefixes: prefixes, number: page.number, pageBits: closed.pageBits)
            #expect(places == places.sorted())
            for place in places {
              let match = probe.match(
                at: place, prefixes: prefixes, details: details, number: page.number,
                pageBits: closed.pageBits)
              guard let match else { continue }
              #expect(found[match.id] == nil, "found twice")
              found[match.id] = match.content
            }
          }
        }
      }
    }
    return found
  }

  // Pages of 0 to 5 bits; tables of fewer bits than a page's number has, and of more; a page's last
  // entries, which are looked at one by one.
  @Test(
    "finds those that both have, whatever the sizes of both, and nothing else",
    arguments: [0, 1, 3, 700, 5_000, 40_000], [0, 1, 2, 5, 4_097, 70_001])
  func findsWhatBothHave(wanted: Int, closed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(wanted * 100_000 + closed))
    let shared = identifiers(min(wanted, closed) / 2, &numbers)
    let mine = shared + identifiers(wanted - shared.count, &numbers)
    let others = shared + identifiers(closed - shared.count, &numbers)
    let contents = Dictionary(uniqueKeysWithValues: others.map { ($0, numbers.next()) })
    let wantedIndex = try index(Dictionary(uniqueKeysWithValues: mine.map { ($0, 0) }))
    let closedIndex = try index(contents)
    let expected = Dictionary(uniqueKeysWithValues: shared.map { ($0, contents[$0] ?? 0) })
    // One probe for all; and as many as a night of millions needs, with several to a page.
    for count in [wanted, 100 << 20] {
      let ranges = IdentifierProbe.Range.ranges(count: count)
      #expect(try found(wantedIndex, in: closedIndex, ranges: ranges) == expected)
    }
  }

  /// The entries of an index of one page in the pages that an index of more entries would have.
  private func pages(
    _ index: IdentifierIndex, bits: Int
  ) throws -> [(number: Int, prefixes: [UInt8], details: [UInt8])] {
    var pages: [(number: Int, prefixes: [UInt8], details: [UInt8])] = []
    #expect(index.pageBits == 0)
    try index.forEachPage { page in
      for place in 0..<page.count {
        let detail = page.details[(place * IdentifierPage.detailBytes)...].prefix(
          IdentifierPage.detailBytes)
        let words = [page.prefixes[(place * 4)...].prefix(4), detail.prefix(4)].map { bytes in
          bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        let high = words[0] << 32 | words[1]
        let number = Int(high >> UInt64(64 - bits))
        let prefix = UInt32(truncatingIfNeeded: high >> UInt64(32 - bits))
        if pages.last?.number != number { pages.append((number, [], [])) }
        withUnsafeBytes(of: prefix.littleEndian) {
          pages[pages.count - 1].prefixes.append(contentsOf: $0)
        }
        pages[pages.count - 1].details.append(contentsOf: detail)
      }
    }
    return pages
  }

  // With 12 bits, a bit of the table of few identifiers stands for eight pages.
  @Test(
    "finds them in the pages of a close with millions of identifiers", arguments: [2, 6, 12, 20],
    [1, 12, 3_000])
  func findsInManyPages(bits: Int, wanted: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(bits * 10_000 + wanted))
    let others = identifiers(4_000, &numbers)
    let shared = others.shuffled(using: &numbers).prefix((wanted + 1) / 2)
    let mine = shared + identifiers(wanted - shared.count, &numbers)
    let contents = Dictionary(uniqueKeysWithValues: others.map { ($0, numbers.next()) })
    let range = try #require(IdentifierProbe.Range.ranges(count: wanted).first)
    let probe = try IdentifierProbe(
      try index(Dictionary(uniqueKeysWithValues: mine.map { ($0, 0) })), others: [], in: range)
    var found: [JournalEntryID: UInt64] = [:]
    for page in try pages(try index(contents), bits: bits) {
      page.prefixes.withUnsafeBytes { prefixes in
        page.details.withUnsafeBytes { details in
          for place in probe.places(inPrefixes: prefixes, number: page.number, pageBits: bits) {
            let match = probe.match(
              at: place, prefixes: prefixes, details: details, number: page.number,
              pageBits: bits)
            if let match { found[match.id] = match.content }
          }
        }
      }
    }
    #expect(found == Dictionary(uniqueKeysWithValues: shared.map { ($0, contents[$0] ?? 0) }))
  }
}
