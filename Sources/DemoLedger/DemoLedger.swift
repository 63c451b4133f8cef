import Foundation

/// A lending ledger's nightly exports, generated rather than exported: for demonstrations, tests
/// and benchmarks.
///
/// The tree holds everything a close needs, bank statements and loan tapes to compare it with, and
/// `planted.csv` lists every finding that closing it must give. The same options give the same bytes.
///
///     let summary = try DemoLedger(DemoOptions()).write(to: "demo")
///     // demo/job.yaml, demo/chart.csv, demo/opening, demo/exports, demo/planted.csv
public struct DemoLedger {
  private let options: DemoOptions

  /// A ledger with these options.
  public init(_ options: DemoOptions) {
    self.options = options
  }

  /// Writes the ledger's files below a directory, which is created if there is none.
  ///
  /// - Parameter directory: where the tree goes; its `exports` must be missing or empty.
  /// - Returns: what was written, and where.
  /// - Throws: `DemoLedgerError` if an option is out of range, if there are exports already, or if
  ///   a file cannot be written.
  /// - Complexity: O(entries), in memory that does not depend on them.
  public func write(to directory: String) throws -> DemoSummary {
    let options = try options.checked()
    let files = DemoFiles(directory: directory)
    try files.prepare(withOpening: options.opensWithBalances)
    try FileSink.write(DemoChart.csv, to: files.chart)
    try FileSink.write(files.job(options), to: files.job)
    let planted = try PlantedFindings(path: files.planted)
    let breaks = PlantedBreakList()
    var counts = Counts()
    var tenants: [String] = []
    for index in 0..<options.tenants {
      let tenant = DemoTenant(index: index, options: options)
      tenants.append(tenant.identifier.text)
      let opening =
        options.opensWithBalances ? OpeningBalance.balances(of: tenant, options: options) : []
      let counterparties =
        options.hasStatements
        ? try CounterpartyBooks(
          tenant: tenant, options: options, opening: opening, files: files, breaks: breaks) : nil
      try write(
        tenant, opening, counterparties, options: options, files: files, planted: planted,
        counts: &counts)
    }
    try planted.finish()
    let hasStatements = options.hasStatements
    if hasStatements { try breaks.write(to: files.plantedBreaks) }
    return DemoSummary(
      tenants: tenants, firstDate: options.firstDate, lastDate: options.lastDate,
      entries: counts.entries, lines: counts.lines, recordBytes: counts.recordBytes,
      planted: planted.count, plantedBreaks: breaks.count,
      scenes: DemoStory.scenes(options), jobFile: files.job,
      exports: files.exports, chart: files.chart,
      opening: options.opensWithBalances ? files.opening : nil, plantedFile: files.planted,
      statements: hasStatements ? files.statements : nil,
      laterStatements: hasStatements && options.plantsDefects ? files.laterStatements : nil,
      loanTape: hasStatements ? files.loanTape : nil,
      plantedBreaksFile: hasStatements ? files.plantedBreaks : nil,
      bankAccounts: hasStatements ? DemoBankAccount.all : [])
  }

  private struct Counts {
    var entries = 0
    var lines = 0
    var recordBytes = 0
  }

  private func write(
    _ tenant: DemoTenant, _ opening: [OpeningBalance], _ counterparties: CounterpartyBooks?,
    options: DemoOptions, files: DemoFiles, planted: PlantedFindings, counts: inout Counts
  ) throws {
    if options.opensWithBalances {
      let path = "\(files.opening)/\(tenant.identifier.text).csv"
      try FileSink.write(OpeningBalance.csv(opening), to: path)
    }
    var balances = BalanceModel(opening: opening)
    var earlier = EarlierEntries()
    for dateIndex in 0..<options.dates {
      var day = DateWriter(
        tenant: tenant, dateIndex: dateIndex, options: options, balances: balances,
        earlier: earlier, planted: planted, counterparties: counterparties, exports: files.exports)
      try day.write()
      balances = day.balances
      earlier = day.earlier
      counts.entries += day.totals.entryCount
      counts.lines += day.totals.lineCount
      counts.recordBytes += day.recordBytes
    }
  }
}
