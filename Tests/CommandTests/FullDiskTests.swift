import Testing

@Suite("A disk that is full")
struct FullDiskTests {
  private static let essence = """
    SELECT tenant_id, business_date, chain_digest FROM close_run ORDER BY tenant_id, business_date
    """

  /// Closes with files that may not grow past this many KiB, which a write past it is told.
  private func close(_ place: TestDirectory, kibibytes: Int) throws -> CommandOutcome {
    try TieoutProcess(
      ["close", "--job", "job.yaml"], in: place,
      launcher: [
        "/bin/bash", "-c", "trap '' XFSZ; ulimit -f \(kibibytes); exec \"$@\"", "close",
      ]
    ).wait()
  }

  @Test(
    "during a commit ends the run with 2 and leaves whole closes only, and another run finishes",
    arguments: [20, 300, 900, 1200, 1500, 1800, 2100])
  func fullDiskDuringACommitLeavesWholeCloses(kibibytes: Int) throws {
    let place = try TestDirectory()
    _ = try place.tieout(
      "demo", "--out", ".", "--tenants", "3", "--dates", "50", "--entries", "20", "--no-defects")
    try place.write(
      "job.yaml",
      try place.text("job.yaml").replacing("reports: reports", with: "# without reports"))
    let whole = try place.tieout("close", "--job", "job.yaml", "--store", "undisturbed.sqlite")
    #expect(whole.exitCode == 0, "\(whole.errors)\(whole.output)")
    let expected = try place.store("undisturbed.sqlite").rows(Self.essence)
    let full = try close(place, kibibytes: kibibytes)
    #expect(full.exitCode == 2)
    // The cause itself, not what comes of going on after it.
    #expect(full.errors.contains("disk I/O error") && full.errors.contains("write_failed"))
    #expect(full.output == "")
    if kibibytes > 100 {
      let store = place.store()
      #expect(try store.rows("PRAGMA integrity_check") == ["ok"])
      #expect(try Set(store.rows(Self.essence)).isSubset(of: expected))
    }
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 0)
    #expect(try place.store().rows(Self.essence) == expected)
  }
}
