import DemoLedger
import Foundation
import Testing

@Suite("Loan tapes of a demo ledger")
struct LoanTapeTests {
  private static let principal: Set = ["1100", "1110", "1120"]

  /// A tape by loan and currency; loans must be told once.
  private func tape(_ tree: DemoTree, _ tenant: String, _ date: String) throws -> [String: Int] {
    let rows = try tree.rows("loan-tape/tenant_id=\(tenant)/date=\(date).csv")
    return Dictionary(
      uniqueKeysWithValues: try rows.map { row in
        let amount = try #require(row["principal_outstanding_minor"].flatMap(Int.init))
        return ("\(row["loan_id"]!) \(row["currency"]!)", amount)
      })
  }

  private func lines(_ tree: DemoTree, _ tenant: String) throws -> [LedgerLine] {
    try tree.lines(of: tenant).filter {
      Self.principal.contains($0.account) && $0.layer == "SETTLED"
    }
  }

  /// The loans' balances of a date: those of the tape before the first date, and the lines since.
  private func loans(
    _ tree: DemoTree, _ tenant: String, _ lines: [LedgerLine], _ date: String
  ) throws -> [String: Int] {
    let opening = "loan-tape/tenant_id=\(tenant)/date=2025-12-31.csv"
    var loans = try tree.files().contains(opening) ? tape(tree, tenant, "2025-12-31") : [:]
    for line in lines where line.known <= date {
      if let loan = line.loan { loans["\(loan) \(line.currency)", default: 0] += line.amount }
    }
    return loans
  }

  @Test(
    "without defects have the ledger's principal, loan by loan and in sum",
    arguments: [true, false])
  func tapesTieOutWithoutDefects(opening: Bool) throws {
    let tree = try DemoTree(.readable(defects: false, opening: opening))
    for tenant in tree.summary.tenants {
      let lines = try lines(tree, tenant)
      #expect(lines.allSatisfy { $0.loan != nil })
      var balances: [String: Int] = [:]
      for (key, amount) in try tree.opening(of: tenant)
      where Self.principal.contains(String(key.prefix(4))) {
        balances[String(key.suffix(3)), default: 0] += amount
      }
      for date in try tree.dates() {
        let tape = try tape(tree, tenant, date)
        #expect(try tape == loans(tree, tenant, lines, date))
        var ledger = balances
        for line in lines where line.known <= date {
          ledger[line.currency, default: 0] += line.amount
        }
        #expect(sums(tape) == ledger)
        if opening { #expect(tape.values.allSatisfy { $0 > 0 }) }
      }
    }
  }

  private func sums(_ tape: [String: Int]) -> [String: Int] {
    var sums: [String: Int] = [:]
    for (key, amount) in tape { sums[String(key.suffix(3)), default: 0] += amount }
    return sums
  }

  @Test("with defects differ from the ledger's loans by what was planted")
  func tapesDifferByThePlantedBreaks() throws {
    let tree = try DemoTree(.readable(defects: true))
    for tenant in tree.summary.tenants {
      let breaks = try tree.breaks().filter { $0.tenant == tenant }
      let lines = try lines(tree, tenant)
      for date in try tree.dates() {
        var expected = try loans(tree, tenant, lines, date)
        for planted in breaks where planted.date == date { plant(planted, in: &expected) }
        #expect(try tape(tree, tenant, date) == expected, "\(tenant) \(date)")
      }
      let withoutLoan = lines.filter { $0.loan == nil }.map { "\($0.known) \($0.amount)" }
      let listed = breaks.filter { $0.kind == "principal_without_loan" }
        .map { "\($0.date) \($0.amount)" }
      #expect(withoutLoan.sorted() == listed.sorted())
      #expect(!listed.isEmpty)
    }
  }

  private func plant(_ planted: ListedBreak, in loans: inout [String: Int]) {
    let key = "\(planted.loan) \(planted.currency)"
    switch planted.kind {
    case "loan_only_on_tape": #expect(loans.updateValue(planted.amount, forKey: key) == nil)
    case "loan_only_in_ledger": #expect(loans.removeValue(forKey: key) == planted.amount)
    case "loan_amount": loans[key, default: 0] += planted.amount
    default: break
    }
  }

  @Test("of every second tenant are compressed if the exports are")
  func everySecondTapeIsCompressed() throws {
    let tree = try DemoTree(.small)
    let tapes = try tree.files().filter { $0.hasPrefix("loan-tape/") }
    #expect(tapes.count { $0.hasSuffix(".csv") } == 4)
    #expect(tapes.count { $0.hasSuffix(".csv.gz") } == 4)
  }
}
