import LedgerDomain
import Reconciliation
import Testing

@Suite("Opening + movement = closing")
struct RollforwardCheckTests {
  private let sound = RollforwardRow.sample(
    "1100 USD SETTLED", opening: .of(100, 20), backdated: .of(0, 5), movement: .of(30, 0),
    closing: .of(130, 25))

  @Test("passes where every key's columns add up")
  func consistentRowsPass() {
    let tieOuts = RollforwardCheck.tieOuts([
      sound, .sample("2000 EUR PENDING", opening: .of(1, 2), closing: .of(1, 2)),
    ])
    #expect(
      tieOuts.map(\.scope) == [
        "keys", "EUR PENDING DR", "EUR PENDING CR", "USD SETTLED DR", "USD SETTLED CR",
      ])
    #expect(tieOuts.allSatisfy { $0.status == .pass && $0.check == .rollforward })
    #expect(tieOuts.only("USD SETTLED DR")?.actualMinor == 130)
    #expect(tieOuts.only("keys")?.detail.contains("2 keys") == true)
  }

  @Test("counts and names the keys that fail, with the signed difference of their pair")
  func inconsistentRowsFail() {
    var off = sound
    off.closing = .of(128, 26)
    let tieOuts = RollforwardCheck.tieOuts([off])
    #expect(tieOuts.only("keys")?.differenceMinor == 1)
    #expect(tieOuts.only("keys")?.detail.contains("1100 USD SETTLED") == true)
    #expect(tieOuts.only("USD SETTLED DR")?.differenceMinor == -2)
    #expect(tieOuts.only("USD SETTLED CR")?.differenceMinor == 1)
  }

  @Test("two keys that are off by the same in opposite directions still fail")
  func offsettingErrorsFail() {
    let tieOuts = RollforwardCheck.tieOuts([
      .sample("1100 USD SETTLED", movement: .of(10, 0), closing: .of(9, 0)),
      .sample("1200 USD SETTLED", movement: .of(10, 0), closing: .of(11, 0)),
    ])
    #expect(tieOuts.only("USD SETTLED DR")?.status == .pass)
    #expect(tieOuts.only("keys")?.actualMinor == 2)
    #expect(tieOuts.status(of: .rollforward) == .fail)
  }

  @Test("a way past 2^63 − 1 does not add up to a closing that wrapped")
  func overflowFails() {
    let row = RollforwardRow.sample(
      "1100 USD SETTLED", opening: .of(.max, 0), movement: .of(.max, 0), closing: .of(-2, 0))
    #expect(RollforwardCheck.tieOuts([row]).status(of: .rollforward) == .fail)
  }

  @Test("at most five failing keys are named")
  func firstFiveKeysAreNamed() throws {
    let rows = (1100...1109).map {
      RollforwardRow.sample("\($0) USD SETTLED", closing: .of(1, 0))
    }
    let keys = try #require(RollforwardCheck.tieOuts(rows).only("keys"))
    #expect(keys.actualMinor == 10)
    #expect(keys.detail.contains("1104"))
    #expect(!keys.detail.contains("1105"))
  }

  @Test("no key at all passes")
  func noRowsPass() {
    #expect(RollforwardCheck.tieOuts([]).map(\.status) == [.pass])
  }
}
