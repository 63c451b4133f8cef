import LedgerDomain
import Testing

@testable import StatementReading

@Suite("A malformed BAI2 file")
struct BAI2MalformedTests {
  /// A piece of the sample, what stands in its place, and what the finding must say.
  private static let ofOneAccount: [(piece: String, replacement: String, message: String)] = [
    ("015,1300,,/", "045,1300,,/", "has no closing ledger balance (015) of account A1, only"),
    ("015,1300,,/", "045,1300,,/", "opening ledger (010), closing available (045)"),
    ("010,1000,,,015,1300", "040,1000,,,045,1300", "only opening available (040), closing"),
    ("010,1000,,,015,1300,,/", ",2300,,/", "an amount without a type code"),
    ("010,1000,,,015,1300", "XYZ,1000,,,015,1300", "the type code 'XYZ', which is not one"),
    ("015,1300", "015,13.00", "the amount '13.00' for type code 015"),
    ("015,1300", "015,99999999999999999999", "the amount '99999999999999999999' for type code 015"),
    ("010,1000,,,015", "015,1000,,,015", "two different amounts for type code 015: 1000 and 1300"),
    ("03,A1,,", "03,A1,US$,", "in the currency 'US$', which is not in ISO 4217"),
    ("03,A1,,", "03,,,", "names no account (03)"),
    ("165,500,", "ABC,500,", "the transaction 1 (16) with the type code 'ABC'"),
    ("165,500,", "870,500,", "the type code 870 in a transaction of account A1"),
    ("165,500,,", "165,,,", "the transaction 1 (16) without an amount"),
    ("165,500,,", "165,5 00,,", "the transaction 1 (16) with the amount '5 00'"),
    ("165,500,,", "165,500,V,269931,,", "with the value date '269931', which is not a date"),
    ("165,500,,", "165,500,D,99999999,", "the number of distributions '99999999'"),
    ("165,500,,", "165,500,D,9,", "fewer than the 9 distributions"),
    ("165,500,,", "165,501,,", "states the control total 3000 (49), but its parts add up to 3001"),
    ("16,475,200,,B-2,0000104711,/\n", "", "but its parts add up to 2800 for account A1"),
    ("49,3000,4/", "49,3000,5/", "states 5 records (49), but has 4 for account A1"),
    ("49,3000,4/", "49,3O00,4/", "has '3O00' in a trailer (49), which is not a number"),
    ("49,3000,4/\n", "", "has no trailer (49) of the account that begins on this line"),
    ("49,3000,4/", "49,3000,4/x", "has text after the slash that ends the record"),
    ("16,165", "17,165", "has a line that does not begin with a record's code"),
    ("475,200", "475,-200", "has the debit 475 with a minus sign for account A1"),
    ("16,475,200", "16,400,200", "has the total 400 as a transaction for account A1"),
  ]

  @Test("of which one account is wrong is a finding that names it, and the others count")
  func oneAccountIsAFinding() {
    for (piece, replacement, message) in Self.ofOneAccount {
      let file = SampleBAI2.read(Self.unproven(piece, replacement))
      let found = file.findings.first?.message ?? "no finding"
      #expect(found.contains(message), "\(piece) → \(replacement): \(found)")
      #expect(found.hasPrefix("bank.bai, line "), "\(found)")
      #expect(found.hasSuffix("Statement 1 of the file was ignored."), "\(found)")
      #expect(file.findings.count == 1 && file.statements.map(\.account) == ["A2"])
    }
  }

  /// The sample with a replacement. The trailers of group and file state no totals, so that the account
  /// alone is wrong; what the balances would prove otherwise has no opening balance.
  private static func unproven(_ piece: String, _ replacement: String) -> String {
    var text = SampleBAI2.with(
      (piece, replacement), ("98,3070,2,8/", "98,,2,/"), ("99,3070,1,10/", "99,,1,/"))
    let total = replacement == "475,-200" ? "1600" : replacement == "16,400,200" ? "2000" : nil
    if let total {
      text = text.replacing("010,1000,,,", with: "").replacing("49,3000", with: "49,\(total)")
    }
    return text
  }

  @Test("of which a group is wrong is a finding for each of its accounts")
  func wrongGroupIsAFindingForEachAccount() {
    for (piece, replacement, message) in [
      ("98,3070", "98,3071", "states the control total 3071 (98), but its parts add up to 3070"),
      ("98,3070,2", "98,3070,3", "states 3 accounts (98), but has 2"),
      ("98,3070,2,8", "98,3070,2,9", "states 9 records (98), but has 8"),
      ("1,260331", "1,261331", "has the as-of date '261331' in group 1"),
      ("1,260331", "1,", "has no as-of date in the header of group 1 (02)"),
      ("1,260331", "7,260331", "has the status '7' in group 1"),
    ] {
      let text = SampleBAI2.with(("99,3070,1,10/", "99,,1,/"), (piece, replacement))
      let file = SampleBAI2.read(text)
      #expect(file.statements.isEmpty)
      #expect(file.findings.count == 2, "\(piece)")
      for finding in file.findings {
        #expect(finding.message.contains(message), "\(piece): \(finding.message)")
      }
      #expect(file.findings.last?.message.hasSuffix("Statement 2 of the file was ignored.") == true)
    }
  }

  @Test("of which the whole is wrong gives no statement")
  func wrongFileGivesNoStatement() {
    for (piece, replacement, message) in [
      ("99,3070", "99,3071", "states the control total 3071 (99), but its parts add up to 3070"),
      ("99,3070,1", "99,3070,2", "states 2 groups (99), but has 1"),
      ("1,10/", "1,11/", "states 11 records (99), but has 10"),
      ("99,3070,1,10/", "", "ends before its trailer (99)"),
      ("98,3070,2,8/\n", "", "before the trailer (98) of a group"),
      ("49,70,2/\n98,3070,2,8/\n99,3070,1,10/", "", "ends before its trailer (99)"),
      ("02,CLIENT", "22,CLIENT", "does not begin with a record's code"),
      ("02,CLIENT,BANK,1,260331,,USD,2/\n", "", "has an account (03) outside a group (02)"),
      ("03,A1,,010,1000,,,015,1300,,/\n", "", "has a transaction (16) outside an account"),
      ("03,A2,,015,70,,/\n", "", "an account's trailer (49) without the account (03)"),
      ("01,BANK", "16,BANK", "has a transaction (16) outside an account"),
      ("0215,1,,,2/", "0215,1,,,1/", "is version '1' of BAI, not 2"),
      ("99,3070,1,10/", "99,3070,1,10/\n49,1,2/", "trailer (49) without the account (03)"),
      ("99,3070", "01,B,C,260401,0215,1,,,2/\n99,3070", "has a second header (01)"),
      ("03,A1", "02,C,B,1,260331,,,2/\n03,A1", "before the trailer (98) of the one before it"),
    ] {
      let file = SampleBAI2.read(SampleBAI2.with((piece, replacement)))
      let found = file.findings.first?.message ?? "no finding"
      #expect(file.statements.isEmpty && file.findings.count == 1, "\(piece)")
      #expect(found.contains(message), "\(piece): \(found)")
      #expect(found.hasSuffix("The whole file was ignored."), "\(piece): \(found)")
    }
  }

  @Test("of which very many accounts are wrong says how many more there are")
  func veryManyFaultsAreCounted() {
    let count = 20_000
    for members in [count, count + 1] {
      let accounts = (1...count).map { "03,A\($0),,040,\($0),,/\n49,,/" }.joined(separator: "\n")
      let file = SampleBAI2.read(
        "01,B,C,260401,0215,1,,,2/\n02,C,B,1,260331,,,2/\n\(accounts)\n98,,\(members),/\n99,,1,/")
      #expect(file.statements.isEmpty && file.findings.count == 1001 && file.notes.count <= 1000)
      #expect(file.findings.last?.message.contains("has 19000 more statements") == true)
    }
  }
}
