public import LedgerDomain

/// Whether everything that the exporter sent was read: counts and control totals against the manifest.
///
/// Names, sizes and digests of parts are checked before, since they stop the date.
public enum CompletenessCheck {
  /// One part's count of entries.
  public struct PartCount: Sendable {
    /// The part's name.
    public let file: String
    /// The manifest's count, if it has one.
    public let expected: Int?
    /// What was read.
    public let actual: Int

    /// Creates a count.
    public init(file: String, expected: Int?, actual: Int) {
      self.file = file
      self.expected = expected
      self.actual = actual
    }
  }

  /// The comparisons with a manifest.
  ///
  /// - Parameters:
  ///   - manifest: the manifest's totals; `nil` if there is none.
  ///   - parts: each part's count.
  ///   - read: what was read, all three figures present.
  public static func tieOuts(
    manifest: ExportTotals?, parts: [PartCount], read: ExportTotals
  ) -> [TieOut] {
    guard let manifest else {
      return [
        .inconclusive(.completeness, detail: "The export has no manifest to compare with.")
      ]
    }
    var tieOuts = [
      TieOut(
        .completeness, scope: "parts", expected: Int128(parts.count), actual: Int128(parts.count),
        detail: "The parts read are exactly those that the manifest names.")
    ]
    if let expected = manifest.entryCount, let actual = read.entryCount {
      tieOuts.append(count("entries", expected, actual))
    }
    if let expected = manifest.lineCount, let actual = read.lineCount {
      tieOuts.append(count("lines", expected, actual))
    }
    for part in parts {
      guard let expected = part.expected, expected != part.actual else { continue }
      tieOuts.append(count("entries of \(part.file)", expected, part.actual))
    }
    if let expected = manifest.controlTotals {
      tieOuts += controls(expected: expected, actual: read.controlTotals ?? [:])
    }
    return tieOuts
  }

  private static func count(_ scope: String, _ expected: Int, _ actual: Int) -> TieOut {
    TieOut(
      .completeness, scope: scope, expected: Int128(expected), actual: Int128(actual),
      detail: "The manifest lists \(expected) \(scope); \(actual) were readable.")
  }

  private static func controls(
    expected: [CurrencyLayer: WideTotals], actual: [CurrencyLayer: WideTotals]
  ) -> [TieOut] {
    Set(expected.keys).union(actual.keys).sorted().flatMap { pair in
      let wanted = expected[pair] ?? WideTotals()
      let found = actual[pair] ?? WideTotals()
      return [
        TieOut(
          .completeness, scope: "\(pair) DR", expected: wanted.debitMinor,
          actual: found.debitMinor, detail: "Control total of debits."),
        TieOut(
          .completeness, scope: "\(pair) CR", expected: wanted.creditMinor,
          actual: found.creditMinor, detail: "Control total of credits."),
      ]
    }
  }
}
