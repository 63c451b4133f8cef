import CloseJob
import JobConfiguration
import LedgerDomain
import SnapshotStore
import Testing

@Suite("The time zone of books")
struct TimeZoneCheckTests {
  private func check(_ zone: String) throws -> TimeZoneCheck {
    TimeZoneCheck(
      jobZone: zone, calendar: try #require(LedgerCalendar(timeZone: zone)),
      date: try #require(BusinessDate("2026-01-31")))
  }

  private func ledger(_ zone: String) throws -> LedgerTree {
    let ledger = try LedgerTree()
    ledger.settings.timeZone = zone
    for date in ["2026-01-05", "2026-01-06", "2026-01-07"] { try ledger.exportEmptyDate(date) }
    try ledger.close(through: "2026-01-05")
    return ledger
  }

  @Test("is the same under another name, from whichever date on it is asked")
  func names() throws {
    let utc = try check("UTC")
    for first in ["2026-01-05", "2020-01-05", "2026-01-05", "1999-12-31"] {
      let first = try #require(BusinessDate(first))
      for name in ["UTC", "Etc/UTC", "Etc/GMT", "Africa/Abidjan", "GMT"] {
        #expect(utc.isSame(as: name, from: first), "\(name)")
      }
      for name in [
        "Europe/London", "Etc/GMT-14", "Asia/Kathmandu", "", "Mars/Base", "../etc/passwd",
      ] {
        #expect(!utc.isSame(as: name, from: first), "\(name)")
      }
    }
  }

  @Test("is the same where rules differed only before the books began")
  func onlyTheBooksDatesCount() throws {
    // Samoa was on the other side of the date line until 2011; since 2021 it has no summer time.
    let apia = try check("Pacific/Apia")
    let (before, after) = (
      try #require(BusinessDate("2011-01-01")), try #require(BusinessDate("2022-01-01"))
    )
    for _ in 0..<2 {
      #expect(apia.isSame(as: "Etc/GMT-13", from: after))
      #expect(!apia.isSame(as: "Etc/GMT-13", from: before))
    }
  }

  @Test("is stored with each close as the job names it, and compared with the last one")
  func storedWithEachClose() throws {
    let ledger = try ledger("UTC")
    ledger.settings.timeZone = "Etc/UTC"
    try ledger.close(through: "2026-01-06")
    ledger.settings.timeZone = "Europe/Berlin"
    let refused = try ledger.close(through: "2026-01-07")
    #expect(refused.failure.contains("[time_zone_changed]"))
    #expect(refused.failure.contains("Etc/UTC (since close 1 of 2026-01-05)"))
    #expect(
      try ledger.books.rows("SELECT close_id, time_zone FROM stored_basis") == [
        "1 UTC", "2 Etc/UTC",
      ])
    let again = try ledger.closeAgain("2026-01-06")
    #expect(again.failure.contains("[time_zone_changed]"))
  }

  @Test("that this machine does not know is refused, and verify says that it cannot read")
  func unknownZone() throws {
    let ledger = try ledger("UTC")
    try ledger.books.execute("UPDATE stored_basis SET time_zone = 'Mars/Base'")
    #expect(try ledger.close(through: "2026-01-06").failure.contains("Mars/Base"))
    let result = try ledger.verify()
    #expect(result.exitCode == 2)
    let failures = result.tenants.flatMap(\.failures).joined(separator: "; ")
    #expect(failures.contains("does not know the time zone Mars/Base"), "\(failures)")
    #expect(result.differences.count == 1, "the digest of the close's record")
  }

  @Test("of one tenant does not stop another")
  func tenantsApart() throws {
    let ledger = try ledger("Europe/Berlin")
    ledger.settings.timeZone = "UTC"
    try ledger.exportEmptyDate("2026-01-05", tenant: LedgerTree.otherTenant)
    let result = try ledger.close(through: "2026-01-05")
    #expect(result.exitCode == 2)
    #expect(result.tenants.map { $0.failure == nil } == [false, true])
    #expect(result.closedCount == 1)
  }
}
