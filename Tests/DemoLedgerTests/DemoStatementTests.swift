import DemoLedger
import Foundation
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

  private func item(_ line: LedgerLine) -> Statement.Item {
    Statement.Item(
      reference: line.reference ?? line.entry.filter { $0 != "-" }, amount: line.amount,
      valueDate: line.effective)
  }

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
      for date in try tree.dates() {
        let statements = try tree.statements(tenant, date)
        #expect(statements.count == 6)
        for account in tree.summary.bankAccounts {
          guard let statement = statements[account.statementAccount] else { continue }
          let own = lines.filter { $0.account == account }.map(\.line)
          let opening = openings["\(account.accountCode) \(account.currencyCode)"] ?? 0
          let before = own.filter { $0.known < date }.reduce(opening) { $0 + $1.amount }
          let items = own.filter { $0.known == date }.map(item)
          #expect(statement.opening == before)
          #expect(statement.closing == items.reduce(before) { $0 + $1.amount })
          #expect(counted(statement.items) == counted(items))
          compared += items.count
        }
      }
    }
    #expect(backdated > 5)
    #expect(compared > 500)
  }

  private func counted(_ items: [Statement.Item]) -> [Statement.Item: Int] {
    Dictionary(items.map { ($0, 1) }, uniquingKeysWith: +)
  }

  @Test("hold in themselves with defects, and open with the last closing but where planted")
  func statementsAreConsistentWithDefects() throws {
    let tree = try DemoTree(.readable(defects: true))
    let breaks = try tree.breaks()
    for tenant in tree.summary.tenants {
      var closings: [String: Int] = [:]
      for date in try tree.dates() {
        let statements = try tree.statements(tenant, date)
        let planted = breaks.filter { $0.tenant == tenant && $0.date == date }
        #expect(statements.count == 6 - planted.count { $0.kind == "statement_missing" })
        for account in tree.summary.bankAccounts {
          guard let statement = statements[account.statementAccount] else { continue }
          let sum = statement.items.reduce(0) { $0 + $1.amount }
          #expect(statement.closing == statement.opening + sum)
          let shifts = planted.filter { $0.kind == "statement_opening" && $0.isOf(account) }
          let shift = shifts.reduce(0) { $0 + $1.amount }
          if let closing = closings[account.reference] {
            #expect(statement.opening == closing + shift, "\(account.reference) \(date)")
          }
          closings[account.reference] = statement.closing
        }
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
      for date in try tree.dates() {
        let statements = try tree.statements(tenant, date)
        for account in tree.summary.bankAccounts {
          guard let statement = statements[account.statementAccount] else { continue }
          let own = lines.filter { $0.account == account && $0.line.known <= date }
          let opening = openings["\(account.accountCode) \(account.currencyCode)"] ?? 0
          let ledger = own.reduce(opening) { $0 + $1.line.amount }
          let planted = breaks.filter { $0.tenant == tenant && $0.isOf(account) }
          let surplus = planted.reduce(0) { $0 + bankSurplus($1, on: date) }
          #expect(statement.closing - ledger == surplus, "\(account.reference) \(date)")
        }
      }
    }
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
        "statement_missing", "statement_opening", "loan_only_on_tape", "loan_only_in_ledger",
        "loan_amount", "principal_without_loan",
      ])
    for planted in breaks where planted.kind == "bank_ambiguous" {
      let statements = try tree.statements(planted.tenant, planted.date)
      let items = statements.values.flatMap(\.items).filter { $0.reference.isEmpty }
      #expect(items.count == 2 && Set(items).count == 1)
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
