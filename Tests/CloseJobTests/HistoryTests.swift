import Foundation
import Testing

/// Random histories of a ledger, compared with a model that keeps all entries and adds them up each time.
///
/// `TIEOUT_HISTORIES` is their number, `TIEOUT_SEED` the first seed.
@Suite("Random histories")
struct HistoryTests {
  private static func number(_ variable: String) -> UInt64? {
    ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) }
  }

  @Test("balances, current and as known at each close, equal the model's")
  func balancesEqualTheModel() throws {
    let first = Self.number("TIEOUT_SEED") ?? 1
    let count = Self.number("TIEOUT_HISTORIES") ?? 60
    for seed in first..<(first + count) {
      do {
        try RandomHistory(seed: seed).run()
      } catch {
        Issue.record("TIEOUT_SEED=\(seed) TIEOUT_HISTORIES=1: \(error)")
        return
      }
    }
  }
}
