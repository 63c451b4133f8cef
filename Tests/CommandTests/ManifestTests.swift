import Testing

@Suite("A manifest")
struct ManifestTests {
  private static let date = "2026-01-05"
  private static let manifest = "\(TestDirectory.dateDirectory(date))/manifest.json"

  /// Two parts: two sound entries of 500, and one that does not balance and counts all the same.
  private func place(manifest: String) throws -> TestDirectory {
    let place = try TestDirectory()
    try place.export(
      Self.date, [TestDirectory.entry(1, on: Self.date), TestDirectory.entry(2, on: Self.date)])
    try place.export(
      Self.date, [TestDirectory.entry(3, on: Self.date, debit: "9999")], part: "part-00001.ndjson")
    try place.write(Self.manifest, manifest)
    return place
  }

  private static let rightTotals =
    #"[{"currency":"USD","layer":"SETTLED","dr_minor":"1500","cr_minor":1500}]"#
  private static let rightParts =
    #"[{"file":"part-00000.ndjson","entry_count":2},{"file":"part-00001.ndjson"}]"#

  @Test("that is right passes, quarantined records counted in")
  func correctManifestPasses() throws {
    let place = try place(
      manifest: """
        {"tenant_id":"\(TestDirectory.tenant)","date":"\(Self.date)","entry_count":3,"line_count":6,
         "control_totals":\(Self.rightTotals),"parts":\(Self.rightParts),"exporter":"v7"}
        """)
    #expect(try place.close(through: Self.date).exitCode == 1)
    #expect(
      try place.store().rows(
        "SELECT DISTINCT status FROM tie_out WHERE check_name = 'completeness'") == ["pass"])
  }

  /// A manifest that is wrong, the scope that must fail, and by how much.
  static let wrong = [
    (#"{"entry_count":4}"#, "entries", "-1"),
    (#"{"line_count":5}"#, "lines", "1"),
    (
      #"{"parts":[{"file":"part-00000.ndjson","entry_count":3},{"file":"part-00001.ndjson"}]}"#,
      "entries of part-00000.ndjson", "-1"
    ),
    (controls(debits: #""1499""#, credits: "1500"), "USD SETTLED DR", "1"),
    (controls(debits: "1500", credits: "1501"), "USD SETTLED CR", "-1"),
    // Past 64 bits: the difference is told in the detail alone.
    (controls(debits: "1500", credits: #""99999999999999999999""#), "USD SETTLED CR", ""),
    (#"{"control_totals":[]}"#, "USD SETTLED CR", "1500"),
  ]

  @Test("with wrong counts or totals fails completeness, and the date closes", arguments: wrong)
  func wrongFiguresFailCompleteness(manifest: String, scope: String, difference: String) throws {
    let place = try place(manifest: manifest)
    let outcome = try place.close(through: Self.date)
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("BREAKS completeness"))
    let failed = try place.store().table(
      "SELECT scope, difference_minor, detail FROM tie_out WHERE status = 'fail'")
    #expect(failed.contains { $0[0] == scope && $0[1] == difference })
    if difference.isEmpty { #expect(failed[0][2].contains("99999999999999999999")) }
  }

  private static func controls(debits: String, credits: String) -> String {
    """
    {"control_totals":[{"currency":"USD","layer":"SETTLED",\
    "dr_minor":\(debits),"cr_minor":\(credits)}]}
    """
  }

  /// A manifest with which the date cannot close, and what the message must say.
  static let refused = [
    (#"{"parts":[]}"#, ["part-00000.ndjson", "unlisted_part"]),
    (#"{"parts":[{"file":"part-00000.ndjson"}]}"#, ["part-00001.ndjson", "unlisted_part"]),
    (
      #"{"parts":[{"file":"part-00000.ndjson"},{"file":"part-00001.ndjson"},{"file":"part-00002.ndjson"}]}"#,
      ["part-00002.ndjson", "missing_part"]
    ),
    (
      #"{"parts":[{"file":"part-00000.ndjson","bytes":7},{"file":"part-00001.ndjson"}]}"#,
      ["part-00000.ndjson", "part_size_mismatch"]
    ),
    (
      #"{"parts":[{"file":"part-00000.ndjson"},{"file":"part-00001.ndjson","sha256":"00ff"}]}"#,
      ["part-00001.ndjson", "part_digest_mismatch"]
    ),
    (#"{"tenant_id":"0f000000-0000-4000-8000-00000000000b"}"#, ["invalid_manifest", "000b"]),
    (#"{"date":"2026-01-06"}"#, ["invalid_manifest", "2026-01-06"]),
    (#"{"parts":[{"name":"part-00000.ndjson"}]}"#, ["invalid_manifest", "file"]),
    (#"{"entry_count":"three"}"#, ["invalid_manifest", "entry_count"]),
    (#"{"entry_count":3,}"#, ["invalid_manifest", "byte 17"]),
    (#"{"entry_count":3,"entry_count":4}"#, ["invalid_manifest"]),
    ("", ["manifest.json", "invalid_manifest"]),
  ]

  @Test("that the parts contradict, or that is none, stops the date", arguments: refused)
  func contradictedManifestStopsTheDate(manifest: String, says: [String]) throws {
    let place = try place(manifest: manifest)
    let outcome = try place.close(through: Self.date)
    #expect(outcome.exitCode == 2)
    for word in says { #expect(outcome.output.contains(word), "\(outcome.output)") }
    #expect(try place.store().rowCount() == 0)
  }

  @Test("that is missing stops the date only if the job requires one")
  func missingManifestStopsTheDateIfRequired() throws {
    let place = try place(manifest: "{}")
    try place.remove(Self.manifest)
    let strict = try place.close(through: Self.date, "--require-manifest")
    #expect(strict.exitCode == 2)
    #expect(strict.output.contains("missing_manifest"))
    #expect(try place.store().rowCount() == 0)
    #expect(try place.close(through: Self.date).exitCode == 1)
    #expect(
      try place.store().rows("SELECT status FROM tie_out WHERE check_name = 'completeness'")
        == ["inconclusive"])
  }

  @Test("is required by the job file too")
  func jobFileCanRequireAManifest() throws {
    let place = try place(manifest: "{}")
    try place.write(
      "job.yaml",
      """
      exports: exports
      chart: chart.csv
      store: books.sqlite
      date: \(Self.date)
      require_manifest: true
      """)
    #expect(try place.tieout("close", "--job", "job.yaml").exitCode == 1)
    try place.export("2026-01-06", [])
    let outcome = try place.tieout("close", "--job", "job.yaml", "--date", "2026-01-06")
    #expect(outcome.exitCode == 2)
    #expect(outcome.output.contains("missing_manifest"))
  }
}
