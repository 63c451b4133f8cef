import LedgerDomain
import Testing

@Suite("Tie-outs")
struct TieOutTests {
  private func compared(_ expected: Int128, _ actual: Int128) -> TieOut {
    TieOut(
      .rollforward, scope: "USD SETTLED DR", expected: expected, actual: actual, detail: "Debits.")
  }

  @Test("equal figures pass with a difference of zero")
  func equalFiguresPass() {
    let tieOut = compared(88_849, 88_849)
    #expect(tieOut.status == .pass)
    #expect(tieOut.expectedMinor == 88_849)
    #expect(tieOut.actualMinor == 88_849)
    #expect(tieOut.differenceMinor == 0)
    #expect(tieOut.detail == "Debits.")
  }

  @Test("the difference is found less expected, with its sign")
  func differentFiguresFail() {
    #expect(compared(100, 130).differenceMinor == 30)
    #expect(compared(130, 100).differenceMinor == -30)
    #expect(compared(-5, 5).differenceMinor == 10)
    #expect(compared(100, 130).status == .fail)
    #expect(compared(130, 100).status == .fail)
  }

  @Test("figures beyond 64 bits are compared exactly and given in the detail")
  func figuresBeyond64BitsAreInDetail() {
    let past = Int128(Int64.max) + 1
    let equal = compared(past, past)
    #expect(equal.status == .pass)
    #expect(equal.expectedMinor == nil)
    #expect(equal.differenceMinor == 0)
    let unequal = compared(past, past + 2)
    #expect(unequal.status == .fail)
    #expect(unequal.actualMinor == nil)
    #expect(unequal.differenceMinor == 2)
    #expect(
      unequal.detail
        == "Debits. (expected 9223372036854775808, found 9223372036854775810: more than 64 bits)")
  }

  @Test("a difference beyond 64 bits alone is in the detail, too")
  func differenceBeyond64BitsIsInDetail() {
    let tieOut = compared(Int128(Int64.min), Int128(Int64.max))
    #expect(tieOut.expectedMinor == Int64.min)
    #expect(tieOut.actualMinor == Int64.max)
    #expect(tieOut.differenceMinor == nil)
    #expect(tieOut.detail.hasSuffix("more than 64 bits)"))
  }

  @Test("a check without input has no figures")
  func inconclusiveHasNoFigures() {
    let tieOut = TieOut.inconclusive(.completeness, detail: "No manifest.")
    #expect(tieOut.status == .inconclusive)
    #expect(tieOut.scope.isEmpty)
    #expect([tieOut.expectedMinor, tieOut.actualMinor, tieOut.differenceMinor] == [nil, nil, nil])
  }

  @Test("one failure fails a check, and without a pass it is inconclusive")
  func statusCombinesTieOuts() {
    let nothing = TieOut.inconclusive(.rollforward, detail: "Nothing.")
    #expect([compared(1, 1), compared(1, 2), nothing].status(of: .rollforward) == .fail)
    #expect([compared(1, 1), nothing].status(of: .rollforward) == .pass)
    #expect([nothing].status(of: .rollforward) == .inconclusive)
    #expect([compared(1, 2)].status(of: .completeness) == .inconclusive)
    #expect([TieOut]().status(of: .doubleEntry) == .inconclusive)
  }
}
