import LedgerDomain
import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("Chart of accounts as a table")
struct ChartTableTests {
  private static let header = "account_code,account_name,normal_side\n"
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func chart(_ text: String) throws -> ChartOfAccounts {
    try ReferenceTables.chart(at: folder.write(text, to: "chart.csv"))
  }

  /// The message of the error that reading the rows gives.
  private func fault(_ text: String) throws -> String? {
    do {
      _ = try chart(text)
      return nil
    } catch let error as ReadingError {
      #expect(error.code == .invalidTable)
      #expect(error.file == "\(folder.path)/chart.csv")
      return error.message
    }
  }

  @Test("has its accounts read, in the order of their codes")
  func accountsAreReadInCodeOrder() throws {
    let chart = try chart(
      Self.header + "4000,\"Interest, income\",CR\n1100,\"Loans \"\"receivable\"\"\",DR\n"
        + "0000,,DR\n9999,Ma\u{308}rz,CR")
    #expect(chart.accounts.map(\.code.description) == ["0000", "1100", "4000", "9999"])
    #expect(
      chart.accounts.map(\.name) == ["", "Loans \"receivable\"", "Interest, income", "Ma\u{308}rz"])
    #expect(chart.accounts.map(\.normalSide) == [.debit, .debit, .credit, .credit])
    #expect(chart.contains(AccountCode(number: 9999)))
    #expect(!chart.contains(AccountCode(number: 1)))
  }

  @Test(
    "may have a byte order mark, CR LF, other columns and another order of them",
    arguments: [
      "\u{FEFF}account_code,account_name,normal_side\r\n1100,Loans,DR\r\n",
      "account_code,account_name,normal_side,type\n1100,Loans,DR,asset\n",
      "note,normal_side,account_name,account_code\n\"a\nb\",DR,Loans,1100\n",
    ])
  func equivalentFormsAreRead(text: String) throws {
    let account = Account(
      code: AccountCode(number: 1100), name: "Loans", normalSide: .debit)
    #expect(try chart(text).accounts == [account])
  }

  @Test("names the line of an error")
  func errorsNameTheLine() throws {
    let good = Self.header + "1100,Loans,DR\n"
    let faults = [
      (good + "1100,Loans again,DR\n", "line 3 repeats account 1100"),
      (good + "1200,Lo\0ans,DR\n", "line 3 has a NUL character"),
      (good + "\n110,Short,DR\n", "line 4 has the account code '110'"),
      (good + "11000,Long,DR\n", "line 3 has the account code '11000'"),
      (good + " 1200,Space,DR\n", "line 3 has the account code ' 1200'"),
      (good + "12O0,Letter,DR\n", "line 3 has the account code '12O0'"),
      (good + "\u{661}200,Arabic,DR\n", "line 3 has the account code '\u{661}200'"),
      (good + "-120,Sign,DR\n", "line 3 has the account code '-120'"),
      (good + "1200,\"two\nlines\",debit\n", "line 3 has the normal side 'debit'"),
      (good + "1200,Cash,dr\n", "line 3 has the normal side 'dr'"),
      (good + "1200,Cash,\n", "line 3 has the normal side ''"),
      (good + "1200,Cash\n", "line 3 has 2 cells, but the header has 3"),
      (good + "1200,Cash, and more,DR\n", "line 3 has 4 cells, but the header has 3"),
      (good + "1200,\"Cash,DR\n", "line 3 opens a quote that is never closed"),
      ("account_code,normal_side\n1100,DR\n", "line 1 has no column account_name"),
      ("", "line 1 is empty"), (Self.header, "has no accounts. Add a row for each account."),
    ]
    for (text, message) in faults {
      let found = try fault(text)
      #expect(found?.hasPrefix(message) == true, "\(message): \(found ?? "none")")
    }
  }

  @Test("must be UTF-8 and there")
  func chartMustBeReadableUTF8() throws {
    let path = try folder.write(Array(Self.header.utf8) + [0x31, 0xFF, 0x0A], to: "chart.csv")
    let error = #expect(throws: ReadingError.self) { try ReferenceTables.chart(at: path) }
    #expect(error?.message == "line 2 is not UTF-8.")
    let missing = #expect(throws: ReadingError.self) {
      try ReferenceTables.chart(at: "\(folder.path)/none.csv")
    }
    #expect(missing?.code == .cannotOpen)
  }
}
