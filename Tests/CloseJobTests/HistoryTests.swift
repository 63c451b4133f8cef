import Foundation
import Testing

/// Random lives of a ledger, beside a model that keeps all entries and sums them up anew each time.
///
/// `TIEOUT_HISTORIES` says how many, `TIEOUT_SEED` from which seed on.
@Suite("Random histories")
struct HistoryTests {
  private static func number(_ variable: String) -> UInt64? {
    ProcessInfo.processInfo.environment[variable].flatMap { UInt64($0) }
  }

  @Test("have every current balance, and every one known at a close, as the model has it")
  func agreeWithTheModel() throws {
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
