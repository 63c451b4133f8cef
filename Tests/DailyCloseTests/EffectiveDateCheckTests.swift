import DailyClose
import LedgerDomain
import Testing

@Suite("Effective dates")
struct EffectiveDateCheckTests {
  /// The business date is day 10 after the sample date, the first closed one day 5.
  private func notes(lockedThrough: Int? = nil) -> EffectiveDateCheck {
    EffectiveDateCheck(
      businessDate: day(10), firstDate: day(5), lockedThrough: lockedThrough.map(day))
  }

  private func day(_ offset: Int) -> BusinessDate { .sample.advanced(by: offset) }

  @Test(
    "dates before, on and after the business date have their codes",
    arguments: [
      (4, [.effectiveBeforeOpening, .backdated]), (5, [.backdated]), (9, [.backdated]), (10, []),
      (11, [.futureEffective]), (4_000, [.futureEffective]),
    ] as [(Int, [FindingCode])])
  func codesByDistanceFromBusinessDate(offset: Int, codes: [FindingCode]) {
    #expect(notes().codes(for: day(offset)) == codes)
  }

  @Test(
    "dates on or before the locked date are in the locked period",
    arguments: [
      (4, [.effectiveBeforeOpening, .lockedPeriod, .backdated]), (7, [.lockedPeriod, .backdated]),
      (8, [.backdated]), (10, []),
    ] as [(Int, [FindingCode])])
  func codesInLockedPeriod(offset: Int, codes: [FindingCode]) {
    #expect(notes(lockedThrough: 7).codes(for: day(offset)) == codes)
  }

  @Test("a period locked through the business date, or past it, holds what is effective then")
  func lockedBusinessDateIsReported() {
    #expect(notes(lockedThrough: 10).codes(for: day(10)) == [.lockedPeriod])
    #expect(notes(lockedThrough: 12).codes(for: day(11)) == [.futureEffective, .lockedPeriod])
  }

  @Test("a date has findings exactly if it has a code", arguments: [nil, 3, 7, 10, 12])
  func hasFindingsAgreesWithCodes(lockedThrough: Int?) {
    let notes = notes(lockedThrough: lockedThrough)
    for offset in 0...20 {
      let date = day(offset)
      #expect(notes.hasFindings(date) == !notes.codes(for: date).isEmpty, "\(date)")
      #expect(notes.codes(for: date) == notes.codes(for: date).sorted { $0.order < $1.order })
    }
  }

  @Test("a finding names the entry, the field and the dates")
  func findingsNameEntryAndDates() {
    var entry = SampleEntry("1 DR 1100 USD SETTLED 5")
    entry.effectiveDate = day(4)
    let findings = entry.show { notes(lockedThrough: 4).findings(for: $0) }
    #expect(findings.map(\.code) == [.effectiveBeforeOpening, .lockedPeriod, .backdated])
    #expect(findings.allSatisfy { $0.entry == entry.id && $0.field == "effective_at" })
    #expect(findings.allSatisfy { $0.message.contains("2026-01-09") })
    #expect(findings[0].message.contains("2026-01-10"))
    #expect(Set(findings.map(\.message)).count == 3)
  }
}
