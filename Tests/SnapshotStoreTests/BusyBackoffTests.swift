import Testing

@testable import SnapshotStore

@Suite("Waiting for the store")
struct BusyBackoffTests {
  @Test("ends with the patience, which is anew with each wait")
  func limit() {
    let patience = BusyBackoff(limit: .milliseconds(20))
    for _ in 0..<2 {
      let began = ContinuousClock.now
      var sleeps = 0
      while patience.sleep(after: sleeps) { sleeps += 1 }
      #expect(sleeps > 0)
      #expect(.now - began >= .milliseconds(20))
    }
    #expect(!BusyBackoff(limit: .zero).sleep(after: 0))
  }
}
