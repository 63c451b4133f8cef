import LedgerDomain
import StatementReading
import Testing

@Suite("MT940 messages of the corpus")
struct MT940CorpusTests {
  @Test("are read as the text beside them says", arguments: MT940Sample.names)
  func everyMessageIsRead(name: String) throws {
    let (bytes, expected) = try StatementCorpus.sample(name, of: "MT940", extension: "sta")
    let text = MT940Sample.description(of: MT940Sample.read(bytes))
    #expect(text == expected)
  }

  @Test(
    "have entries that lead from the opening to the closing balance", arguments: MT940Sample.names)
  func entriesProveBalances(name: String) throws {
    let (bytes, _) = try StatementCorpus.sample(name, of: "MT940", extension: "sta")
    for statement in MT940Sample.read(bytes).statements {
      guard let opening = statement.opening else { continue }
      let sum = statement.entries.map(\.amountMinor).reduce(opening.amountMinor, +)
      #expect(sum == statement.closing.amountMinor, "statement \(statement.number)")
    }
  }

  @Test("are read alike with LF, CR LF and CR", arguments: MT940Sample.names)
  func lineEndsDoNotMatter(name: String) throws {
    let (bytes, _) = try StatementCorpus.sample(name, of: "MT940", extension: "sta")
    let whole = MT940Sample.description(of: MT940Sample.read(bytes))
    let lines = bytes.filter { $0 != 0x0D }.split(
      separator: 0x0A, omittingEmptySubsequences: false)
    for end: [UInt8] in [[0x0A], [0x0D, 0x0A], [0x0D]] {
      let file = MT940Sample.read(Array(lines.joined(separator: end)))
      #expect(MT940Sample.description(of: file) == whole, "\(end)")
    }
  }
}
