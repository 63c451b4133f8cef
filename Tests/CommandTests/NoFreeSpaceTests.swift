import Testing

@Suite(
  "A disk without free space",
  .enabled(if: SmallDisk.isPossible(), "no file system can be mounted here"))
struct NoFreeSpaceTests {
  /// 28 closes, of which every one writes some rows.
  private func ledger() throws -> CampaignLedger {
    try CampaignLedger(tenants: 1, last: "2026-01-28", dates: 28, entries: 60)
  }

  private func close(_ ledger: CampaignLedger, store: String, reports: String, through date: String)
    throws -> CommandOutcome
  {
    let place = ledger.place
    return try TieoutProcess(
      [
        "close", "--job", place.path("job.yaml"), "--store", store, "--reports", reports, "--date",
        date,
      ], in: place
    ).wait()
  }

  @Test("is told of before a commit, nothing of which is written", arguments: ["4300k", "4500k"])
  func missingSpaceIsReportedBeforeACommit(size: String) throws {
    let ledger = try ledger()
    let proof = try CampaignProof(.close, ledger)
    let disk = try SmallDisk(ledger.place, size: size)
    let (store, reports) = ("\(disk.path)/books.sqlite", ledger.place.path("reports"))
    let full = try close(ledger, store: store, reports: reports, through: ledger.last)
    #expect(full.exitCode == 2)
    #expect(full.errors.contains("disk_full") && full.errors.contains(store), "\(full.errors)")
    let reader = ledger.place.store("disk/books.sqlite")
    #expect(try reader.rows("SELECT 1 FROM close_run") == [])
    #expect(try reader.faults() == [])
    #expect(!ledger.place.exists("reports"))
    disk.resize("64m")
    let again = try close(ledger, store: store, reports: reports, through: ledger.last)
    #expect(again.exitCode == 0, "\(again.errors)")
    #expect(try reader.books() == proof.end.books)
    #expect(try WholeReports(root: "reports", place: ledger.place).contents() == proof.end.contents)
  }

  @Test("leaves the closes that were committed before it was used up")
  func earlierCommitsAreKept() throws {
    let ledger = try ledger()
    let proof = try CampaignProof(.close, ledger)
    let disk = try SmallDisk(ledger.place, size: "64m")
    let (store, reports) = ("\(disk.path)/books.sqlite", "\(disk.path)/reports")
    #expect(
      try close(ledger, store: store, reports: reports, through: "2026-01-05").exitCode == 0)
    let used = try ledger.place.bytes("disk/books.sqlite").count / 1024
    disk.resize("\(used + 4300)k")
    let full = try close(ledger, store: store, reports: reports, through: ledger.last)
    #expect(full.exitCode == 2)
    #expect(full.errors.contains("disk_full"), "\(full.errors)")
    let reader = ledger.place.store("disk/books.sqlite")
    #expect(try reader.rows("SELECT 1 FROM close_run").count == 5)
    #expect(try reader.faults() == [])
    disk.resize("64m")
    #expect(try close(ledger, store: store, reports: reports, through: ledger.last).exitCode == 0)
    #expect(try reader.books() == proof.end.books)
    let sets = WholeReports(root: "disk/reports", place: ledger.place)
    #expect(try sets.contents() == proof.end.contents && sets.faults() == [])
  }

  @Test("for reports is failure; the closes stay, and the next run writes the reports")
  func missingSpaceForReportsKeepsTheCloses() throws {
    let ledger = try ledger()
    let proof = try CampaignProof(.close, ledger)
    let disk = try SmallDisk(ledger.place, size: "200k")
    let (store, reports) = (ledger.place.path("books.sqlite"), "\(disk.path)/reports")
    let full = try close(ledger, store: store, reports: reports, through: ledger.last)
    #expect(full.exitCode == 2)
    #expect(full.output.contains("No space left on device"))
    #expect(try ledger.place.store().books() == proof.end.books)
    let sets = WholeReports(root: "disk/reports", place: ledger.place)
    #expect(try sets.faults() == [])
    disk.resize("64m")
    #expect(try close(ledger, store: store, reports: reports, through: ledger.last).exitCode == 0)
    #expect(try sets.faults() == [] && sets.contents() == proof.end.contents)
    #expect(try sets.drafts() == [])
  }
}
