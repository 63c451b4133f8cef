import LedgerDomain
import StatementReading
import Testing

@Suite("Tables of banks")
struct CSVCorpusTests {
  @Test("are read as the text beside them says", arguments: CSVBank.all)
  func everyTableIsRead(bank: CSVBank) throws {
    let file = bank.read(try bank.bytes())
    #expect(file.findings.map(\.message) == [])
    #expect(StatementText.of(file.statements) == (try bank.expected()))
    for statement in file.statements {
      let booked = statement.entries.filter { $0.status == .booked }.map(\.amountMinor)
      guard let opening = statement.opening else { continue }
      #expect(opening.amountMinor + booked.reduce(0, +) == statement.closing.amountMinor)
    }
  }

  @Test("say the same, however they say it", arguments: CSVBank.all)
  func allSayTheSame(bank: CSVBank) throws {
    guard bank.name != "quiet-day" else { return }
    let statement = try #require(bank.read(try bank.bytes()).statements.first)
    let booked = statement.entries.filter { $0.status == .booked }
    #expect(booked.map(\.amountMinor) == [-2550, 20000, -7450, 123456])
    #expect(booked.map(\.bookingDate.description).suffix(2) == ["2026-03-31", "2026-03-31"])
    #expect(booked.map(\.bookingDate.description).prefix(2) == ["2026-03-30", "2026-03-30"])
    #expect(statement.closing.amountMinor % 10_000_000 % 100_000 % 1_000_000 == 33456)
    #expect(statement.closing.date.description == "2026-03-31")
  }
}
