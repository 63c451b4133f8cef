import Foundation
import Testing

@Suite("tieout pack", .enabled(if: PackedMonth.isPossible, "unzip is not installed"))
struct PackCommandTests {
  private static let tenant = TestDirectory.tenant
  private static let file = "reports/packs/2026-01.zip"

  /// Every date from 29 January on closed, each with an entry.
  private func closed(
    through last: String = "2026-01-31", chart: String? = nil
  ) throws -> TestDirectory {
    let place = try TestDirectory()
    if let chart { try place.write("chart.csv", chart) }
    for (number, date) in ["2026-01-29", "2026-01-30", "2026-01-31", "2026-02-01"].enumerated()
    where date <= last {
      try place.export(date, [TestDirectory.entry(number + 1, on: date)])
    }
    #expect(try place.close(through: last, "--reports", "reports").exitCode == 0)
    return place
  }

  @Test("of one tenant has its files at the top, and exits with 0 if nothing is open")
  func packOfOneTenant() throws {
    let place = try closed()
    let outcome = try place.pack()
    #expect(outcome.exitCode == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.hasPrefix("\(Self.file)\nsha256 "))
    #expect(
      outcome.output.contains(
        "nothing is open; the stored books are verified, the exports were not read"))
    let pack = try PackedMonth(Self.file, in: place)
    #expect(
      try pack.names() == [
        "SHA256SUMS", "bank-items.csv", "bank-reconciliations.csv", "certifications.csv",
        "closes.csv", "index.html", "input-parts.csv", "open-items.csv", "quarantine.csv",
        "restatements.csv", "rollforward.csv", "settlements.csv", "tie-outs.csv",
        "trial-balance.csv", "verification.txt",
      ])
    let page = try pack.text("index.html")
    #expect(page.contains("The month is closed and nothing is open."))
    #expect(page.contains("Verified: 3 closes from 2026-01-29 to 2026-01-31"))
    #expect(page.contains("No date is certified."))
    #expect(try pack.text("verification.txt").contains("the store is intact"))
    #expect(try pack.table("rollforward.csv")["closing_dr_minor"] == ["1500", "0"])
  }

  @Test("has the same bytes when it is made again, until the books change")
  func packIsReproducible() throws {
    let place = try closed()
    #expect(try place.pack("--out", "first.zip").exitCode == 0)
    #expect(try place.pack("--out", "second.zip").exitCode == 0)
    #expect(try place.bytes("first.zip") == place.bytes("second.zip"))
    try place.export(
      "2026-02-01", [TestDirectory.entry(9, on: "2026-02-01", effective: "2026-01-30")])
    #expect(try place.close(through: "2026-02-01").exitCode == 0)
    #expect(try place.pack("--out", "third.zip").exitCode == 0)
    #expect(try place.bytes("first.zip") != place.bytes("third.zip"))
    let pack = try PackedMonth("third.zip", in: place)
    #expect(try pack.table("rollforward.csv")["backdated_dr_minor"] == ["500", "0"])
    #expect(try pack.table("trial-balance.csv")["close_id"] == ["4", "4"])
    #expect(try pack.table("restatements.csv")["as_of_date"].contains("2026-01-31"))
    #expect(try pack.text("index.html").contains("<h3>After the month</h3>"))
  }

  @Test("of a month that is not wholly closed says so and exits with 1")
  func openMonthIsPreliminary() throws {
    let place = try closed(through: "2026-01-30")
    let outcome = try place.pack()
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("closed through 2026-01-30 only, 1 open item"))
    let pack = try PackedMonth(Self.file, in: place)
    #expect(
      try pack.text("index.html").contains(
        "Preliminary: closed through 2026-01-30. 1 date is not closed."))
    let items = try pack.table("open-items.csv")
    #expect(items.selecting(["item", "date", "count"]) == [["not_closed", "2026-01-31", "1"]])
    #expect(Set(try pack.table("trial-balance.csv")["as_of_date"]) == ["2026-01-30"])
  }

  @Test("of a month without a closed date, or a tenant without books, is refused")
  func nothingToPackIsRefused() throws {
    let place = try closed()
    for month in ["2025-12", "2026-02"] {
      let outcome = try place.pack(month: month)
      #expect(outcome.exitCode == 2 && outcome.errors.contains("[not_closed]"))
    }
    let stranger = try place.pack("--tenant", TestDirectory.otherTenant)
    #expect(stranger.exitCode == 2 && stranger.errors.contains("[not_closed]"))
    #expect(try place.pack(month: "January").exitCode == 64)
    #expect(
      try place.tieout("pack", "--store", "books.sqlite", "--month", "2026-01").exitCode == 64)
    #expect(!place.exists("reports/packs"))
  }

  @Test("of altered books says so in plain sight and exits with 2")
  func alteredBooksAreNotProved() throws {
    let place = try closed()
    try place.store().execute(
      "UPDATE stored_snapshot SET dr_balance_minor = dr_balance_minor + 1 WHERE close_id = 2 AND account_code = '1000'"
    )
    let outcome = try place.pack()
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("NOT PROVED"))
    let pack = try PackedMonth(Self.file, in: place)
    let page = try pack.text("index.html")
    #expect(page.contains("<p class=\"proof proof-bad\" id=\"verification\">Not verified"))
    #expect(page.contains("balance of 1000 USD SETTLED as of 2026-01-30"))
    #expect(page.contains("verdict-breaks"))
    #expect(try pack.text("verification.txt").contains("DIFFERS"))
    // The movement of the month no longer explains a balance that was altered on its last date.
    try place.store().execute(
      "UPDATE stored_snapshot SET dr_balance_minor = dr_balance_minor + 1 WHERE close_id = 3 AND account_code = '1000'"
    )
    #expect(try place.pack().exitCode == 2)
    #expect(
      try PackedMonth(Self.file, in: place).text("index.html").contains(
        "Not proved: what moved in the month does not explain every balance."))
  }

  @Test(
    "of several tenants has a folder for each, an index with their names, and those that are absent"
  )
  func packOfSeveralTenants() throws {
    let place = try closed(through: "2026-02-01")
    for date in ["2026-01-30", "2026-01-31", "2026-02-01"] {
      try place.export(
        date, date == "2026-01-31" ? ["{}"] : [], tenant: TestDirectory.otherTenant)
    }
    let late = "0f000000-0000-4000-8000-00000000000c"
    try place.export("2026-02-01", [], tenant: late)
    #expect(try place.close(through: "2026-02-01").exitCode == 1)
    let name = "</td><script>alert(1)</script>=1+1"
    try place.write("names.csv", "tenant_id,tenant_name\n\(TestDirectory.otherTenant),\(name)\n")
    #expect(try place.pack("--tenant-names", "names.csv").exitCode == 1)
    let pack = try PackedMonth(Self.file, in: place)
    let folders = Set(
      try pack.names().filter { $0.contains("/") }.map { $0.split(separator: "/")[0] })
    #expect(folders == [Substring(Self.tenant), Substring(TestDirectory.otherTenant)])
    let index = try pack.text("index.html")
    #expect(index.contains("1 of 3 tenants has something open."))
    #expect(
      index.contains("&lt;script&gt;alert(1)&lt;/script&gt;=1+1") && !index.contains("<script"))
    #expect(index.contains("The books begin on 2026-02-01, after the month."))
    // What is open comes first, whatever the order of the ids.
    let open = try #require(index.range(of: "\(TestDirectory.otherTenant)/index.html"))
    let quiet = try #require(index.range(of: "\(Self.tenant)/index.html"))
    #expect(open.lowerBound < quiet.lowerBound)
    let page = try pack.text("\(TestDirectory.otherTenant)/index.html")
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;=1+1") && !page.contains("<script"))
    #expect(
      page.contains("href=\"../index.html\"") && page.contains("href=\"../verification.txt\""))
    #expect(
      try pack.table("\(TestDirectory.otherTenant)/open-items.csv").selecting(["item", "count"])
        == [["open_quarantine", "1"]])
    let one = try place.pack("--tenant", Self.tenant)
    #expect(one.exitCode == 0)
    #expect(one.output.hasPrefix("reports/packs/2026-01-\(Self.tenant).zip\n"))
  }

  @Test("treats texts from outside as text in every file")
  func hostileTextsAreText() throws {
    let place = try closed(
      chart:
        "account_code,account_name,normal_side\n1000,\"=cmd|'x'!A1<b>\"\"\",DR\n3000,@SUM(1),CR\n")
    for text in ["=1+1\n<script>", "+a\",\"b"] {
      #expect(
        try place.tieout(
          "signoff", "--store", "books.sqlite", "--tenant", Self.tenant, "--date", "2026-01-30",
          "--by", text, "--note", text
        ).exitCode == 0)
    }
    #expect(try place.pack().exitCode == 0)
    let pack = try PackedMonth(Self.file, in: place)
    #expect(
      try pack.table("trial-balance.csv")["account_name"] == ["'=cmd|'x'!A1<b>\"", "'@SUM(1)"])
    #expect(try pack.table("rollforward.csv")["account_name"][1] == "'@SUM(1)")
    #expect(try pack.table("certifications.csv")["certified_by"] == ["", "'+a\",\"b", ""])
    let page = try pack.text("index.html")
    #expect(page.contains("=cmd|&#39;x&#39;!A1&lt;b&gt;&quot;") && !page.contains("A1<b>"))
    #expect(page.contains("+a&quot;,&quot;b") && !page.contains("<script"))
  }

  @Test("is written as JSON on demand")
  func summaryAsJSON() throws {
    let place = try closed(through: "2026-01-30")
    let outcome = try place.pack("--json")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let document = try #require(object as? [String: Any])
    #expect(document["exit_code"] as? Int == 1 && document["proved"] as? Bool == true)
    #expect(document["path"] as? String == Self.file)
    let tenants = try #require(document["tenants"] as? [[String: Any]])
    #expect(tenants.map { $0["dates_missing"] as? Int } == [1])
  }
}
