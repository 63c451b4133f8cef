import Testing

@testable import SnapshotStore

@Suite("Retrying while the database is busy")
struct BusyBackoffTests {
  @Test("ends when the limit has passed; each wait has the whole limit")
  func everyWaitEndsAtItsLimit() {
    let backoff = BusyBackoff(limit: .milliseconds(20))
    for _ in 0..<2 {
      let began = ContinuousClock.now
      var sleeps = 0
      while backoff.sleep(afterAttempts: sleeps) { sleeps += 1 }
      #expect(sleeps > 0)
      #expect(.now - began >= .milliseconds(20))
    }
    #expect(!BusyBackoff(limit: .zero).sleep(afterAttempts: 0))
  }
}
