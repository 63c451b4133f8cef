import Crypto
import Foundation
import Testing

@Suite(
  "The figures of a pack are those of the store",
  .enabled(if: PackedMonth.isPossible, "unzip is not installed"))
struct PackFiguresTests {
  /// Books of two tenants with everything that a pack tells, and their pack.
  ///
  /// The last dates are in February: entries that they post into January restate it.
  private final class Packed {
    let place: TestDirectory
    let pack: PackedMonth
    let outcome: CommandOutcome
    let tenants: [String]

    init() throws {
      place = try TestDirectory()
      _ = try place.tieout(
        "demo", "--all-defects", "--out", ".", "--tenants", "2", "--dates", "6", "--first-date",
        "2026-01-28", "--entries", "90")
      #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 1)
      tenants = try place.store().rows("SELECT DISTINCT tenant_id FROM close_run ORDER BY 1")
      for date in ["2026-01-29", "2026-01-31"] {
        #expect(
          try place.tieout(
            "signoff", "--job", "job.yaml", "--tenant", tenants[0], "--date", date, "--by", "Ada",
            "--note", "=1+1, \"seen\""
          ).exitCode == 0)
      }
      outcome = try place.tieout("pack", "--job", "job.yaml", "--month", "2026-01")
      pack = try PackedMonth("reports/packs/2026-01.zip", in: place)
    }

    /// Compares columns of a file, of both tenants, with a query that has the tenant as `$T`.
    func compare(_ file: String, _ columns: [String], _ sql: String, least: Int = 1) throws {
      var rows = 0
      for tenant in tenants {
        let stored = try place.store().table(sql.replacingOccurrences(of: "$T", with: tenant))
        #expect(
          try pack.table("\(tenant)/\(file)").selecting(columns) == stored, "\(file) \(tenant)")
        rows += stored.count
      }
      #expect(rows >= least, "\(file)")
    }
  }

  private static let keys = ["account_code", "currency", "layer"]

  @Test("for balances, movements, restatements and closes")
  func ledgerFiguresMatchStore() throws {
    let packed = try Packed()
    #expect(packed.outcome.exitCode == 1, "\(packed.outcome.errors)")
    try packed.compare(
      "trial-balance.csv", Self.keys + ["dr_balance_minor", "cr_balance_minor", "close_id"],
      """
      SELECT account_code, currency, layer, dr_balance_minor, cr_balance_minor, close_id
      FROM current_balance WHERE tenant_id = '$T' AND as_of_date = '2026-01-31' ORDER BY 1, 2, 3
      """, least: 60)
    try packed.compare(
      "rollforward.csv", Self.keys + ["closing_dr_minor", "closing_cr_minor"],
      """
      SELECT account_code, currency, layer, dr_balance_minor, cr_balance_minor
      FROM current_balance WHERE tenant_id = '$T' AND as_of_date = '2026-01-31' ORDER BY 1, 2, 3
      """, least: 60)
    for (column, condition) in [("movement", "<="), ("backdated", ">")] {
      try packed.compare(
        "rollforward.csv", Self.keys + ["\(column)_dr_minor", "\(column)_cr_minor"],
        """
        SELECT b.account_code, b.currency, b.layer, coalesce(sum(m.dr_minor), 0),
          coalesce(sum(m.cr_minor), 0)
        FROM current_balance b LEFT JOIN (
          SELECT m.* FROM movement m JOIN close_run c ON c.close_id = m.close_id
          WHERE c.replaced_by_close_id IS NULL AND c.business_date \(condition) '2026-01-31'
            AND m.effective_date <= '2026-01-31') m
          ON (m.tenant_id, m.account_code, m.currency, m.layer)
            = (b.tenant_id, b.account_code, b.currency, b.layer)
        WHERE b.tenant_id = '$T' AND b.as_of_date = '2026-01-31' GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
        """, least: 60)
    }
    try packed.compare(
      "closes.csv", ["close_id", "business_date", "input_digest", "chain_digest", "records_read"],
      """
      SELECT close_id, business_date, input_digest, chain_digest, records_read FROM close_run
      WHERE tenant_id = '$T' AND business_date <= '2026-01-31' ORDER BY 1
      """, least: 8)
    try packed.compare(
      "input-parts.csv", ["close_id", "file", "bytes", "sha256", "records"],
      """
      SELECT p.close_id, file, bytes, sha256, records FROM input_part p JOIN close_run c USING (close_id)
      WHERE c.tenant_id = '$T' AND business_date <= '2026-01-31' ORDER BY 1, 2
      """, least: 8)
  }

  @Test("for what changed afterwards, and what opening and movement add up to")
  func restatementsMatchStore() throws {
    let packed = try Packed()
    for tenant in packed.tenants {
      let stored = try packed.place.store().table(
        """
        SELECT close_id, account_code, currency, layer, as_of_date, dr_before_minor,
          cr_before_minor, dr_after_minor, cr_after_minor
        FROM restatement WHERE tenant_id = '\(tenant)' AND as_of_date <= '2026-01-31'
        ORDER BY 1, 2, 3, 4, 5
        """)
      let table = try packed.pack.table("\(tenant)/restatements.csv")
      let columns =
        ["close_id"] + Self.keys + ["as_of_date"]
        + ["dr_before_minor", "cr_before_minor", "dr_after_minor", "cr_after_minor"]
      let rows = zip(table["row"], table.selecting(columns)).filter { $0.0 == "balance" }
      #expect(
        rows.map(\.1).sorted { $0.lexicographicallyPrecedes($1) }
          == stored.sorted { $0.lexicographicallyPrecedes($1) })
      #expect(!stored.isEmpty && table["row"].contains("entry"))
      let rollforward = try packed.pack.table("\(tenant)/rollforward.csv")
      for side in ["dr", "cr"] {
        let parts = ["opening", "backdated", "movement", "closing"].map { "\($0)_\(side)_minor" }
        for row in rollforward.selecting(parts) {
          let figures = row.compactMap { Int($0) }
          #expect(figures.count == 4 && figures[0...2].reduce(0, +) == figures[3])
        }
      }
      // Entries that February posted into January are backdated, those of January are not.
      #expect(rollforward["backdated_dr_minor"].contains { $0 != "0" })
    }
  }

  @Test("for tie-outs, quarantine, banks and certifications")
  func decisionsMatchStore() throws {
    let packed = try Packed()
    for tenant in packed.tenants {
      let stored = try packed.place.store().table(
        """
        SELECT business_date, close_id, file, record, code, currency, layer, dr_minor, cr_minor
        FROM quarantined_record WHERE tenant_id = '\(tenant)' AND business_date <= '2026-01-31'
        """)
      let table = try packed.pack.table("\(tenant)/quarantine.csv")
      let rows = table.selecting(
        ["business_date", "close_id", "file", "record", "code"]
          + ["currency", "layer", "dr_minor", "cr_minor"])
      #expect(rows.count == stored.count && Set(rows) == Set(stored) && stored.count > 10)
      #expect(
        try table["records"].compactMap { Int($0) }.reduce(0, +)
          == packed.place.store().table(
            """
            SELECT sum(records_quarantined) FROM close_run
            WHERE tenant_id = '\(tenant)' AND business_date <= '2026-01-31'
            """
          ).flatMap(\.self).compactMap { Int($0) }.reduce(0, +))
    }
    try packed.compare(
      "bank-reconciliations.csv",
      [
        "business_date", "bank_account", "status", "ledger_closing_minor", "difference_minor",
        "version",
      ],
      """
      SELECT business_date, bank_account_ref, status, ledger_closing_minor, difference_minor, version
      FROM current_bank_reconciliation WHERE tenant_id = '$T' AND business_date <= '2026-01-31'
      ORDER BY business_date, 2
      """, least: 8)
    try packed.compare(
      "certifications.csv", ["business_date", "close_id", "certified_by"],
      """
      SELECT c.business_date, c.close_id, coalesce(f.name, '') FROM close_run c
      LEFT JOIN certification f USING (close_id)
      WHERE c.tenant_id = '$T' AND c.business_date <= '2026-01-31' ORDER BY 1
      """, least: 8)
    let notes = try packed.pack.table("\(packed.tenants[0])/certifications.csv")["note"]
    #expect(notes == ["", "'=1+1, \"seen\"", "", "'=1+1, \"seen\""])
    for tenant in packed.tenants {
      let tieOuts = try packed.pack.table("\(tenant)/tie-outs.csv")
      let stored = try packed.place.store().table(
        """
        SELECT business_date, check_name, scope, status, expected_minor, actual_minor FROM tie_out
        WHERE tenant_id = '\(tenant)' AND business_date <= '2026-01-31'
          AND check_name <> 'bank_reconciliation' ORDER BY close_id
        """)
      let columns = ["business_date", "check", "scope", "status", "expected_minor", "actual_minor"]
      let rows = tieOuts.selecting(columns).filter { $0[1] != "bank_reconciliation" }
      #expect(Set(rows) == Set(stored) && rows.count == stored.count)
    }
  }

  @Test("and each file has the digest that SHA256SUMS and the page say")
  func digestsMatchFiles() throws {
    let packed = try Packed()
    let lines = try packed.pack.text("SHA256SUMS").split(separator: "\n")
    #expect(lines.first == "# tieout pack 2026-01")
    var named: [String] = []
    for line in lines.dropFirst() {
      let parts = line.components(separatedBy: "  ")
      let digest = SHA256.hash(data: try packed.pack.bytes(parts[1]))
        .map { String(format: "%02x", $0) }.joined()
      #expect(digest == parts[0], "\(parts[1])")
      if parts[1].hasSuffix(".csv") {
        let folder = parts[1].split(separator: "/")[0]
        #expect(try packed.pack.text("\(folder)/index.html").contains(digest))
      }
      named.append(parts[1])
    }
    #expect(named == named.sorted() && Set(named + ["SHA256SUMS"]) == Set(try packed.pack.names()))
    #expect(named.count == 2 * 13 + 2)
    let zip = SHA256.hash(data: try packed.place.bytes("reports/packs/2026-01.zip"))
    #expect(
      packed.outcome.output.contains(
        "sha256 \(zip.map { String(format: "%02x", $0) }.joined())\n"))
  }

  @Test("open with the last balances of the month before, as known now")
  func openingIsThatOfTheMonthBefore() throws {
    let packed = try Packed()
    #expect(
      try packed.place.tieout("pack", "--job", "job.yaml", "--month", "2026-02").exitCode == 1)
    let february = try PackedMonth("reports/packs/2026-02.zip", in: packed.place)
    for tenant in packed.tenants {
      let opening = try february.table("\(tenant)/rollforward.csv")
      let closing = try packed.pack.table("\(tenant)/trial-balance.csv")
      let amounts = Dictionary(
        uniqueKeysWithValues: zip(
          closing.selecting(Self.keys),
          closing.selecting(["dr_balance_minor", "cr_balance_minor"])))
      for (key, row) in zip(
        opening.selecting(Self.keys),
        opening.selecting(["opening_dr_minor", "opening_cr_minor"]))
      {
        #expect(row == amounts[key] ?? ["0", "0"], "\(key)")
      }
      // The restatements of January's last date are those of the opening.
      let restated = try february.table("\(tenant)/restatements.csv")
      #expect(restated["as_of_date"].contains("2026-01-31"))
      #expect(!restated["as_of_date"].contains("2026-01-30"))
    }
  }

  @Test("are the same after superseded versions were pruned")
  func pruningChangesNoFigure() throws {
    let packed = try Packed()
    let pruned = try packed.place.tieout("prune", "--job", "job.yaml", "--before", "2026-02-02")
    #expect(pruned.exitCode == 0, "\(pruned.errors)")
    #expect(
      try packed.place.tieout("pack", "--job", "job.yaml", "--month", "2026-01", "--out", "again.zip")
        .exitCode == 1)
    let again = try PackedMonth("again.zip", in: packed.place)
    let files = try packed.pack.names().filter { $0.hasSuffix(".csv") }
    #expect(files.count == 24)
    for file in files { #expect(try again.bytes(file) == packed.pack.bytes(file), "\(file)") }
  }
}
