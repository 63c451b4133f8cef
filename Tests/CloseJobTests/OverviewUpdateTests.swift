import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain
import TestSupport
import Testing

@Suite("The overview over all tenants")
struct OverviewUpdateTests {
  @Test(
    "is after every run what it would be if made from everything", arguments: UInt64(1)...12)
  func updatedPageIsThePageMadeAnew(seed: UInt64) throws {
    let history = try OverviewHistory(seed: seed)
    for _ in 0..<14 {
      try history.step()
      let page = try history.ledger.overviewPage()
      guard page == (try history.ledger.overviewMadeAnew()) else {
        Issue.record("seed \(seed): \(history.log.joined(separator: "\n"))")
        return
      }
    }
  }

  @Test("has every date with the standing and certification that the store gives")
  func cellsAreTheStores() throws {
    let ledger = try FullBooks.ledger(hasReports: true)
    var compared = 0
    for tenant in try ledger.overview().tenants {
      for (date, letter) in tenant.dates {
        #expect(
          try letter == Self.expectedLetter(ledger, tenant.id, date), "\(tenant.id) \(date)")
        compared += 1
      }
    }
    #expect(
      try ledger.books.rows("SELECT DISTINCT tenant_id, business_date FROM close_run").count
        == compared)
    let letters = Set(try ledger.overview().tenants.flatMap(\.letters))
    #expect(letters.count >= 3)
  }

  /// The letter of a date, from the views that the store offers to everybody.
  private static func expectedLetter(
    _ ledger: LedgerTree, _ tenant: String, _ date: String
  ) throws -> Character {
    let of = "tenant_id = '\(tenant)' AND business_date = '\(date)'"
    let close = "(SELECT max(close_id) FROM close_run WHERE \(of))"
    let failing = try ledger.books.rows(
      """
      SELECT DISTINCT check_name FROM tie_out t WHERE close_id = \(close) AND status = 'fail'
        AND NOT EXISTS (SELECT 1 FROM current_bank_reconciliation b
          WHERE \(of) AND b.version > 1 AND b.status <> 'pending'
            AND t.check_name = 'bank_reconciliation' AND t.scope = b.bank_account_ref)
      UNION SELECT 'bank_reconciliation' FROM current_bank_reconciliation
        WHERE \(of) AND version > 1 AND status = 'unreconciled'
      """)
    let pending = try ledger.books.rows(
      "SELECT 1 FROM current_bank_reconciliation WHERE \(of) AND status = 'pending'")
    let quarantined = try ledger.books.rows(
      "SELECT records_quarantined FROM close_run WHERE close_id = \(close)")
    let open =
      try ledger.overview().tenants.first { $0.id == tenant }?
      .matters(.openQuarantine).contains { $0.hasPrefix(date) } ?? false
    let own = Set(failing).subtracting(["open_quarantine", "late_input"])
    let standing =
      !own.isEmpty
      ? 5 : open ? 4 : !failing.isEmpty ? 3 : !pending.isEmpty ? 2 : quarantined == ["0"] ? 0 : 1
    let certification = try ledger.books.rows(
      """
      SELECT withdrawn_by_close_id IS NULL AND withdrawn_by_record_id IS NULL FROM certification
      WHERE \(of) ORDER BY certification_id DESC LIMIT 1
      """)
    let certified = certification.isEmpty ? 0 : certification == ["1"] ? 1 : 2
    return Character(Unicode.Scalar(UInt8(65 + standing * 3 + certified)))
  }

  @Test("lists open records with what they add up to, and who certified what was withdrawn")
  func mattersAreTheStores() throws {
    let ledger = try LedgerTree()
    ledger.settings.reports = "\(ledger.directory)/reports"
    ledger.settings.maxQuarantinedPercent = 100
    try ledger.export(
      "2026-01-05",
      "2026-01-05 | 1000 DR 500 | 3000 CR 500\n2026-01-05 | 9999 DR 70 | 3000 CR 70\n= {}")
    try ledger.exportEmptyDate("2026-01-06")
    try ledger.close(through: "2026-01-06")
    try ledger.certify("2026-01-06")
    var tenant = try #require(try ledger.overview().tenants.first)
    #expect(tenant.letters == ["M", "K"])
    #expect(tenant.matters(.openQuarantine) == ["2026-01-05|-1||2|USD SETTLED 70"])
    #expect(tenant.matters.count == 1)
    try ledger.export("2026-01-07", "2026-01-06 | 1000 DR 500 | 3000 CR 500")
    try ledger.export("2026-01-05", part: "part-00009.ndjson", "2026-01-05 | 1000 DR 1 | 3000 CR 1")
    try ledger.close(through: "2026-01-07")
    tenant = try #require(try ledger.overview().tenants.first)
    #expect(tenant.letters == ["M", "L", "J"])
    #expect(tenant.matters(.withdrawnCertification) == ["2026-01-06|-1|Ada|0"])
    #expect(tenant.matters(.lateInput).count == 1)
    #expect(
      tenant.matters(.lateInput)[0].hasPrefix("2026-01-05|-1|The export changed after close 1"))
    try ledger.accept("2026-01-05")
    #expect(try ledger.overview().tenants.first?.letters.first == "D")
  }

  @Test("lists bank accounts as they stand, overdue statements, and tenants that are behind")
  func standingMattersAreListed() throws {
    let ledger = try LedgerTree.withBank()
    ledger.settings.reports = "\(ledger.directory)/reports"
    ledger.settings.tenantNames = TenantNames()
    for date in ["2026-01-05", "2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09"] {
      try ledger.export(date, "\(date) | 1000 DR 500 | 3000 CR 500")
    }
    try ledger.export(
      "2026-01-05", tenant: LedgerTree.otherTenant, "2026-01-05 | 2000 DR 1 | 3000 CR 1")
    try ledger.statement("05", opening: 0, closing: 490, rows: "2026-01-05,4.90,X\n")
    ledger.settings.bankOverdueDays = 2
    try ledger.close(through: "2026-01-09")
    let tenants = try ledger.overview().tenants
    #expect(tenants[0].matters(.unreconciledBank) == ["2026-01-05|-1|main|2|USD  10"])
    #expect(tenants[0].matters(.overdueStatement) == ["2026-01-06|-1|main|0"])
    #expect(tenants[1].matters(.notClosed) == ["2026-01-06|-1||4"])
    // Another setting is taken up although no book changed.
    ledger.settings.bankOverdueDays = 9
    try ledger.close(through: "2026-01-09")
    #expect(try ledger.overview().tenants[0].matters(.overdueStatement).isEmpty)
    #expect(try ledger.overviewPage() == ledger.overviewMadeAnew())
  }

  @Test("is not written again if nothing changed, and is repaired if it is not as it was written")
  func pageIsRepaired() throws {
    let ledger = try FullBooks.ledger(hasReports: true)
    let path = "\(ledger.directory)/reports/index.html"
    let page = try ledger.overviewPage()
    let file = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    try ledger.close(through: "2026-01-09")
    #expect(
      try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int == file)
    var altered = page
    let digit = try #require(altered.range(of: Data("\"2026-01-05\",\"".utf8)))
    altered[digit.upperBound] = UInt8(ascii: "A")
    for bytes in [nil, Data(), page.prefix(page.count / 2), altered, Data("<html>".utf8)] {
      if let bytes {
        try bytes.write(to: URL(fileURLWithPath: path))
      } else {
        try ledger.remove("reports/index.html")
      }
      try ledger.close(through: "2026-01-09")
      #expect(try ledger.overviewPage() == page)
    }
    #expect(
      !FileManager.default.fileExists(atPath: "\(ledger.directory)/reports/.index.html.new"))
  }

  @Test("catches up with runs that were killed before they wrote it, and with a restored store")
  func pageCatchesUp() throws {
    let ledger = try FullBooks.ledger(hasReports: true)
    let reports = ledger.settings.reports
    let copy = try Data(contentsOf: URL(fileURLWithPath: ledger.settings.store ?? ""))
    let before = try ledger.overviewPage()
    // A run that commits and writes nothing is what a run killed between the two leaves.
    ledger.settings.reports = nil
    try ledger.export("2026-01-10", "2026-01-06 | 1000 DR 1 | 3000 CR 1\n= {}")
    try ledger.export("2026-01-10", tenant: LedgerTree.otherTenant, "")
    try ledger.close(through: "2026-01-10")
    try ledger.certify("2026-01-05")
    ledger.settings.reports = reports
    try ledger.close(through: "2026-01-10")
    #expect(try ledger.overviewPage() != before)
    #expect(try ledger.overviewPage() == ledger.overviewMadeAnew())
    try copy.write(to: URL(fileURLWithPath: ledger.settings.store ?? ""))
    try ledger.close(through: "2026-01-09")
    #expect(try ledger.overviewPage() == before)
  }

  @Test("does not change when the store is pruned")
  func pruningChangesNothing() throws {
    let ledger = try FullBooks.ledger(hasReports: true)
    let page = try ledger.overviewPage()
    try ledger.prune(before: "2026-01-09")
    #expect(try ledger.overviewPage() == page)
    #expect(try ledger.overviewMadeAnew() == page)
  }
}
