import LedgerDomain
import Testing

@testable import StatementReading

@Suite("A BAI2 file")
struct BAI2ReaderTests {
  @Test("is told by its header, and nothing else is taken for one")
  func headerTellsTheFormat() {
    func recognizes(_ text: String) -> Bool { BAI2Reader.recognizes(Array(text.utf8)[...]) }
    #expect(recognizes(SampleBAI2.text))
    #expect(recognizes("\r\n 01,A,B,260331,1200,1,80,1,2/"))
    #expect(recognizes("01,,,,,,,,2/\n02,A,B,1,260331"))
    #expect(recognizes("01,BANK,CLIENT,260331,1200,1,,,2\n02,A,B,1,260331"))
    #expect(recognizes("01,BANK,CLIENT,260331,,1/"))
    for text in [
      "", "01", "01,", "01,A,B,2026-03-31,12.00\n02.03.2026,1", "01,02,03\n1,2,3", "02,A,B,1",
      "date,amount\n01,02", ":20:X", "<OFX>", "01,RENT,12.00\n02,FEE,13.00", "01,A,260331,1.00",
      "01,RENT,X,260331,12.50\n02,FEE,X,260331,1.00", "01,A,B,C,D,E,F,G,H\n02,A,B,C,D,E,F,G,H",
    ] {
      #expect(!recognizes(text), "\(text)")
    }
  }

  @Test("says when it was made and whether its balances are of a moment within the day")
  func timesAndModifierAreKept() throws {
    let statement = try #require(SampleBAI2.read(SampleBAI2.text).statements.first)
    let day = try #require(BusinessDate("2026-04-01"))
    #expect(statement.createdAt == StatementTime(date: day, second: 8100))
    #expect(!statement.closing.isIntermediate)
    #expect(statement.opening?.amountMinor == 1000 && statement.closing.amountMinor == 1300)
    let within = SampleBAI2.read(SampleBAI2.with((",USD,2/", ",USD,3/"))).statements
    #expect(within.map(\.closing.isIntermediate) == [true, true])
    let part = SampleBAI2.read(
      SampleBAI2.with(
        (",USD,2/", ",USD,3/"), (",,,015,1300,,/", ",,/"), ("49,3000", "49,1700"), ("3070", "1770"))
    )
    #expect(part.statements.map(\.account) == ["A2"] && part.findings.isEmpty)
    #expect(part.notes.map(\.line) == [3])
    #expect(part.notes[0].message.contains("group 1 reports a part of a day (modifier 3)"))
    for (time, second) in [("2400", 86_399), ("9999", 86_399), ("0000", 0), ("", 0), ("2560", 0)] {
      let file = SampleBAI2.read(SampleBAI2.with((",0215,", ",\(time),")))
      #expect(file.statements.first?.createdAt?.second == second)
      #expect(file.notes.count == (time == "2560" ? 1 : 0))
    }
    let undated = SampleBAI2.read(SampleBAI2.with(("260401", "")))
    #expect(undated.statements.count == 2 && undated.statements[0].createdAt == nil)
  }

  @Test(
    "has years of two digits or four",
    arguments: [
      ("260331", "2026-03-31"), ("790101", "2079-01-01"), ("800101", "1980-01-01"),
      ("20260331", "2026-03-31"), ("19991231", "1999-12-31"),
    ])
  func yearsHaveTwoOrFourDigits(written: String, date: String) {
    let file = SampleBAI2.read(SampleBAI2.with(("260331", written)))
    #expect(file.statements.map(\.closing.date.description) == [date, date])
  }

  @Test("may leave figures out of its trailers, which a note says for an account")
  func trailersMayLeaveFiguresOut() {
    let text = SampleBAI2.with(
      ("49,70,2/", "49,,/"), ("98,3070,2,8/", "98/"), ("99,3070,1,10/", "99,,/"))
    let file = SampleBAI2.read(text)
    #expect(file.statements.count == 2 && file.findings.isEmpty)
    #expect(file.notes.map(\.line) == [8])
  }

  @Test(
    "without an account says so, with a group or without",
    arguments: [
      "01,B,C,260331,1200,1,,,2/\n99,0,0,2/", "01,B,C,260331,1200,1,,,2/\n99,,,/",
      "01,B,C,260331,1200,1,,,2/\n02,A,B,1,260331,,USD,2/\n98,0,0,2/\n99,0,1,4/",
      "01,B,C,260331,1200,1,,,2/\n02,A,B,1,26\u{1A}\u{1A},3/\n98,\n99,",
    ])
  func emptyFileIsNoted(text: String) {
    let file = SampleBAI2.read(text)
    #expect(file.statements.isEmpty && file.findings.isEmpty, "\(file.findings)")
    #expect(file.notes.contains { $0.message == "The file holds no account." }, "\(file.notes)")
  }

  @Test("may break its records anywhere between two fields")
  func recordsAreContinuedBetweenAnyFields() {
    let whole = SampleBAI2.read(SampleBAI2.text).statements
    for line in ["03,A1,,010,1000,,,015,1300,,/", "16,475,200,,B-2,0000104711,/"] {
      let fields = line.dropLast().split(separator: ",", omittingEmptySubsequences: false)
      for count in 2..<fields.count {
        for ending in ["/", ""] {
          let broken =
            fields[..<count].joined(separator: ",") + ending + "\n88,"
            + fields[count...].joined(separator: ",") + "/"
          let file = SampleBAI2.read(
            SampleBAI2.with(
              (line, broken), ("49,3000,4/", "49,3000,5/"), ("2,8/", "2,9/"), ("1,10/", "1,11/")))
          #expect(file.statements == whole, "\(broken)")
        }
      }
    }
  }

  @Test("may have several records on a line; one wrong account leaves the others")
  func severalRecordsMayBeOnALine() {
    for separator in ["", " ", "   "] {
      let joined = SampleBAI2.with(
        ("/\n", "/" + separator), ("RENT\n", "RENT/" + separator))
      #expect(SampleBAI2.read(joined).statements == SampleBAI2.read(SampleBAI2.text).statements)
      let half = SampleBAI2.with(("USD,2/\n", "USD,2/" + separator))
      #expect(SampleBAI2.read(half).statements.count == 2)
      let wrong = SampleBAI2.read(half.replacing("4/\n03,A2", with: "5/" + separator + "03,A2"))
      #expect(wrong.statements.map(\.account) == ["A2"])
      #expect(wrong.findings.first?.message.contains("states 5 records (49), but has 4") == true)
    }
  }

  @Test("keeps 64 KiB of a text that is longer")
  func longTextIsCut() {
    let file = SampleBAI2.read(
      SampleBAI2.with(("RENT", String(repeating: "RENT ", count: 50_000))))
    #expect(file.statements.first?.entries.first?.text?.utf8.count == 65_536)
  }

  @Test("of many transactions is read in one pass")
  func manyTransactionsAreRead() {
    let count = 20_000
    let transactions = (1...count).map { "16,165,1,,B-\($0),,NO. \($0)" }.joined(separator: "\n")
    let text = """
      01,BANK,CLIENT,260401,0215,1,,,2/
      02,CLIENT,BANK,1,260331,,USD,2/
      03,A1,,010,0,,,015,\(count),,/
      \(transactions)
      49,\(2 * count),\(count + 2)/
      98,\(2 * count),1,\(count + 4)/
      99,\(2 * count),1,\(count + 6)/
      """
    let file = SampleBAI2.read(text)
    #expect(file.findings.isEmpty)
    #expect(file.statements.first?.entries.count == count)
    #expect(file.statements.first?.entries.last?.reference(.accountServicer) == "B-\(count)")
  }
}
