import LedgerDomain
import Reconciliation
import TestSupport
import Testing

@Suite("Bank items matched one to one")
struct BankItemMatcherTests {
  /// An item written `L1 5 100 ref ref`: side and name, day of the month, amount, references.
  private func item(_ text: String) -> BankItem {
    let words = text.split(separator: " ").map(String.init)
    return BankItem(
      side: words[0].hasPrefix("L") ? .ledger : .bank, identity: words[0],
      reference: words.count > 3 && words[3] != "-" ? words[3] : nil,
      secondReference: words.count > 4 ? words[4] : nil, amountMinor: AmountMinor(words[2]) ?? 0,
      date: BusinessDate.sample.advanced(by: Int(words[1]) ?? 0))
  }

  /// What becomes of the items: `L1=B1 reference`, `L2`, `L3 group 1`.
  private func outcome(_ items: [BankItem], windowDays: Int = 3) -> [String] {
    let result = BankItemMatcher(windowDays: windowDays).match(items)
    return result.matches.map { "\($0.ledger[0].identity)=\($0.bank[0].identity) \($0.rule)" }
      + result.open.map { open in
        open.item.identity + (open.ambiguousGroup.map { " group \($0)" } ?? "")
      }
  }

  private func check(
    _ items: [String], _ expected: [String], windowDays: Int = 3,
    _ location: SourceLocation = #_sourceLocation
  ) {
    let items = items.map(item)
    #expect(outcome(items, windowDays: windowDays) == expected, sourceLocation: location)
    var numbers = SeededNumbers(seed: 7)
    for _ in 0..<5 {
      #expect(
        outcome(items.shuffled(using: &numbers), windowDays: windowDays) == expected,
        sourceLocation: location)
    }
  }

  @Test("by reference, either of both sides', trimmed and in either case, whatever the dates")
  func sharedReferenceMatches() {
    check(["L1 1 100 ab", "B1 60 100 AB"], ["L1=B1 reference"])
    check(["L1 1 100 - x", "B1 60 100 a X"], ["L1=B1 reference"])
    check(["L1 1 100 a", "B1 60 101 a"], ["L1", "B1"])
    check(["L1 1 100 notprovided", "B1 60 100 NOTPROVIDED"], ["L1", "B1"])
    let spaced = BankItem(
      side: .bank, identity: "B1", reference: " A\t", amountMinor: 5, date: .sample)
    #expect(outcome([item("L1 9 5 a"), spaced]) == ["L1=B1 reference"])
    let blank = BankItem(
      side: .bank, identity: "B1", reference: " ", amountMinor: 5, date: .sample)
    #expect(outcome([item("L1 9 5"), blank]) == ["B1", "L1"])
  }

  @Test("by reference before amount: the nearer item keeps its own partner")
  func referenceTakesPrecedenceOverAmount() {
    check(
      ["L1 1 100 a", "L2 1 100", "B1 1 100", "B2 9 100 a"], ["L1=B2 reference", "L2=B1 amount"])
  }

  @Test("with the same reference and amount in the order of dates, if the counts agree")
  func equalCountsOfOneReferenceMatchByDate() {
    check(
      ["L1 1 100 a", "L2 30 100 a", "B1 2 100 a", "B2 31 100 a"],
      ["L1=B1 reference", "L2=B2 reference"])
    check(
      ["L1 1 100 a", "L2 2 100 a", "B1 2 100 a", "B2 3 100 a"],
      ["L1=B1 reference", "L2=B2 reference"])
    check(
      ["L1 1 100 a", "L2 1 100 a", "B1 1 100 a", "B2 1 100 a"],
      ["L1=B1 reference", "L2=B2 reference"])
  }

  @Test("otherwise where their dates agree; the rest is an ambiguous group")
  func unequalCountsOfOneReferenceMatchOnEqualDates() {
    check(["L1 1 100 a", "L2 30 100 a", "B1 30 100 a"], ["L2=B1 reference", "L1"])
    check(
      ["L1 1 100 a", "L2 3 100 a", "B1 30 100 a"], ["L1 group 1", "L2 group 1", "B1 group 1"])
    check(
      ["L1 1 100 a", "L2 3 100 a", "L3 5 100 a", "B1 3 100 a", "B2 9 100 a"],
      ["L2=B1 reference", "L1 group 1", "L3 group 1", "B2 group 1"])
    check(
      ["L1 1 100 a", "L2 1 100 a", "L3 5 100 a", "B1 1 100 a", "B2 1 100 a"],
      ["L1=B1 reference", "L2=B2 reference", "L3"])
  }

  @Test("by a reference that only two have, before one that several share")
  func soleReferenceMatches() {
    check(
      [
        "L1 9 100 s1", "L2 9 100 s2", "L3 9 100 m", "B1 1 100 s1 m", "B2 2 100 s2 m",
        "B3 3 100 s3 m",
      ], ["L1=B1 reference", "L2=B2 reference", "L3=B3 reference"].sorted())
    check(
      ["L1 1 100 a", "L2 2 100 b", "B1 9 100 a b"], ["L1 group 1", "L2 group 1", "B1 group 1"])
    check(["L1 1 100 a", "L2 9 100 b", "B1 9 100 a b"], ["L2=B1 reference", "L1"])
  }

  @Test("by amount within the window, where there is no other candidate")
  func amountsMatchWithinWindow() {
    check(["L1 1 100 x", "B1 4 100 y"], ["L1=B1 amount"])
    check(["L1 4 100", "B1 1 100"], ["L1=B1 amount"].map { $0 })
    check(["L1 1 100", "B1 5 100"], ["L1", "B1"])
    check(["L1 1 100", "B1 2 100"], ["L1", "B1"], windowDays: 0)
    check(["L1 1 100", "B1 1 100"], ["L1=B1 amount"], windowDays: -1)
    check(["L1 1 100", "B1 1 -100"], ["L1", "B1"])
    check(["L1 1 100", "L2 1 100", "L3 2 100"], ["L1", "L2", "L3"])
  }

  @Test("by amount, several candidates are ambiguous unless each date has one of each side")
  func ambiguousAmountsAreNotMatched() {
    check(["L1 1 100", "L2 2 100", "B1 2 100"], ["L1 group 1", "L2 group 1", "B1 group 1"])
    check(
      ["L1 1 100", "L2 2 100", "B1 1 100", "B2 2 100"], ["L1=B1 amount", "L2=B2 amount"])
    check(
      ["L1 1 100", "L2 2 100", "B1 2 100", "B2 3 100"],
      ["L1 group 1", "L2 group 1", "B1 group 1", "B2 group 1"])
    check(
      ["L1 1 100", "L2 1 100", "B1 1 100", "B2 1 100", "L3 20 100", "B3 20 100"],
      ["L3=B3 amount", "L1 group 1", "L2 group 1", "B1 group 1", "B2 group 1"])
    check(
      ["L1 1 7", "B1 1 7", "B2 3 7", "L2 2 9", "B3 2 9", "B4 2 9"],
      ["L1 group 1", "B1 group 1", "L2 group 2", "B3 group 2", "B4 group 2", "B2 group 1"])
  }

  @Test("what references leave undecided may be anybody's: it is never matched past it")
  func undecidedReferencesMakeAmountsAmbiguous() {
    check(
      ["L1 1 100 a", "L2 3 100 a", "B1 5 100 a", "L3 6 100", "B2 6 100"],
      ["L1 group 1", "L2 group 1", "B1 group 1", "L3 group 1", "B2 group 1"])
    check(
      ["L1 1 100 a", "L2 3 100 a", "B1 5 100 a", "L3 20 100", "B2 20 100"],
      ["L3=B2 amount", "L1 group 1", "L2 group 1", "B1 group 1"])
  }

  @Test("no items give no matches")
  func noItemsHaveNoMatches() {
    check([], [])
  }
}
