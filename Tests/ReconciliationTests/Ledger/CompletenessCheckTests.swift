import LedgerDomain
import Reconciliation
import Testing

@Suite("Completeness against the manifest")
struct CompletenessCheckTests {
  private let read = ExportTotals(
    entryCount: 10, lineCount: 24, controlTotals: [.sample("USD SETTLED"): .of(500, 500)])

  private func tieOuts(
    _ manifest: ExportTotals?, parts: [CompletenessCheck.PartCount] = [], read: ExportTotals? = nil
  ) -> [TieOut] {
    CompletenessCheck.tieOuts(manifest: manifest, parts: parts, read: read ?? self.read)
  }

  @Test("without a manifest there is nothing to compare with")
  func missingManifestIsInconclusive() {
    let tieOuts = tieOuts(nil, parts: [.init(file: "part-00000.ndjson", expected: nil, actual: 10)])
    #expect(tieOuts.map(\.status) == [.inconclusive])
    #expect(tieOuts.status(of: .completeness) == .inconclusive)
  }

  @Test("everything equal passes, with each figure named")
  func matchingManifestPasses() {
    let parts = [CompletenessCheck.PartCount(file: "part-00000.ndjson", expected: 10, actual: 10)]
    let tieOuts = tieOuts(read, parts: parts)
    #expect(
      tieOuts.map(\.scope) == ["parts", "entries", "lines", "USD SETTLED DR", "USD SETTLED CR"])
    #expect(tieOuts.allSatisfy { $0.status == .pass && $0.check == .completeness })
    #expect(tieOuts.only("entries")?.expectedMinor == 10)
    #expect(tieOuts.only("parts")?.actualMinor == 1)
    #expect(tieOuts.status(of: .completeness) == .pass)
  }

  @Test("counts fail with the signed difference, found less expected")
  func differentCountsFail() {
    var manifest = read
    manifest.entryCount = 12
    manifest.lineCount = 20
    let tieOuts = tieOuts(manifest)
    #expect(tieOuts.only("entries")?.differenceMinor == -2)
    #expect(tieOuts.only("lines")?.differenceMinor == 4)
    #expect(tieOuts.count { $0.status == .fail } == 2)
    #expect(tieOuts.status(of: .completeness) == .fail)
  }

  @Test("what the manifest does not say is not compared")
  func absentCountsAreNotCompared() {
    let tieOuts = tieOuts(ExportTotals(entryCount: nil, lineCount: nil, controlTotals: nil))
    #expect(tieOuts.map(\.scope) == ["parts"])
    #expect(tieOuts.status(of: .completeness) == .pass)
  }

  @Test("a part fails if its count differs, and has no tie-out otherwise")
  func differentPartCountsFail() {
    let tieOuts = tieOuts(
      read,
      parts: [
        .init(file: "part-00000.ndjson", expected: 4, actual: 4),
        .init(file: "part-00001.ndjson", expected: nil, actual: 3),
        .init(file: "part-00002.ndjson", expected: 5, actual: 3),
      ])
    let failing = tieOuts.filter { $0.status == .fail }
    #expect(failing.map(\.scope) == ["entries of part-00002.ndjson"])
    #expect(failing.first?.differenceMinor == -2)
  }

  @Test("control totals missing on either side are compared with zero")
  func differentControlTotalsFail() {
    var manifest = read
    manifest.controlTotals = [
      .sample("USD SETTLED"): .of(500, 501), .sample("EUR PENDING"): .of(7, 0),
    ]
    var read = read
    read.controlTotals?[.sample("JPY SETTLED")] = .of(0, 9)
    let tieOuts = tieOuts(manifest, read: read)
    #expect(
      tieOuts.map(\.scope).suffix(6) == [
        "EUR PENDING DR", "EUR PENDING CR", "JPY SETTLED DR", "JPY SETTLED CR", "USD SETTLED DR",
        "USD SETTLED CR",
      ])
    #expect(tieOuts.map(\.differenceMinor).suffix(6) == [-7, 0, 0, 9, 0, -1])
  }

  @Test("a manifest without control totals fails every pair that was read")
  func emptyControlTotalsAreCompared() {
    var manifest = read
    manifest.controlTotals = [:]
    #expect(tieOuts(manifest).map(\.differenceMinor).suffix(2) == [500, 500])
    #expect(tieOuts(manifest).status(of: .completeness) == .fail)
  }

  @Test("control totals past 64 bits are compared exactly")
  func controlTotalsBeyond64BitsAreCompared() {
    var wide = WideTotals.of(.max, .max)
    wide.add(1, .debit)
    wide.add(1, .credit)
    var manifest = read
    manifest.controlTotals = [.sample("USD SETTLED"): wide]
    #expect(tieOuts(manifest, read: manifest).status(of: .completeness) == .pass)
    #expect(tieOuts(manifest).status(of: .completeness) == .fail)
  }
}
