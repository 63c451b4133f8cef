import LedgerDomain
import Reconciliation
import TestSupport
import Testing

@Suite("The rules of bank matching and their order")
struct MatchingOrderTests {
  private func check(
    _ lines: [String], _ expected: [String], _ location: SourceLocation = #_sourceLocation
  ) {
    let items = MatchingItems(lines).items
    #expect(MatchingItems.outcome(items) == expected, sourceLocation: location)
    var numbers = SeededNumbers(seed: 11)
    for _ in 0..<5 {
      #expect(
        MatchingItems.outcome(items.shuffled(using: &numbers)) == expected,
        sourceLocation: location)
    }
  }

  @Test("a reference of any kind is shared, and the match names it as the ledger writes it")
  func anyReferenceMatches() {
    for kind in BankReference.Kind.allCases where kind != .text && kind != .cheque {
      check(["L1 1 100 Pay-7", "B1 50 100 own \(kind.rawValue):PAY-7"], ["L1=B1 reference Pay-7"])
    }
    check(["L1 1 100 000123", "B1 50 100 cheque:0123"], ["L1=B1 reference 000123"])
    check(
      [
        "L1 1 100 journal_entry:5e0f7b3a52b34c4b9c1f0d8f6a7e2b11",
        "B1 50 100 uetr:5E0F7B3A-52B3-4C4B-9C1F-0D8F6A7E2B11",
      ], ["L1=B1 reference 5e0f7b3a52b34c4b9c1f0d8f6a7e2b11"])
  }

  @Test("what banks write where there is no reference is none")
  func placeholdersAreNoReferences() {
    for word in ["NOTPROVIDED", "nonref", "0000000", "N/A"] {
      check(["L1 1 100 \(word)", "B1 50 100 \(word)"], ["L1", "B1"])
    }
  }

  @Test("a batch matches as a whole before its transactions do")
  func wholeBatchesComeFirst() {
    check(
      ["L1 1 300 run", "L2 1 100 a", "X.1 1 100 a of run", "X.2 1 200 b"],
      ["L1=X.1+X.2 reference run", "L2"])
    check(
      ["L1 1 100 a", "L2 1 200 b", "X.1 40 100 a", "X.2 40 200 b of run"],
      ["L1=X.1 batch a", "L2=X.2 batch b"])
  }

  @Test("transactions match by their batch's reference where the amount tells them apart")
  func batchReferencesReachTransactions() {
    check(
      ["L1 1 100 run", "L2 1 250 run", "X.1 40 100 of run", "X.2 40 200"],
      ["L1=X.1 batch run", "L2", "X.2"])
    check(
      ["L1 1 100 run", "X.1 2 100 of run", "X.2 2 100"],
      ["L1 group 1", "X.1 group 1", "X.2 group 1"])
  }

  @Test("a batch of which a part is gone is no whole")
  func partialBatchesAreNoWhole() {
    check(
      ["L1 1 300 run", "X.1 1 100 a of run partial", "X.2 1 200 b"], ["L1", "X.1", "X.2"])
  }

  @Test("several lines with one reference match the bank's entry of their sum, and the reverse")
  func groupsMatchBySum() {
    check(["L1 1 60 a", "L2 9 40 a", "B1 50 100 a"], ["L1+L2=B1 group a"])
    check(["L1 1 100 a", "B1 50 130 a", "B2 51 -30 a"], ["L1=B1+B2 group a"])
    check(["L1 1 60 a", "L2 1 40 b", "B1 50 100 a b"], ["L1", "L2", "B1"])
    check(["L1 1 60 a", "L2 1 41 a", "B1 1 100 a"], ["L1", "L2", "B1"])
    check(
      ["L1 1 150 run", "L2 1 150 run", "X.1 1 100 of run", "X.2 1 200"],
      ["L1+L2=X.1+X.2 group run"])
  }

  @Test("a reference that recurs gives a group for each date that one entry fits alone")
  func groupsOfOneDateMatch() {
    check(
      ["L1 1 60 a", "L2 1 40 a", "L3 31 60 a", "L4 31 41 a", "B1 2 100 a", "B2 32 101 a"],
      ["L1+L2=B1 group a", "L3+L4=B2 group a"])
    check(
      ["L1 1 60 a", "L2 1 40 a", "L3 31 60 a", "L4 31 40 a", "B1 33 100 a"],
      ["L1", "L2", "L3", "L4", "B1"])
  }

  @Test("groups that contradict each other are ambiguous, one within another is not")
  func contradictingGroupsAreAmbiguous() {
    check(
      ["L1 1 60 a", "L2 1 40 a b", "L3 1 60 b", "B1 1 100 a b"],
      ["L1 group 1", "L2 group 1", "L3 group 1", "B1 group 1"])
    check(
      ["L1 1 60 run one", "L2 1 40 run one", "L3 1 -100 run", "B1 9 100 one"],
      ["L1+L2=B1 group one", "L3"])
  }

  @Test("what one side reverses cancels, by link or reference")
  func reversalsCancel() {
    check(["L1 1 100 a", "L2 9 -100 b reverses L1"], ["L1+L2= cancellation L1"])
    check(["L1 1 100 a", "L2 9 -100 a"], ["L1+L2= cancellation a"])
    check(["B1 1 100 a", "B2 30 -100 a reversal"], ["=B1+B2 cancellation a"])
    check(["B1 1 100 customer:a", "B2 2 -100 customer:a"], ["B1", "B2"])
    check(
      ["B1 1 100 customer:a", "B2 2 -100 customer:a reversal"], ["=B1+B2 cancellation a"])
    check(["B1 1 100 entry:1", "B2 2 -100 entry:1 reversal"], ["B1", "B2"])
    check(["L1 1 100", "L2 2 -100"], ["L1", "L2"])
    check(["L1 1 100", "L2 2 -90 reverses L1"], ["L1", "L2"])
    check(
      ["X.1 1 100 of run", "X.2 1 200", "B1 5 -300 run reversal"],
      ["=X.1+X.2+B1 cancellation run"])
  }

  @Test("two reversals of one entry are ambiguous")
  func repeatedReversalsAreAmbiguous() {
    check(
      ["L1 1 100", "L2 2 -100 reverses L1", "L3 3 -100 reverses L1"],
      ["L1 group 1", "L2 group 1", "L3 group 1"])
  }

  @Test("a reference to the other side comes before a cancellation, a cancellation before amounts")
  func cancellationHasItsPlace() {
    check(
      ["L1 1 100 a", "L2 2 -100 a", "B1 2 100 a"], ["L1=B1 reference a", "L2"])
    check(
      ["L1 1 100 a", "L2 2 -100 a", "B1 2 100 x"], ["L1+L2= cancellation a", "B1"])
  }

  @Test("words of the bank's text count after all references")
  func wordsMatchAfterReferences() {
    check(["L1 1 100 PAY-1", "B1 50 100 x \"Invoice pay-1, thanks\""], ["L1=B1 reference PAY-1"])
    check(["L1 1 100 PAY-1", "B1 50 100 x \"EREF+PAY-1\""], ["L1=B1 reference PAY-1"])
    check(["L1 1 100 rent", "B1 50 100 x \"the rent\""], ["L1", "B1"])
    check(
      ["L1 1 100 PAY-1", "B1 50 100 x \"PAY-1\"", "B2 50 100 PAY-1"],
      ["L1=B2 reference PAY-1", "B1"])
    check(
      ["L1 1 60 PAY-1", "L2 1 40 PAY-1", "B1 50 100 x \"PAY-1\""], ["L1+L2=B1 group PAY-1"])
    check(
      ["L1 1 100 PAY-1", "X.1 9 100 \"PAY-1\"", "X.2 9 200"], ["L1=X.1 batch PAY-1", "X.2"])
  }

  @Test("a reference that a format cut matches if only one begins so")
  func cutReferencesMatch() {
    check(
      ["L1 1 100 ABCDEFGHIJKLMNOP-77", "B1 50 100 abcdefghijklmnop"],
      ["L1=B1 reference ABCDEFGHIJKLMNOP-77"])
    check(
      [
        "L1 1 100 ABCDEFGHIJKLMNOP-77", "L2 1 100 ABCDEFGHIJKLMNOP-78",
        "B1 50 100 ABCDEFGHIJKLMNOP",
      ],
      ["L1 group 1", "L2 group 1", "B1 group 1"])
    check(["L1 1 100 PAY-10", "B1 50 100 PAY-1"], ["L1", "B1"])
  }

  @Test("amounts match a whole batch, or its transactions, but never either")
  func amountsOfBatchesMatch() {
    check(["L1 1 300", "X.1 2 100", "X.2 2 200"], ["L1=X.1+X.2 amount"])
    check(["L1 1 100", "L2 1 200", "X.1 2 100", "X.2 2 200"], ["L1=X.1 amount", "L2=X.2 amount"])
    check(
      ["L1 1 100", "L2 1 300", "X.1 2 100", "X.2 2 200"],
      ["L1 group 1", "L2 group 1", "X.1 group 1", "X.2 group 1"])
    check(
      ["L1 1 100", "X.1 2 100", "X.2 2 50", "X.3 2 -50"],
      ["L1 group 1", "X.1 group 1", "X.2 group 1", "X.3 group 1"])
  }

  @Test("an item whose reference the other side has with another amount is nobody's candidate")
  func itemsSpokenForAreNoCandidates() {
    check(
      ["L1 1 100 a", "B1 2 98 a", "L2 2 98"], ["L1", "L2", "B1"])
    check(
      ["L1 1 100 a", "B1 2 98 a", "L2 2 98", "B2 2 98 x"],
      ["L2=B2 amount", "L1", "B1"])
  }

  @Test("items over zero are never matched")
  func zeroItemsStayOpen() {
    check(["L1 1 0 a", "B1 1 0 a"], ["L1", "B1"])
  }
}
