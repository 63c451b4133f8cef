import LedgerDomain
import StatementReading
import Testing

@Suite("An entry of MT940")
struct MT940EntryTests {
  private func date(_ text: String) throws -> BusinessDate { try #require(BusinessDate(text)) }

  @Test("has the sign of its mark: a reversed credit is a debit, a reversed debit a credit")
  func markGivesSign() {
    let marks: [(mark: String, amount: Int64, isReversal: Bool)] = [
      ("C", 150, false), ("D", -150, false), ("RC", -150, true), ("RD", 150, true),
      ("CR", 150, false), ("DR", -150, false), ("RCR", -150, true), ("RDR", 150, true),
      ("CD", 150, false), ("DD", -150, false), ("DC", -150, false), ("C ", 150, false),
    ]
    for (mark, amount, isReversal) in marks {
      let entry = MT940Sample.entry("2603310331\(mark)1,5NTRFNONREF")
      #expect(entry?.amountMinor == amount && entry?.isReversal == isReversal, "\(mark)")
      #expect(entry?.status == .booked)
    }
    for (mark, amount) in [("EC", 150), ("ED", -150)] as [(String, Int64)] {
      let entry = MT940Sample.entry("2603310331\(mark)1,5NTRFNONREF")
      #expect(entry?.amountMinor == amount && entry?.status == .pending, "\(mark)")
    }
  }

  @Test("has the decimals of its currency, and never more")
  func decimalsAreTheCurrencys() {
    let amounts: [(text: String, currency: String, minor: Int64?)] = [
      ("12,", "EUR", 1200), ("12,3", "EUR", 1230), ("12,34", "EUR", 1234), ("12,340", "EUR", 1234),
      ("12,345", "EUR", nil), (",05", "EUR", 5), ("000000000012,34", "EUR", 1234),
      ("1000,", "JPY", 1000), ("1000,00", "JPY", 1000), ("1000", "JPY", 1000),
      ("1000,5", "JPY", nil), ("1,234", "BHD", 1234), ("1,2", "BHD", 1200), ("1,2345", "BHD", nil),
      ("92233720368547758,07", "EUR", .max), ("92233720368547758,08", "EUR", nil),
      (",", "EUR", nil),
    ]
    for (text, currency, minor) in amounts {
      let entry = MT940Sample.entry("260331C\(text)NTRFNONREF", currency: currency)
      #expect(entry?.amountMinor == minor, "\(text) \(currency)")
    }
  }

  @Test("was booked on its entry date, in the year that fits")
  func entryDateGetsItsYear() throws {
    func booked(_ dates: String, opening: String, closing: String) -> BusinessDate? {
      let text =
        ":20:A\n:25:1\n:28C:1\n:60F:C\(opening)EUR0,\n:61:\(dates)C1,NTRFNONREF\n"
        + ":62F:C\(closing)EUR1,\n"
      return MT940Sample.read(text).statements.first?.entries.first?.bookingDate
    }
    #expect(booked("2612310102", opening: "261230", closing: "270102") == (try date("2027-01-02")))
    #expect(booked("2701021231", opening: "261230", closing: "261231") == (try date("2026-12-31")))
    #expect(booked("2601151214", opening: "251213", closing: "251214") == (try date("2025-12-14")))
    #expect(booked("2503010331", opening: "260330", closing: "260331") == (try date("2026-03-31")))
    #expect(
      booked("260331260330", opening: "260329", closing: "260331") == (try date("2026-03-30")))
    #expect(booked("2402290229", opening: "240228", closing: "240229") == (try date("2024-02-29")))
    #expect(booked("9912310103", opening: "991231", closing: "000103") == (try date("2000-01-03")))
    // Without an entry date: the value date, or the closing date if that is outside the statement.
    #expect(booked("260330", opening: "260329", closing: "260331") == (try date("2026-03-30")))
    #expect(booked("260402", opening: "260330", closing: "260331") == (try date("2026-03-31")))
    #expect(booked("260301", opening: "260330", closing: "260331") == (try date("2026-03-31")))
    #expect(booked("2603310000", opening: "260330", closing: "260331") == (try date("2026-03-31")))
  }

  @Test("has the references that its fields name, each by its kind")
  func referencesHaveKinds() {
    let samples: [(lines: String, references: [BankReference])] = [
      (
        "260331C1,NTRFA-1//B-2",
        [BankReference(.customer, "A-1"), BankReference(.accountServicer, "B-2")]
      ),
      ("260331C1,NTRFNONREF//NONREF", []),
      ("260331C1,NTRF//B", [BankReference(.accountServicer, "B")]),
      ("260331C1,NTRFEREF\n:86:/EREF/X/1/REMI/T/", [BankReference(.endToEnd, "X/1")]),
      (
        "260331C1,NCHK000123",
        [BankReference(.cheque, "000123"), BankReference(.customer, "000123")]
      ),
      (
        "260331C1,NTRFKREF+\n:86:EREF+E 1KREF+K2MREF+M3SVWZ+S",
        [BankReference(.endToEnd, "E 1"), BankReference(.customer, "K2")]
      ),
      (
        "260331C1,NTRF1234567890123456//1234567890123456/IACC/1/",
        [
          BankReference(.customer, "1234567890123456"),
          BankReference(.accountServicer, "1234567890123456"),
        ]
      ),
      (
        "260331C1,NMSC\n:86:SETTLES RF18539007547034",
        [BankReference(.creditor, "RF18539007547034")]
      ),
      (
        "260331C1,NMSC\n:86:PAID EREF: E-1 KREF: K-1 INVOICE 7",
        [
          BankReference(.endToEnd, "E-1"), BankReference(.customer, "K-1"),
        ]
      ),
      ("260331C1,NMSC\n:86:SETTLES RF19539007547034", []),
      (
        "260331C1,NMSC\n:86:/ROC/R-1/PY/PAID/UETR/7f3c2a10-9d4e-4b6f-8a55-0c1d2e3f4a5b",
        [
          BankReference(.customer, "R-1"),
          BankReference(.uetr, "7f3c2a10-9d4e-4b6f-8a55-0c1d2e3f4a5b"),
        ]
      ),
    ]
    for (lines, references) in samples {
      #expect(MT940Sample.entry(lines)?.references == references, "\(lines)")
    }
  }

  @Test("has its remittance as text, in one line")
  func textIsTheRemittance() {
    let samples: [(lines: String, text: String?)] = [
      ("260331C1,NMSC", nil), ("260331C1,NMSC\n:86:", nil), ("260331C1,NMSC\nMORE", "MORE"),
      ("260331C1,NMSC\nMORE\n:86:TEXT", "MORE TEXT"),
      ("260331C1,NMSC\n/OCMT/EUR1,/\n:86:TEXT", "TEXT"),
      ("260331C1,NMSC\n:86:ONE\nTWO  THREE \n", "ONE TWO THREE"),
      ("260331C1,NMSC\n:86:ONE\n:86:TWO", "ONE TWO"),
      ("260331C1,NMSC\n:86:166?00TRANSFER", "TRANSFER"),
      ("260331C1,NMSC\n:86:166?00TRANSFER?20ONE?21TWO?32NAME?60THREE", "ONE TWO THREE"),
      (
        "260331C1,NMSC\n:86:166?20ABCDEFGHIJKLMNOPQRSTUVWXYZA?21B?32NAME",
        "ABCDEFGHIJKLMNOPQRSTUVWXYZAB"
      ),
      ("260331C1,NMSC\n:86:?20WHO? 12?99NO", "WHO? 12?99NO"),
      ("260331C1,NMSC\n:86:TIME 16\n:26:37 :KO:X", "TIME 16:26:37 :KO:X"),
      ("260331C1,NMSC\n:86:A\u{1}B\tC", "A B C"),
      ("260331C1,NMSC\n:86:PAID EREF: E-1 INVOICE 7", "PAID EREF: E-1 INVOICE 7"),
      ("260331C1,NMSC\n:86:Zażółć", "Zażółć"),
    ]
    for (lines, text) in samples {
      #expect(MT940Sample.entry(lines)?.text == text, "\(lines)")
    }
  }

  @Test("may be in Latin-1 or Windows-1252")
  func otherEncodingsAreDecoded() {
    let text = Array(MT940Sample.with("INSTALMENT 1", "GEB\u{1}HR 1\u{2}").utf8)
    let bytes: [UInt8] = text.map { $0 == 1 ? 0xDC : $0 == 2 ? 0x80 : $0 }
    #expect(MT940Sample.read(bytes).statements.first?.entries.first?.text == "SUPPLEMENT GEBÜHR 1€")
  }

  @Test("belongs to the account, without the bank's BIC and the currency")
  func accountIsNamed() {
    let accounts = [
      ("DE02120300000000202051", "DE02120300000000202051"),
      ("12030000/202051EUR", "12030000/202051"),
      ("BYLADEM1001/DE02120300000000202051", "DE02120300000000202051"),
      ("//AT39364/12345678912/EUR", "AT39364/12345678912"), ("4000-123 456", "4000-123 456"),
      ("/PL61109010140000071219812874", "PL61109010140000071219812874"),
      ("DE02120300000000202051EUR", "DE02120300000000202051"), ("BANKLULL/4711", "4711"),
      ("MAIN-EUR", "MAIN-EUR"), ("4711.9 EUR", "4711.9"), ("MT84MALT011CASTEUR", "MT84MALT011CAST"),
    ]
    for (written, name) in accounts {
      let text = MT940Sample.with("DE02120300000000202051", written)
      #expect(MT940Sample.read(text).statements.first?.account == name, "\(written)")
    }
  }
}
