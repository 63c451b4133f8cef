import Digests
import JobConfiguration
import LedgerDomain
import SnapshotStore
import StatementReading

/// Takes up the files that the bank delivered since the last run: lists the tenant's directory, reads what
/// is new or changed, and adds it to the tenant's bank log.
struct StatementTakeUp {
  /// What was found.
  struct Outcome {
    /// What is wrong with files, in their order.
    var findings: [Finding] = []
    /// What was taken for granted.
    var notes: [String] = []
    /// The files that were taken up.
    var files: [String] = []
    /// The first date of each account that they may change.
    var firstDates: [BankAccount: BusinessDate] = [:]
    /// The names of all files in the directory; `nil` if it cannot be listed.
    var present: Set<String>?
  }

  let root: String
  let accounts: [BankAccountSetting]
  let writer: BookWriter
  let clock: RunClock
  /// What the job says about reading tables, as a digest.
  private let reading: String

  init(root: String, accounts: [BankAccountSetting], writer: BookWriter, clock: RunClock) {
    (self.root, self.accounts, self.writer, self.clock) = (root, accounts, writer, clock)
    reading = Self.reading(accounts)
  }

  /// Takes up a tenant's new files. A file that cannot be read is a finding.
  ///
  /// - Throws: `StoreError` if the store cannot be written; `UsageError` if a mapping is invalid.
  func takeUp(_ books: BankBooks) throws -> Outcome {
    var outcome = Outcome()
    let listing: StatementListing
    do throws(StatementError) {
      listing = try StatementLayout(root: root).listing(of: books.tenant)
    } catch {
      outcome.findings = [Self.finding(error)]
      return outcome
    }
    outcome.findings = listing.findings
    outcome.present = Set(listing.files.map(\.name))
    let known = try writer.reader.knownStatementFiles(books)
    let mappings = try accounts.filter { !$0.csv.isEmpty }.map {
      NamedMapping(reference: $0.account.reference, mapping: try $0.csvMapping())
    }
    for file in listing.files {
      let before = known[file.name]
      if let before, isUnchanged(file, before) { continue }
      do {
        try takeUp(file, before, mappings, books, into: &outcome)
      } catch let error as StatementError {
        outcome.findings.append(Self.finding(error))
      }
    }
    return outcome
  }

  private func isUnchanged(_ file: ListedStatement, _ known: KnownStatementFile) -> Bool {
    known.state.bytes == file.byteCount && known.state.modifiedAt == file.modifiedNanoseconds
      && (known.state.reading.isEmpty || known.state.reading == reading) && !known.hasFindings
  }

  private func takeUp(
    _ file: ListedStatement, _ before: KnownStatementFile?, _ mappings: [NamedMapping],
    _ books: BankBooks, into outcome: inout Outcome
  ) throws {
    var hasher = SHA256()
    let read = try StatementReader.read(
      at: file.path, name: file.name, mappings: mappings, date: file.folderDate
    ) { hasher.update($0) }
    let digest = Hexadecimal.text(hasher.finalize())
    let contents = read.map {
      StatementFileContents(
        file: $0.name, format: $0.format?.rawValue, statements: $0.statements,
        notifications: $0.notifications, findings: $0.findings)
    }
    outcome.findings += contents.flatMap(\.findings)
    let isTable = read.contains { $0.format == .csv || $0.format == nil }
    let state = StatementFileState(
      file: file.name, bytes: file.byteCount, modifiedAt: file.modifiedNanoseconds,
      sha256: digest, reading: isTable ? reading : "")
    if let before, before.state.sha256 == digest, before.state.reading == state.reading,
      before.hasFindings != contents.allSatisfy(\.findings.isEmpty)
    {
      // The same content, only its time is another, or what is wrong with it is known.
      return
    }
    if let before, before.state.sha256 == digest {
      // Read in another way: what it said before counts no longer.
      for date in try writer.reader.statementDates(ofFile: before) {
        add(date.account, date.currency, date.date, to: &outcome)
      }
    }
    _ = try writer.insert(state, contents, books, at: clock.timestamp())
    outcome.files.append(file.name)
    outcome.notes += read.flatMap { file in file.notes.map { Self.note($0, file.name) } }
    for statement in read.flatMap(\.statements) { check(statement, file, into: &outcome) }
    for notification in read.flatMap(\.notifications) {
      guard let first = notification.entries.map(\.bookingDate).min() else { continue }
      add(notification.account, notification.currency, first, to: &outcome)
    }
  }

  private func check(
    _ statement: BankStatement, _ file: ListedStatement, into outcome: inout Outcome
  ) {
    let first = statement.entries.map(\.bookingDate).min()
    let date = min(statement.closing.date, first ?? statement.closing.date)
    guard add(statement.account, statement.currency, date, to: &outcome) else {
      var finding = Finding(
        .statementUnknownAccount,
        message: "\(statement.file): statement \(statement.number) is for the account "
          + "'\(statement.account)' in \(statement.currency), which is not a bank account of the job. "
          + "Add it to the job's bank accounts, or have the bank leave it out.")
      finding.file = statement.file
      finding.currency = statement.currency
      outcome.findings.append(finding)
      return
    }
    guard let folder = file.folderDate, folder != statement.closing.date else { return }
    var finding = Finding(
      .statementDateMismatch,
      message: "\(statement.file): statement \(statement.number) closes on "
        + "\(statement.closing.date), but lies in the folder of \(folder). It counts for "
        + "\(statement.closing.date). Find out whether the statement of \(folder) is missing.")
    finding.file = statement.file
    finding.currency = statement.currency
    outcome.findings.append(finding)
  }

  /// - Returns: whether the job has that account.
  @discardableResult
  private func add(
    _ account: String, _ currency: CurrencyCode, _ date: BusinessDate, to outcome: inout Outcome
  ) -> Bool {
    let name = BankStatement.comparableAccount(account)
    let owner = accounts.map(\.account).first {
      $0.currency == currency && BankStatement.comparableAccount($0.statementAccount) == name
    }
    guard let owner else { return false }
    outcome.firstDates[owner] = min(date, outcome.firstDates[owner] ?? date)
    return true
  }

  private static func reading(_ accounts: [BankAccountSetting]) -> String {
    let lines = accounts.flatMap { account in
      [
        "\(account.account.reference)|\(account.account.statementAccount)|\(account.account.currency)"
      ] + account.csv.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    }
    return Hexadecimal.text(SHA256.hash(Array(lines.joined(separator: "\n").utf8)))
  }

  private static func finding(_ error: StatementError) -> Finding {
    var finding = Finding(.statementMalformed, message: "\(error.file) \(error.message)")
    finding.file = error.file
    return finding
  }

  private static func note(_ note: StatementNote, _ file: String) -> String {
    "\(file)\(note.line.map { ", line \($0)" } ?? ""): \(note.message)"
  }
}
