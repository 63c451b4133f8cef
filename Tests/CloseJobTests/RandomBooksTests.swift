import CloseJob
import JobConfiguration
import LedgerDomain
import SnapshotStore
import TestSupport
import Testing

@Suite("Random books")
struct RandomBooksTests {
  private static let days = 12

  /// A ledger whose dates are closed, closed again with other entries and pruned as chance has it,
  /// beside one with the same exports that is never pruned.
  private struct Pair {
    let ledgers: [LedgerTree]
    var numbers: SeededNumbers
    var closed = 0
    var entry = 0

    init(seed: UInt64) throws {
      ledgers = [try LedgerTree(), try LedgerTree()]
      numbers = SeededNumbers(seed: seed)
    }

    static func date(_ day: Int) -> String {
      let first = BusinessDate(year: 2026, month: 1, day: 5) ?? BusinessDate(dayNumber: 0)
      return "\(first.advanced(by: day))"
    }

    mutating func export(_ day: Int) throws {
      let lines = (0..<Int.random(in: 0...5, using: &numbers)).map { _ in
        let effective = Self.date(day + Int.random(in: -5...4, using: &numbers))
        let amount = Int.random(in: 0...90, using: &numbers)
        let accounts = ["1000", "1100", "2000", "3000", "4000", "9999"].shuffled(using: &numbers)
        let currency = ["USD", "EUR PENDING"].randomElement(using: &numbers) ?? ""
        entry += 1
        return
          "#\(entry) \(effective) | \(accounts[0]) DR \(amount) \(currency) | \(accounts[1]) CR "
          + "\(amount) \(currency)"
      }
      for ledger in ledgers { try ledger.export(Self.date(day), lines.joined(separator: "\n")) }
    }

    mutating func step() throws {
      let isLong = closed >= 3
      switch Int.random(in: 0..<10, using: &numbers) {
      case 0..<2 where isLong:
        let day = Int.random(in: 0..<closed, using: &numbers)
        try export(day)
        for ledger in ledgers { try expectSound(ledger.closeAgain(Self.date(day))) }
      case 2..<4 where isLong:
        try ledgers[0].prune(before: Self.date(Int.random(in: 1...closed, using: &numbers)))
      default:
        try export(closed)
        for ledger in ledgers { try expectSound(ledger.close(through: Self.date(closed))) }
        closed += 1
      }
    }

    private func expectSound(_ result: RunResult) throws { #expect(result.failure == "") }

    /// What is known of every date at every close, and its figures.
    func answers(_ ledger: LedgerTree) throws -> [String] {
      try BookStore(readingFrom: ledger.settings.store ?? "").read { reader in
        try reader.tenantStates().flatMap { state in
          try reader.links(state).flatMap { close in
            try (0..<closed).map { day in
              let date = state.firstDate.advanced(by: day)
              let isClosed =
                try reader.closeHeader(state, date: date, knownAt: close.closeID) != nil
              return try isClosed
                ? "\(reader.balances(state, date: date, knownAt: close.closeID))" : "not closed"
            } + ["\(close.chainDigest)"]
          }
        }
      }
    }

    /// What every date's reports say.
    func records(_ ledger: LedgerTree) throws -> [String] {
      try BookStore(readingFrom: ledger.settings.store ?? "").read { reader in
        try reader.tenantStates().flatMap { state in
          try (0..<closed).map { day in
            let record = try reader.closeRecord(state, date: state.firstDate.advanced(by: day))
            return "\(record?.rollforward ?? []) \(record?.restatements ?? [])"
          }
        }
      }
    }
  }

  @Test(
    "random books verify at every step, and pruned books give the same results",
    arguments: 1...8 as ClosedRange<UInt64>)
  func randomBooksVerifyAndPruneAlike(seed: UInt64) throws {
    var pair = try Pair(seed: seed)
    while pair.closed < Self.days {
      try pair.step()
      let result = try pair.ledgers[0].verify()
      #expect(result.exitCode == 0, "\(result.differences.map(\.message))")
    }
    #expect(try pair.ledgers[1].verify().exitCode == 0)
    #expect(try pair.answers(pair.ledgers[0]) == pair.answers(pair.ledgers[1]))
    #expect(try pair.records(pair.ledgers[0]) == pair.records(pair.ledgers[1]))
  }
}
