import LedgerDomain
import Testing

@testable import StatementReading

@Suite("The balances of a camt statement")
struct CamtBalancesTests {
  /// Balances as `OPBD 100 1`: type, amount, day of May 2026; `ITBD/CIBD` with a subtype.
  private func ends(_ balances: [String], page: StatementPage? = nil) throws -> String {
    var all = CamtBalances()
    for balance in balances {
      let words = balance.split(separator: " ").map(String.init)
      let types = words[0].split(separator: "/").map(String.init)
      let day = try #require(Int(words[2]))
      let date = try #require(BusinessDate(year: 2026, month: 5, day: day))
      try all.add(
        try #require(AmountMinor(words[1])), date, type: types[0],
        subtype: types.count > 1 ? types[1] : nil)
    }
    let (opening, closing) = all.ends(of: page)
    func text(_ balance: StatementBalance?) -> String {
      balance.map { "\($0.amountMinor)\($0.isIntermediate ? "i" : "")" } ?? "none"
    }
    return "\(text(opening)) \(text(closing))"
  }

  @Test("are the opening and the closing one, or what stands for them")
  func endsAreFound() throws {
    for (balances, expected) in [
      (["OPBD 1 4", "CLBD 2 4"], "1 2"), (["CLBD 2 4", "OPBD 1 4"], "1 2"),
      (["PRCD 1 3", "CLBD 2 4"], "1 2"), (["PRCD 1 3", "OPBD 3 4", "CLBD 2 4"], "3 2"),
      (["CLBD 2 4"], "none 2"), (["OPBD 1 4"], "1 none"), ([], "none none"),
      (["OPBD 1 4", "ITBD 9 4", "CLBD 2 4"], "1 2"), (["OPBD 1 4", "OPBD 1 4", "CLBD 2 4"], "1 2"),
      (["OPBD 5 6", "OPBD 1 4", "CLBD 5 5", "CLBD 2 6"], "1 2"),
      // Pages.
      (["OPBD 1 4", "ITBD 2 4"], "1 2i"), (["ITBD 1 4", "CLBD 2 4"], "1i 2"),
      (["ITBD 1 4", "ITBD 2 4"], "1i 2i"), (["ITBD 1 4", "ITBD 9 4", "ITBD 2 4"], "1i 2i"),
      (["ITBD 1 4"], "none none"), (["ITBD/CIBD 2 4", "ITBD/OIBD 1 4"], "1i 2i"),
      (["OPBD/INTM 1 4", "CLBD/INTM 2 4"], "1i 2i"), (["PRCD 1 3", "CLBD/INTM 2 4"], "1 2i"),
    ] as [([String], String)] {
      #expect(try ends(balances) == expected, "\(balances)")
    }
  }

  @Test("are those of a page where it says which one it is")
  func pagesDecide() throws {
    let all = ["OPBD 1 4", "ITBD 5 4", "ITBD 6 4", "CLBD 2 4"]
    #expect(try ends(all, page: StatementPage(number: 1, isLast: true)) == "1 2")
    #expect(try ends(all, page: StatementPage(number: 1, isLast: false)) == "1 6i")
    #expect(try ends(all, page: StatementPage(number: 2, isLast: false)) == "5i 6i")
    #expect(try ends(all, page: StatementPage(number: 3, isLast: true)) == "5i 2")
    #expect(try ends(all, page: StatementPage(number: 3)) == "5i 2")
    let named = ["OPBD/INTM 1 4", "CLBD/INTM 2 4"]
    #expect(try ends(named, page: StatementPage(number: 1, isLast: true)) == "1 2")
    #expect(try ends(named, page: StatementPage(number: 2, isLast: false)) == "1i 2i")
    // Pages that state the statement's own balances keep them: their numbers tell them apart.
    #expect(try ends(["OPBD 1 4", "CLBD 2 4"], page: StatementPage(number: 2)) == "1 2")
  }

  @Test("are refused where two of a type and date differ")
  func contradictionsAreRefused() {
    for type in ["OPBD", "PRCD", "CLBD"] {
      #expect(throws: CamtFlaw.self) { try ends(["\(type) 1 4", "\(type) 2 4"]) }
    }
  }
}
