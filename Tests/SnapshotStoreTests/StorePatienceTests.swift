import Testing

@testable import SnapshotStore

@Suite("Waiting for the store")
struct StorePatienceTests {
  @Test("ends with the patience, which is anew with each wait")
  func limit() {
    let patience = StorePatience(limit: .milliseconds(20))
    for _ in 0..<2 {
      let began = ContinuousClock.now
      var naps = 0
      while patience.nap(after: naps) { naps += 1 }
      #expect(naps > 0)
      #expect(.now - began >= .milliseconds(20))
    }
    #expect(!StorePatience(limit: .zero).nap(after: 0))
  }
}
