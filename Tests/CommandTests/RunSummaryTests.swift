import Foundation
import Testing

@Suite("What a run says")
struct RunSummaryTests {
  private struct Summary: Decodable {
    struct Close: Decodable {
      let close_id: Int
      let business_date: String
      let status: String
      let records_read: Int
      let entries_accepted: Int
      let records_quarantined: Int
      let findings: [String: Int]
      let tie_outs: [String: String]
      let chain_digest: String
    }
    struct Tenant: Decodable {
      let tenant_id: String
      let closes: [Close]
      let already_closed: String?
      let failure_date: String?
      let failure: String?
    }
    let exit_code: Int
    let tenants: [Tenant]
    let unexpected_entries: [String]
    let unlisted_tenants: [String]
  }

  private func demo() throws -> TestDirectory {
    let place = try TestDirectory()
    _ = try place.tieout(
      "demo", "--all-defects", "--out", ".", "--tenants", "2", "--dates", "3", "--entries", "60")
    return place
  }

  private func summary(_ outcome: CommandOutcome) throws -> Summary {
    try JSONDecoder().decode(Summary.self, from: Data(outcome.output.utf8))
  }

  @Test("as JSON agrees with the store")
  func jsonAgreesWithStore() throws {
    let place = try demo()
    let outcome = try place.tieout("close", "--job", "job.yaml", "--format", "json")
    let summary = try summary(outcome)
    #expect(summary.exit_code == 1 && outcome.exitCode == 1)
    #expect(summary.unexpected_entries == [])
    #expect(summary.unlisted_tenants == [])
    let said = summary.tenants.flatMap { tenant in
      tenant.closes.map { close in
        """
        \(close.close_id),\(tenant.tenant_id),\(close.business_date),\(close.status),\
        \(close.records_read),\(close.entries_accepted),\(close.records_quarantined),\
        \(close.chain_digest)
        """
      }
    }
    let stored = try place.store().rows(
      """
      SELECT close_id, tenant_id, business_date, status, records_read, entries_accepted,
        records_quarantined, chain_digest
      FROM close_run ORDER BY tenant_id, close_id
      """)
    #expect(stored.count == 6)
    #expect(said == stored)
  }

  @Test("of findings and tie-outs agrees with the store too")
  func jsonCountsAgree() throws {
    let place = try demo()
    let outcome = try place.tieout("close", "--job", "job.yaml", "--format", "json")
    for close in try summary(outcome).tenants.flatMap(\.closes) {
      let counts = try place.store().rows(
        """
        SELECT code, count(*) FROM finding WHERE close_id = \(close.close_id) GROUP BY code
        """)
      #expect(close.findings.map { "\($0.key),\($0.value)" }.sorted() == counts.sorted())
      for (check, status) in close.tie_outs {
        let statuses = try place.store().rows(
          """
          SELECT DISTINCT status FROM tie_out
          WHERE close_id = \(close.close_id) AND check_name = '\(check)'
          """)
        #expect(statuses.contains(status), "\(check)")
        #expect(!statuses.contains("fail") || status == "fail", "\(check)")
      }
    }
  }

  @Test("as JSON tells failure, and that there was nothing to do")
  func jsonReportsFailureAndNothingToDo() throws {
    let place = try demo()
    _ = try place.tieout("close", "--job", "job.yaml")
    let again = try summary(place.tieout("close", "--job", "job.yaml", "--format", "json"))
    #expect(again.tenants.map(\.already_closed) == ["2026-01-03", "2026-01-03"])
    let outcome = try place.tieout(
      "close", "--job", "job.yaml", "--date", "2026-01-04", "--format", "json")
    #expect(outcome.exitCode == 2)
    for tenant in try summary(outcome).tenants {
      #expect(tenant.failure_date == "2026-01-04")
      #expect(tenant.failure?.contains("missing_export") == true)
      #expect(tenant.closes.isEmpty)
    }
  }

  @Test("as text names each close, what was left out and where the reports are with --verbose")
  func textNamesClosesFindingsAndReports() throws {
    let place = try demo()
    let outcome = try place.tieout("close", "--job", "job.yaml", "--verbose")
    let tenants = try place.store().rows("SELECT tenant_id FROM tenant")
    for word in tenants + ["2026-01-01", "2026-01-03", "unbalanced", "BREAKS double_entry"] {
      #expect(outcome.output.contains(word))
    }
    #expect(outcome.output.contains("reports/\(tenants[0])/2026-01-02"))
    #expect(outcome.output.contains("\nclosed, with breaks or quarantined records\nnext: "))
  }

  @Test(
    "is never lost without a word",
    arguments: [
      ["close", "--job", "job.yaml"], ["close", "--job", "job.yaml", "--format", "json"],
      ["status", "--job", "job.yaml"], ["status", "--job", "job.yaml", "--format", "csv"],
      [
        "demo", "--all-defects", "--out", "other", "--tenants", "1", "--dates", "1", "--entries",
        "5",
      ],
    ])
  func outputToAFullDeviceFails(arguments: [String]) throws {
    let place = try demo()
    _ = try place.tieout("close", "--job", "job.yaml")
    let outcome = try TieoutProcess(arguments, in: place, output: "/dev/full").wait()
    #expect(outcome.exitCode == 2)
    #expect(outcome.errors.contains("standard output"))
  }
}
