import Foundation
import Testing

@Suite("Report figures")
struct ReportFiguresTests {
  private func demo() throws -> TestDirectory {
    let place = try TestDirectory()
    _ = try place.tieout(
      "demo", "--all-defects", "--out", ".", "--tenants", "2", "--dates", "4", "--entries", "90")
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 1)
    return place
  }

  /// Calls the body for every close with its set's directory.
  private func forEachClose(
    of place: TestDirectory, _ body: (_ close: String, _ set: String) throws -> Void
  ) throws {
    let closes = try place.store().table("SELECT close_id, tenant_id, business_date FROM close_run")
    #expect(closes.count == 8)
    for close in closes { try body(close[0], "reports/\(close[1])/\(close[2])") }
  }

  @Test("in trial-balance.csv are the balances in the store")
  func trialBalanceMatchesStore() throws {
    let place = try demo()
    try forEachClose(of: place) { close, set in
      let table = CSVTable(try place.text("\(set)/trial-balance.csv"))
      let stored = try place.store().table(
        """
        SELECT s.account_code, s.currency, s.layer, dr_balance_minor, cr_balance_minor
        FROM balance_snapshot s JOIN close_run c
          ON c.close_id = s.close_id AND c.business_date = s.as_of_date
        WHERE s.close_id = \(close) ORDER BY 1, 2, 3
        """)
      let columns = ["account_code", "currency", "layer", "dr_balance_minor", "cr_balance_minor"]
      #expect(stored.count > 30)
      #expect(table.selecting(columns) == stored)
    }
  }

  @Test("in rollforward.csv add up: opening + backdated + movement = closing")
  func rollforwardAddsUp() throws {
    let place = try demo()
    try forEachClose(of: place) { _, set in
      let trial = CSVTable(try place.text("\(set)/trial-balance.csv"))
      let table = CSVTable(try place.text("\(set)/rollforward.csv"))
      for side in ["dr", "cr"] {
        let columns = ["opening", "backdated", "movement", "closing"].map { "\($0)_\(side)_minor" }
        for row in table.selecting(columns) {
          let figures = row.compactMap { Int($0) }
          #expect(figures.count == 4 && figures[0...2].reduce(0, +) == figures[3])
        }
        #expect(table["closing_\(side)_minor"] == trial["\(side)_balance_minor"])
      }
    }
  }

  @Test("of a date open with the closing balances of the date before, apart from restatements")
  func openingEqualsPreviousClosing() throws {
    let place = try demo()
    let tenants = try place.reportedTenants()
    for tenant in tenants {
      let first = CSVTable(try place.text("reports/\(tenant)/2026-01-01/rollforward.csv"))
      let second = CSVTable(try place.text("reports/\(tenant)/2026-01-02/rollforward.csv"))
      let key = ["account_code", "currency", "layer"]
      let closing = Dictionary(
        uniqueKeysWithValues: zip(first.selecting(key), first["closing_dr_minor"]))
      for (key, opening) in zip(second.selecting(key), second["opening_dr_minor"]) {
        #expect(opening == closing[key] ?? "0")
      }
    }
  }

  @Test("in findings.csv are the findings in the store")
  func findingsMatchStore() throws {
    let place = try demo()
    let columns = [
      "code", "severity", "file", "record", "byte_offset", "journal_entry_id", "field",
      "account_code", "currency", "layer", "dr_minor", "cr_minor", "message",
    ]
    try forEachClose(of: place) { close, set in
      let listed = CSVTable(try place.text("\(set)/findings.csv")).selecting(columns)
      let stored = try place.store().table(
        "SELECT \(columns.joined(separator: ", ")) FROM finding WHERE close_id = \(close)")
      #expect(listed.count > 10)
      #expect(Set(listed) == Set(stored) && listed.count == stored.count)
    }
  }

  @Test("in reconciliation.json agree with the store")
  func reconciliationMatchesStore() throws {
    struct Document: Decodable {
      struct Records: Decodable {
        let read: Int
        let accepted: Int
        let quarantined: Int
      }
      let close_id: Int
      let status: String
      let chain_digest: String
      let records: Records
    }
    let place = try demo()
    try forEachClose(of: place) { close, set in
      let document = try JSONDecoder().decode(
        Document.self, from: Data(place.bytes("\(set)/reconciliation.json")))
      let records = document.records
      #expect(
        try place.store().rows(
          """
          SELECT close_id, status, chain_digest, records_read, entries_accepted,
            records_quarantined
          FROM close_run WHERE close_id = \(close)
          """) == [
            "\(document.close_id),\(document.status),\(document.chain_digest),\(records.read),"
              + "\(records.accepted),\(records.quarantined)"
          ])
    }
  }

  @Test(
    "come with names that no spreadsheet takes for a formula",
    arguments: [
      "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\",\"y\")", "\n=1",
    ])
  func textIsNeverFormula(name: String) throws {
    let place = try TestDirectory()
    let quoted = name.replacingOccurrences(of: "\"", with: "\"\"")
    try place.write(
      "chart.csv",
      "account_code,account_name,normal_side\n1000,\"\(quoted)\",DR\n3000,Paid-in capital,CR\n")
    try place.export("2026-01-05", [TestDirectory.entry(1, on: "2026-01-05")])
    #expect(try place.close(through: "2026-01-05", "--reports", "reports").exitCode == 0)
    for file in ["trial-balance.csv", "rollforward.csv"] {
      let text = try place.text("reports/\(TestDirectory.tenant)/2026-01-05/\(file)")
      let names = CSVTable(text)["account_name"]
      #expect(names.count == 2)
      #expect(names.first == "'" + name)
    }
  }
}
