import DemoLedger
import LedgerDomain
import Reconciliation
import StatementReading
import Testing

@Suite("Bank statements of a demo ledger")
struct DemoStatementTests {
  /// The lines of a tenant on bank accounts, each with the account.
  private func lines(
    _ tree: DemoTree, _ tenant: String
  ) throws -> [(account: DemoBankAccount, line: LedgerLine)] {
    try tree.lines(of: tenant).compactMap { line in
      let account = tree.summary.bankAccounts.first {
        $0.accountCode == line.account && $0.currencyCode == line.currency
      }
      guard let account, line.layer == "SETTLED" else { return nil }
      return (account, line)
    }
  }

  /// A line's reference and amount, as the bank's item of it has them.
  private func key(_ line: LedgerLine) -> String {
    let reference = BankReference(.external, line.reference ?? line.entry)
    return "\(reference.comparable) \(line.amount)"
  }

  private func key(_ item: BankItem) -> String { "\(item.ledgerReference) \(item.amountMinor)" }

  @Test(
    "without defects have the ledger's lines and balances on every date",
    arguments: [true, false])
  func statementsTieOutWithoutDefects(opening: Bool) throws {
    let tree = try DemoTree(.readable(defects: false, opening: opening))
    var (backdated, compared) = (0, 0)
    for tenant in tree.summary.tenants {
      let lines = try lines(tree, tenant)
      backdated += lines.count { $0.line.effective < $0.line.known }
      let openings = try tree.opening(of: tenant)
      let statements = try tree.statements(of: tenant)
      for account in tree.summary.bankAccounts {
        let own = lines.filter { $0.account == account }.map(\.line)
        if own.isEmpty { continue }
        let opening = openings["\(account.accountCode) \(account.currencyCode)"] ?? 0
        for date in try tree.dates() {
          let closing = try #require(BusinessDate(date))
          let day = try #require(statements[account].day(of: closing))
          let before = own.filter { $0.known < date }.reduce(opening) { $0 + $1.amount }
          let booked = own.filter { $0.known == date }
          #expect(day.openingMinor == before)
          #expect(day.closingMinor == booked.reduce(before) { $0 + $1.amount })
          #expect(day.items.map(key).sorted() == booked.map(key).sorted())
          #expect(day.breaks.isEmpty && day.findings.isEmpty)
          compared += booked.count
        }
      }
    }
    #expect(backdated > 5)
    #expect(compared > 500)
  }

  @Test("hold in themselves with defects, and open with the last closing but where planted")
  func statementsAreConsistentWithDefects() throws {
    let tree = try DemoTree(.readable(defects: true))
    let breaks = try tree.breaks()
    for tenant in tree.summary.tenants {
      let statements = try tree.statements(of: tenant)
      for account in tree.summary.bankAccounts {
        let planted = breaks.filter { $0.tenant == tenant && $0.isOf(account) }
        func dates(_ kind: String) -> [String] {
          planted.filter { $0.kind == kind }.map(\.date).sorted()
        }
        let days = statements[account].days
        if days.isEmpty { continue }
        let opened = days.filter { $0.breaks.contains { $0.kind == .opening } }
        #expect(opened.map { "\($0.date)" } == dates("statement_opening"))
        #expect(
          days.flatMap(\.breaks).allSatisfy { $0.kind == .opening && $0.differenceMinor == 500 })
        let missing = Set(try tree.dates()).subtracting(days.map { "\($0.date)" })
        #expect(missing.sorted() == dates("statement_missing"))
        let repeated = days.filter { $0.findings.contains { $0.code == .statementRepeated } }
        #expect(
          repeated.map { "\($0.date)" }
            == (dates("statement_repeated") + dates("statement_corrected")).sorted())
      }
    }
  }

  @Test("with defects differ from the ledger by what was planted, on every date")
  func statementsDifferByThePlantedBreaks() throws {
    let tree = try DemoTree(.readable(defects: true))
    let breaks = try tree.breaks()
    for tenant in tree.summary.tenants {
      let lines = try lines(tree, tenant)
      let openings = try tree.opening(of: tenant)
      let statements = try tree.statements(of: tenant)
      for account in tree.summary.bankAccounts {
        for day in statements[account].days {
          let date = "\(day.date)"
          let own = lines.filter { $0.account == account && $0.line.known <= date }
          let opening = openings["\(account.accountCode) \(account.currencyCode)"] ?? 0
          let ledger = own.reduce(opening) { $0 + $1.line.amount }
          let planted = breaks.filter { $0.tenant == tenant && $0.isOf(account) }
          let surplus = planted.reduce(0) { $0 + bankSurplus($1, on: date) }
          #expect(Int(day.closingMinor) - ledger == surplus, "\(account.reference) \(date)")
        }
      }
    }
  }

  @Test("come in every format, in pages, in batches, and some of them late")
  func deliveriesAreMixed() throws {
    var options = DemoOptions.readable(defects: true)
    (options.dates, options.entriesPerDate) = (5, 300)
    let tree = try DemoTree(options)
    let all = try tree.summary.tenants.map(tree.statements(of:))
    #expect(
      Set(all.flatMap(\.files).compactMap(\.file.format))
        == [.camt053, .camt054, .mt940, .bai2, .csv])
    let paged = all.flatMap(\.files).filter { $0.file.statements.contains { $0.page != nil } }
    #expect(Set(paged.compactMap(\.file.format)) == [.camt053, .mt940])
    let statements = all.flatMap(\.statements)
    #expect(statements.contains { $0.entries.contains { $0.transactions.count > 1 } })
    #expect(all.flatMap(\.files).contains { !$0.file.notifications.isEmpty })
    // Late is what arrives two nights or more after the usual one.
    for tenant in all {
      let late = tenant.files.filter { delivered in
        delivered.file.statements.contains {
          delivered.night > "\($0.closing.date.advanced(by: 2))"
        }
      }
      #expect(late.count >= 3)
    }
  }

  @Test("arrive after the last night, beside the tree, where that is planted")
  func laterStatementsLieBesideTheTree() throws {
    let tree = try DemoTree(.readable(defects: true))
    let planted = try tree.breaks("statement_late")
    let last = "\(tree.summary.lastDate.advanced(by: 1))"
    let paths = try tree.files().filter { $0.hasPrefix("statements-later/") }
    #expect(!planted.isEmpty && paths.count == planted.count)
    for path in paths { #expect(path.split(separator: "/")[2] > "received-\(last)") }
    #expect(planted.allSatisfy { $0.until > last })
    for path in try tree.files() where path.hasPrefix("statements/") {
      #expect(path.split(separator: "/")[2] <= "received-\(last)")
    }
    let sound = try DemoTree(.readable(defects: false))
    #expect(try sound.files().allSatisfy { !$0.hasPrefix("statements-later") })
    #expect(sound.summary.laterStatements == nil)
  }

  /// How much more the bank has on a date because of a break.
  private func bankSurplus(_ planted: ListedBreak, on date: String) -> Int {
    if planted.date > date { return 0 }
    switch planted.kind {
    case "bank_later": return planted.until <= date ? 0 : -planted.amount
    case "ledger_later": return planted.until <= date ? 0 : planted.amount
    case "bank_fee", "bank_amount", "statement_opening": return planted.amount
    default: return 0
    }
  }

  @Test("have every planted break at default options, each of them to be seen")
  func everyKindOfBreakIsPlanted() throws {
    var options = DemoOptions()
    options.compressionLevel = 1
    let tree = try DemoTree(options)
    let breaks = try tree.breaks()
    #expect(tree.summary.plantedBreaks == breaks.count)
    #expect(
      Set(breaks.map(\.kind)) == [
        "bank_later", "ledger_later", "bank_fee", "bank_amount", "bank_ambiguous",
        "statement_missing", "statement_opening", "statement_late", "statement_corrected",
        "statement_repeated", "loan_only_on_tape", "loan_only_in_ledger",
        "loan_amount", "principal_without_loan",
      ])
    let accounts = tree.summary.bankAccounts
    for planted in breaks where planted.kind == "bank_ambiguous" {
      let account = try #require(accounts.first(where: planted.isOf))
      let date = try #require(BusinessDate(planted.date))
      let series = try tree.statements(of: planted.tenant)[account]
      let items = try #require(series.day(of: date)).items.filter(\.ledgerReference.isEmpty)
      #expect(items.count == 2 && Set(items.map(\.amountMinor)).count == 1)
    }
  }

  @Test("are written by default for a small ledger, and never change its exports")
  func statementsAreOptional() throws {
    var options = DemoOptions.small
    let with = try DemoTree(options)
    #expect(with.summary.statements != nil)
    options.writesStatements = false
    let without = try DemoTree(options)
    #expect(without.summary.statements == nil && without.summary.bankAccounts.isEmpty)
    let files = try without.files()
    #expect(files.allSatisfy { !$0.contains("statements") && !$0.contains("loan-tape") })
    // The job names the statements.
    for file in files where file != "job.yaml" {
      #expect(try with.bytes(of: file) == without.bytes(of: file), "\(file)")
    }
    (options.writesStatements, options.entriesPerDate) = (nil, 5_001)
    (options.tenants, options.dates, options.compressionLevel) = (1, 1, 1)
    #expect(try DemoTree(options).summary.statements == nil)
  }
}
