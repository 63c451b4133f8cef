public import LedgerDomain

/// A month-end pack being written: one zip archive, with a folder for each tenant if there are several.
///
/// The same months give the same bytes. Nothing is there under the archive's name until it is whole.
public final class PackArchive {
  private let zip: ZipWriter
  private let month: CalendarMonth
  /// Whether the archive has one tenant, whose files are then not in a folder.
  private let isSingle: Bool
  private var sums: [(name: String, digest: String)] = []
  private var tenants: [PackIndex.Tenant] = []

  /// An archive at a path.
  ///
  /// - Parameter isSingle: whether it is of one tenant.
  public init(_ path: String, month: CalendarMonth, isSingle: Bool) throws(ReportError) {
    zip = try ZipWriter(path)
    self.month = month
    self.isSingle = isSingle
  }

  /// Adds a tenant's month.
  ///
  /// - Throws: `ReportError`, or what the details throw; the archive cannot be finished then.
  public func add(_ record: MonthRecord, _ details: some MonthDetails) throws {
    let folder = isSingle ? "" : "\(record.tenant)/"
    let tables = MonthTables(record: record)
    var digests: [PackFile: String] = [:]
    for file in PackFile.allCases {
      digests[file] = try add(folder + file.rawValue) { output in
        try Self.write(file, tables, details, to: &output)
      }
    }
    let page = MonthPage(record: record, digests: digests, hasIndex: !isSingle)
    _ = try add(folder + "index.html") { try page.write(to: &$0) }
    tenants.append(PackIndex.Tenant(record))
  }

  private static func write(
    _ file: PackFile, _ tables: MonthTables, _ details: some MonthDetails,
    to output: inout ReportOutput
  ) throws {
    let record = tables.record
    switch file {
    case .trialBalance: try tables.writeTrialBalance(to: &output)
    case .rollforward: try RollforwardCSV.write(record.rollforward, record.chart, to: &output)
    case .openItems: try tables.writeOpenItems(to: &output)
    case .bankReconciliations: try tables.writeBankReconciliations(to: &output)
    case .bankItems:
      try BankItemsCSV.write(record.bankAccounts, on: record.dates.upperBound, to: &output)
    case .settlements: try tables.writeSettlements(to: &output)
    case .certifications: try tables.writeCertifications(to: &output)
    case .tieOuts: try tables.writeTieOuts(to: &output)
    case .closes: try tables.writeCloses(to: &output)
    case .restatements:
      var table = CSVWriter(columns: RestatementsCSV.columns)
      try details.forEachRestatingClose { try RestatementsCSV.add($0, to: &table, &output) }
      try table.flush(to: &output, atEnd: true)
    case .quarantine:
      var table = CSVWriter(columns: CloseTables.quarantineColumns)
      try details.forEachQuarantine { try CloseTables.addQuarantine($0, to: &table, &output) }
      try table.flush(to: &output, atEnd: true)
    case .inputParts:
      var table = CSVWriter(columns: CloseTables.inputPartsColumns)
      try details.forEachInput { try CloseTables.addParts($0, to: &table, &output) }
      try table.flush(to: &output, atEnd: true)
    }
  }

  /// Adds a tenant that has no closed date in the month.
  public func add(
    _ tenant: TenantID, name: String?, first: BusinessDate, closedThrough: BusinessDate
  ) {
    tenants.append(
      PackIndex.Tenant(tenant, name: name, month, first: first, closedThrough: closedThrough))
  }

  /// Finishes the archive and gives it its name.
  ///
  /// - Parameters:
  ///   - verification: what the verification printed.
  ///   - faults: what differs in the store as a whole.
  /// - Returns: the SHA-256 of the archive, in lower-case hexadecimal.
  public func finish(verification: String, faults: [String]) throws -> String {
    _ = try add(PackIndex.verificationFile) { try $0.write(verification) }
    if !isSingle {
      let index = PackIndex(month: month, tenants: tenants, faults: faults)
      _ = try add("index.html") { try index.write(to: &$0) }
    }
    let lines = sums.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      .map { "\($0.digest)  \($0.name)\n" }
    _ = try zip.add("SHA256SUMS") { try $0.write("# tieout pack \(month)\n" + lines.joined()) }
    return try zip.finish()
  }

  private func add(
    _ name: String, _ write: (inout ReportOutput) throws -> Void
  ) throws -> String {
    let digest = try zip.add(name, write)
    sums.append((name, digest))
    return digest
  }
}
