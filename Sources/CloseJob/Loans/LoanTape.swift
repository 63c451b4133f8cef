import DailyClose
import JournalReading
import LedgerDomain
import LoanTapeReading

/// The servicing system's loan tape of a date, read and sorted, with its faults.
///
/// A row that is malformed, or repeats a loan, is left out with a finding. If a file as a whole is not
/// a loan tape, nothing is compared.
final class LoanTape: LoanTapeSink {
  /// The files, in order of name; empty if there is no tape.
  private(set) var files: [ExportPart] = []
  /// The faults of the tape.
  private(set) var findings: FindingCollector
  /// Why the tape cannot be compared.
  private(set) var failure: ReadingError?
  /// The SHA-256 of the files; `nil` if there is no tape, or it cannot be read.
  private(set) var digest: String?
  private let sorter: LoanSorter
  private var merge: LoanMerge?
  private var last: LoanAmount?
  private var fileIndex = 0

  /// The bits of a place that hold the line number.
  private static let lineBits: Int64 = 40

  /// A tape that has not been read yet.
  init(memory: LoanMemoryBudget, findingsLimit: Int) {
    sorter = LoanSorter(memory: memory)
    findings = FindingCollector(limit: findingsLimit)
  }

  /// Reads a tenant's tape of a date.
  func read(
    _ layout: LoanTapeLayout, of date: BusinessDate, tenant: TenantID, bytesMax: Int
  ) {
    do throws(ReadingError) {
      files = try layout.files(of: date, tenant: tenant)
      for (index, file) in files.enumerated() {
        fileIndex = index
        try LoanTapeReader.read(file, bytesMax: bytesMax, into: self)
      }
      let digests = try files.map { file throws(ReadingError) in try file.sha256() }
      digest = digests.isEmpty ? nil : digests.joined(separator: "+")
    } catch {
      failure = error
      var finding = Finding(
        .loanTapeMalformed,
        message:
          "The loan tape cannot be read: \(error.message) Have it delivered again, then "
          + "close the date again with --reclose.")
      finding.file = error.file
      findings.add(finding)
    }
    sorter.spillIfNeeded()
  }

  func accept(_ principal: LoanPrincipal, line: Int) {
    sorter.add(
      LoanAmount(
        principal.key, amountMinor: principal.principalMinor,
        tag: Int64(fileIndex) << Self.lineBits | Int64(line)))
  }

  func reject(line: Int, reason: String) {
    report(file: fileIndex, line: line, reason, currency: nil)
  }

  /// The next loan in order; `nil` at the end. A repeated loan is skipped, with a finding.
  ///
  /// - Throws: `SpillError` if loans could not be spilled to disk or read back.
  func next() throws -> LoanPrincipal? {
    if merge == nil { merge = try LoanMerge([sorter]) }
    while let amount = try merge?.next() {
      defer { last = amount }
      guard let last, last.key == amount.key else {
        return LoanPrincipal(key: amount.key, principalMinor: amount.amountMinor)
      }
      let (file, line) = place(of: amount)
      let first = place(of: last)
      let where_ =
        first.file == file ? "line \(first.line)" : "\(name(first.file)) line \(first.line)"
      report(
        file: file, line: line, "repeats \(amount.key) from \(where_)",
        currency: amount.key.currency)
    }
    return nil
  }

  private func place(of amount: LoanAmount) -> (file: Int, line: Int) {
    (
      Int(amount.tag >> Self.lineBits), Int(amount.tag & ((1 << Self.lineBits) - 1))
    )
  }

  private func name(_ file: Int) -> String { files.indices.contains(file) ? files[file].name : "" }

  private func report(file: Int, line: Int, _ reason: String, currency: CurrencyCode?) {
    var finding = Finding(
      .loanTapeMalformed,
      message:
        "Line \(line) of the loan tape \(reason), so it was not compared. Have the tape corrected, "
        + "then close the date again with --reclose.")
    finding.file = name(file)
    finding.record = line
    finding.currency = currency
    findings.add(finding)
  }
}
