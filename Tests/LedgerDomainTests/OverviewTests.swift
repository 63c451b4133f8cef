import LedgerDomain
import Testing

@Suite("The overview's values")
struct OverviewTests {
  private let date = BusinessDate(dayNumber: 20_458)
  private let head = BooksHead(
    close: CloseID(1), chainDigest: "c", reconciliation: "", certifications: 0, acceptances: 0)

  @Test("a date stands as the worst that is wrong with it")
  func worstStandingCounts() {
    func standing(
      _ failing: Set<TieOutCheck> = [], quarantined: Int = 0, open: Int = 0, isPending: Bool = false
    ) -> DateStanding {
      DateStanding(failing: failing, quarantined: quarantined, open: open, isPending: isPending)
    }
    #expect(standing() == .tiesOut)
    #expect(standing(quarantined: 2) == .accepted)
    #expect(standing(quarantined: 2, isPending: true) == .pending)
    #expect(standing([.lateInput, .openQuarantine], isPending: true) == .earlierOpen)
    #expect(standing([.lateInput], quarantined: 2, open: 1) == .openQuarantine)
    #expect(standing([.lateInput, .rollforward], quarantined: 2, open: 1) == .breaks)
  }

  @Test("every cell has a letter of its own")
  func lettersAreUnique() {
    let cells = DateStanding.allCases.flatMap { standing in
      CertificationStanding.allCases.map { CalendarCell(standing, $0) }
    }
    #expect(Set(cells.map(\.letter)).count == cells.count)
    for cell in cells { #expect(CalendarCell(letter: cell.letter) == cell) }
    #expect(CalendarCell(letter: UInt8(ascii: "@")) == nil)
    #expect(CalendarCell(letter: UInt8(ascii: "S")) == nil)
  }

  @Test("dates that changed replace what was known of them, and new ones follow without gaps")
  func changedDatesReplaceKnownOnes() {
    func overview(_ offset: Int, _ standing: DateStanding, _ kinds: OpenMatter.Kind...)
      -> DateOverview
    {
      let day = date.advanced(by: offset)
      return DateOverview(
        date: day, cell: CalendarCell(standing, .missing),
        matters: kinds.map { OpenMatter($0, date: day) })
    }
    var tenant = TenantOverview(
      tenant: TenantID(LedgerUUID(high: 1, low: 1)), head: head, firstDate: date, cells: [],
      matters: [])
    let late = OpenMatter(.lateInput, date: date)
    let isBegun = tenant.update(
      to: head, dates: [overview(0, .breaks, .brokenCheck), overview(1, .tiesOut)],
      standing: [late])
    #expect(isBegun)
    #expect(tenant.matters.map(\.kind) == [.brokenCheck, .lateInput])
    let isUpdated = tenant.update(
      to: head, dates: [overview(0, .accepted), overview(2, .tiesOut)], standing: [])
    #expect(isUpdated)
    #expect(tenant.cells.map(\.standing) == [.accepted, .tiesOut, .tiesOut])
    #expect(tenant.matters.isEmpty)
    let hasGap = !tenant.update(to: head, dates: [overview(9, .tiesOut)], standing: [late])
    #expect(hasGap)
    #expect(tenant.cells.count == 3 && tenant.matters.isEmpty)
    tenant.compare(with: date.advanced(by: 4))
    tenant.compare(with: date.advanced(by: 5))
    #expect(tenant.matters == [OpenMatter(.notClosed, date: date.advanced(by: 3), count: 3)])
  }
}
