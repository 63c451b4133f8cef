import CloseJob
import Testing

@Suite("Tampering with rows")
struct TamperedStoreTests {
  /// What became of the changes that were tried.
  private struct Outcome {
    var tried = 0
    var refused = 0
    /// Changes that verifying did not report, or not as it should.
    var missed: [String] = []
  }

  /// The tables that verification reads differently once some of their rows are pruned.
  private static let tablesOfUnpruned: Set = [
    "chain_head", "stored_close", "stored_movement", "stored_opening", "stored_snapshot",
  ]

  /// The tables in which only closes before schema v6 have rows.
  private static let tablesOfOlderVersions: Set = [
    "stored_bank_reconciliation", "stored_outstanding_item",
  ]

  @Test("a change in any column of any table is found", arguments: [false, true])
  func changeInAnyColumnIsFound(isPruned: Bool) throws {
    let ledger = isPruned ? try FullBooks.prunedLedger() : try FullBooks.ledger()
    let sound = try ledger.verify(storeOnly: true)
    #expect(sound.exitCode == 0, "\(sound.differences)")
    let store = try TamperedStore(of: ledger)
    let plans = try store.plans()
    #expect(plans.count == 55)
    var (tried, refused) = (0, 0)
    for plan in plans where isPruned || Self.tablesOfUnpruned.contains(plan.table) {
      let outcome = try attempt(plan, store)
      #expect(outcome.missed == [], "\(plan.table)")
      #expect(
        Self.tablesOfOlderVersions.contains(plan.table) || outcome.tried > outcome.refused,
        "\(plan.table)")
      tried += outcome.tried
      refused += outcome.refused
    }
    #expect(tried > (isPruned ? 1400 : 500), "\(refused) were refused")
  }

  private func attempt(_ plan: TamperingPlan, _ store: TamperedStore) throws -> Outcome {
    var outcome = Outcome()
    for tampering in plan.tamperings {
      guard try store.apply(tampering.sql) else {
        outcome.refused += 1
        continue
      }
      outcome.tried += 1
      let found = try store.findings()
      if found.isEmpty {
        outcome.missed.append("not found: \(tampering.what)")
      } else if let close = tampering.close, !found.contains(where: { $0.names(close) }) {
        outcome.missed.append("not named: \(tampering.what): \(found.map(\.message))")
      }
    }
    return outcome
  }
}
