import LedgerDomain
import StatementReading
import Testing

/// What is damaged is refused, or says nothing that the whole table does not say.
@Suite("A damaged table")
struct CSVDamageTests {
  /// Checks that a file's statements have no other amounts than the whole file's.
  ///
  /// - Parameter mayLoseOldest: whether the amount of the oldest row may differ. Where the opening
  /// balance
  ///   is derived from it, no reader can know better; the balance of the day before tells.
  private func check(
    _ file: StatementFile, against whole: [BankStatement], mayLoseOldest: Bool, _ comment: Comment
  ) {
    if file.statements.isEmpty { #expect(!file.findings.isEmpty, comment) }
    for statement in file.statements {
      let amounts = statement.entries.map(\.amountMinor).dropFirst(mayLoseOldest ? 1 : 0)
      let isPart = whole.contains { contains($0.entries.map(\.amountMinor), amounts) }
      #expect(isPart, comment)
    }
  }

  private func booked(_ statement: BankStatement) -> [AmountMinor] {
    statement.entries.filter { $0.status == .booked }.map(\.amountMinor)
  }

  /// Whether each of the amounts is among the others, as often as it occurs.
  private func contains(_ amounts: [AmountMinor], _ part: ArraySlice<AmountMinor>) -> Bool {
    var rest = amounts
    return part.allSatisfy { amount in
      guard let index = rest.firstIndex(of: amount) else { return false }
      rest.remove(at: index)
      return true
    }
  }

  @Test("that ends anywhere has a part of its entries or a fault", arguments: CSVBank.all)
  func truncatedTables(bank: CSVBank) throws {
    let bytes = try bank.bytes()
    let whole = bank.read(bytes).statements
    for count in bytes.indices {
      let file = bank.read(Array(bytes[..<count]))
      check(file, against: whole, mayLoseOldest: false, "\(bank.name) cut at \(count)")
    }
  }

  @Test(
    "with a delimiter or line end too many or too few says nothing else", arguments: CSVBank.all)
  func changedCells(bank: CSVBank) throws {
    let text = try bank.text()
    let whole = bank.read(bank.encoded(text)).statements
    let delimiter = text.contains("\t") ? "\t" : text.contains("|") ? "|" : ";"
    let hasColumn = bank.mapping.balances.column != nil
    let characters = Array(text)
    for position in stride(from: 0, to: characters.count, by: 9) {
      for inserted in [delimiter, "\n", "\""] + (hasColumn ? [","] : []) {
        let changed = String(characters[..<position]) + inserted + String(characters[position...])
        let file = bank.read(bank.encoded(changed))
        check(
          file, against: whole, mayLoseOldest: hasColumn,
          "\(bank.name) with \(inserted) at \(position)")
      }
    }
  }

  @Test("with a changed byte, a row twice or a row less gives no trap", arguments: CSVBank.all)
  func changedBytes(bank: CSVBank) throws {
    let bytes = try bank.bytes()
    for position in stride(from: 0, to: bytes.count, by: 11) {
      for mask: UInt8 in [0x01, 0x80] {
        var changed = bytes
        changed[position] ^= mask
        let file = bank.read(changed)
        #expect(!file.statements.isEmpty || !file.findings.isEmpty)
      }
    }
    let lines = try bank.text().split(separator: "\n", omittingEmptySubsequences: false)
    let whole = bank.read(bytes).statements
    for index in lines.indices {
      var fewer = lines
      fewer.remove(at: index)
      var more = lines
      more.insert(lines[index], at: index)
      for changed in [fewer, more] {
        let file = bank.read(bank.encoded(changed.joined(separator: "\n")))
        #expect(!file.statements.isEmpty || !file.findings.isEmpty)
        guard bank.mapping.balances.column != nil, bank.name != "swiss-last-of-day" else {
          continue
        }
        // Running balances show a row that is missing or there twice, but at the ends of the table.
        for statement in file.statements where booked(statement).count > 4 {
          Issue.record("\(bank.name): line \(index + 1) counted twice")
        }
        for statement in file.statements where booked(statement).count == 4 {
          #expect(whole.map(booked).contains(booked(statement)))
        }
      }
    }
  }

  @Test("with cells and rows of any length is read or refused")
  func overlongTables() {
    let long = String(repeating: "x", count: 1 << 20)
    let text = CSVSample.read("Date;Text;Amount;Balance\n2026-03-31;\(long);1.00;2.00\n") {
      $0.textColumns = ["Text"]
    }
    #expect(text.statements.first?.entries.first?.text?.utf8.count == 1 << 20)
    let digits = CSVSample.read(
      "Date;Amount;Balance\n2026-03-31;\(String(repeating: "9", count: 1 << 16));1\n")
    #expect(CSVSample.message(digits).contains("is more than 2^63"))
    let cells = CSVSample.read("Date;Amount;Balance\n" + String(repeating: ";", count: 20_000))
    #expect(CSVSample.message(cells).contains("has more than 10000 cells in a row"))
    let quotes = CSVSample.read("Date;Amount;Balance\n" + String(repeating: "\"", count: 100_001))
    #expect(quotes.statements.isEmpty)
  }
}
