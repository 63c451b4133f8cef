import DailyClose
import Foundation
import LedgerDomain
import TestSupport
import Testing

@Suite("Loans are sorted")
struct LoanSorterTests {
  private func amount(_ loans: UInt64, _ numbers: inout SeededNumbers) -> LoanAmount {
    let loan = LedgerUUID(
      high: UInt64.random(in: 0..<4, using: &numbers), low: .random(in: 0..<loans, using: &numbers))
    let currency = CurrencyCode(packed: [12_000, 13_914].randomElement(using: &numbers) ?? 0)
    return LoanAmount(
      LoanKey(loan: loan, currency: currency),
      date: BusinessDate.sample.advanced(by: .random(in: -2...2, using: &numbers)),
      direction: Bool.random(using: &numbers) ? .debit : .credit,
      amountMinor: .random(in: 0...(1 << 40), using: &numbers), tag: 1)
  }

  private func sums(_ sorters: [LoanSorter]) throws -> [LoanMovement] {
    let sum = try LoanMovementSum(sorters)
    var movements: [LoanMovement] = []
    while let movement = try sum.next() { movements.append(movement) }
    return movements
  }

  /// The same by dictionary.
  private func model(_ amounts: [(LoanKey, BusinessDate, Direction, Int64, Int)]) -> [LoanMovement]
  {
    struct Place: Hashable {
      let key: LoanKey
      let date: BusinessDate
    }
    var sums: [Place: (totals: WideTotals, count: Int)] = [:]
    for (key, date, direction, amountMinor, count) in amounts {
      var sum = sums[Place(key: key, date: date)] ?? (WideTotals(), 0)
      sum.totals.add(amountMinor, direction)
      sum.count += count
      sums[Place(key: key, date: date)] = sum
    }
    return sums.filter { $0.value.count != 0 }
      .sorted { $0.key.key == $1.key.key ? $0.key.date < $1.key.date : $0.key.key < $1.key.key }
      .map {
        LoanMovement(
          key: $0.key.key, effectiveDate: $0.key.date,
          totals: $0.value.totals.narrowed ?? .zero, lineCount: $0.value.count)
      }
  }

  @Test(
    "and added up as with a dictionary, in memory or spilled",
    arguments: [(0, 64 << 20), (500, 64 << 20), (300_000, 1 << 20), (300_000, 0)])
  func sortsLoansWithinMemoryLimit(count: Int, limit: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(count + limit))
    let memory = LoanMemoryBudget(limit: limit, spillDirectory: NSTemporaryDirectory())
    let sorters = (0..<3).map { _ in LoanSorter(memory: memory) }
    var amounts: [(LoanKey, BusinessDate, Direction, Int64, Int)] = []
    for index in 0..<count {
      let loan = LedgerUUID(
        high: .random(in: 0..<4, using: &numbers), low: .random(in: 0..<900, using: &numbers))
      let key = LoanKey(
        loan: loan,
        currency: CurrencyCode(packed: [12_000, 13_914].randomElement(using: &numbers) ?? 0))
      let date = BusinessDate.sample.advanced(by: .random(in: -2...2, using: &numbers))
      let direction: Direction = Bool.random(using: &numbers) ? .debit : .credit
      // Now and then a line is taken out again.
      let isTakenOut = index % 7 == 0
      let amountMinor = Int64.random(in: 0...(1 << 40), using: &numbers)
      for sign in isTakenOut ? [1, -1] : [1] {
        sorters[index % 3].add(
          LoanAmount(
            key, date: date, direction: direction, amountMinor: amountMinor * Int64(sign),
            tag: Int64(sign)))
        amounts.append((key, date, direction, amountMinor * Int64(sign), sign))
      }
    }
    sorters.forEach { $0.spillIfNeeded() }
    #expect(sorters.contains { $0.runCount > 0 } == (limit < 64 << 20))
    #expect(try sums(sorters) == model(amounts))
  }

  @Test("equal loans are sorted by tag")
  func equalLoansKeepTheirOrder() throws {
    let sorter = LoanSorter(memory: LoanMemoryBudget(spillDirectory: NSTemporaryDirectory()))
    let key = LoanKey(
      loan: LedgerUUID(high: 1, low: 1), currency: CurrencyCode(packed: 13_914))
    for tag in [5, 1, 9, 3] as [Int64] {
      sorter.add(LoanAmount(key, amountMinor: tag, tag: tag))
    }
    let merge = try LoanMerge([sorter])
    var tags: [Int64] = []
    while let amount = try merge.next() { tags.append(amount.tag) }
    #expect(tags == [1, 3, 5, 9])
  }

  @Test("but not beyond 64 bits, and not without space on disk")
  func overflowAndFailedSpillAreErrors() throws {
    let key = LoanKey(
      loan: LedgerUUID(high: 1, low: 1), currency: CurrencyCode(packed: 13_914))
    let sorter = LoanSorter(memory: LoanMemoryBudget(spillDirectory: NSTemporaryDirectory()))
    for _ in 0..<2 { sorter.add(LoanAmount(key, amountMinor: .max, tag: 1)) }
    #expect(throws: LoanOverflow(key: key)) { try sums([sorter]) }
    var numbers = SeededNumbers(seed: 3)
    let memory = LoanMemoryBudget(limit: 0, spillDirectory: "/missing/directory")
    let homeless = LoanSorter(memory: memory)
    for _ in 0..<100_000 { homeless.add(amount(1000, &numbers)) }
    #expect(throws: SpillError.self) { try LoanMerge([homeless]) }
  }
}

@Suite("Lines with a loan")
struct PrincipalLinesTests {
  @Test("are added up if they are settled and on a principal account")
  func principalCountsLinesWithLoans() throws {
    var entry = SampleEntry(
      "1 DR 1100 USD SETTLED 70", "2 CR 1103 USD SETTLED 70", "3 DR 1100 USD PENDING 9",
      "4 CR 1103 USD PENDING 9", "5 DR 1101 EUR SETTLED 5", "6 CR 1103 EUR SETTLED 5")
    for index in [0, 1, 2] {
      entry.lines[index].hasLoan = true
      entry.lines[index].loan = LedgerUUID(high: 1, low: 7)
    }
    let accounts = try #require(PrincipalAccounts([1100, 1101].map { AccountCode(number: $0) }))
    #expect(accounts.description == "1100,1101")
    let lines = PrincipalTally(
      accounts: accounts, memory: LoanMemoryBudget(spillDirectory: NSTemporaryDirectory()))
    let part = PartTally.sample(principal: lines)
    entry.show { part.accept($0, record: 1, byteOffset: 0) }
    entry.id = JournalEntryID(LedgerUUID(high: 2, low: 2))
    entry.show { part.accept($0, record: 2, byteOffset: 0) }
    entry.show {
      part.quarantineDuplicate($0, code: .duplicateEntry, record: 2, byteOffset: 0)
    }
    let day = DateTally([part], recordsRead: [2], findingsLimit: 9)
    let sums = try day.principalMovements()
    #expect(sums.map { "\($0.currency) \($0.totals.debitMinor) \($0.lineCount)" } == ["USD 70 1"])
    let loans = try day.loanMovements()
    let movement = try #require(try loans.next())
    #expect(movement.totals == DebitCreditTotals(debitMinor: 70, creditMinor: 0))
    #expect(movement.key.loan == LedgerUUID(high: 1, low: 7))
    #expect(try loans.next() == nil)
  }
}
