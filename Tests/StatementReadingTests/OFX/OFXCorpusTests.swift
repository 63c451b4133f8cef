import LedgerDomain
import Testing

@testable import StatementReading

@Suite("OFX files of the corpus")
struct OFXCorpusTests {
  static let names = [
    "two-accounts-102", "card-on-one-line-103", "mixed-tags-102", "xml-220", "one-of-three-211",
  ]

  private func read(_ bytes: [UInt8]) -> StatementFile {
    guard OFXReader.recognizes(bytes.prefix(64 << 10)) else {
      return StatementFile(name: "bank.ofx", format: nil, fault: StatementFault("is not OFX."))
    }
    return StatementFile(
      name: "bank.ofx", format: .ofx, contents: OFXReader.contents(of: bytes, name: "bank.ofx"))
  }

  @Test("are read as the text beside them says", arguments: names)
  func everySampleIsRead(name: String) throws {
    let (bytes, expected) = try StatementCorpus.sample(name, of: "OFX", extension: "ofx")
    let file = try #require(StatementReader.read(bytes, name: "\(name).ofx").first)
    #expect(file.format == .ofx)
    #expect(StatementCorpus.text(of: file) == expected)
  }

  @Test("give no statement if they are cut off before their end", arguments: names)
  func truncatedSampleGivesNoStatement(name: String) throws {
    let (bytes, _) = try StatementCorpus.sample(name, of: "OFX", extension: "ofx")
    let whole = read(bytes)
    #expect(!whole.statements.isEmpty)
    let end = try #require(bytes.lastIndex(of: UInt8(ascii: ">")))
    for prefix in StatementMutations.prefixes(of: bytes) {
      let file = read(prefix)
      StatementMutations.expectPrefix(file, of: whole, "\(prefix.count) bytes")
      #expect(file.statements.isEmpty == (prefix.count <= end), "\(prefix.count) bytes")
      #expect(!file.findings.isEmpty || prefix.count > end, "\(prefix.count) bytes")
    }
  }

  @Test("have no other amounts, whatever byte outside of amounts is changed", arguments: names)
  func changedByteChangesNoAmount(name: String) throws {
    let (bytes, _) = try StatementCorpus.sample(name, of: "OFX", extension: "ofx")
    let amounts = Amounts(read(bytes))
    let masks: [UInt8] = [0x11]
    let places = amountRanges(bytes)
    for (index, changed) in StatementMutations.flips(of: bytes, masks: masks).enumerated()
    where !places.contains(where: { $0.contains(index / masks.count) }) {
      amounts.expect(read(changed), "byte \(index / masks.count)")
    }
  }

  @Test(
    "have no other amounts with any field missing, empty, repeated or overlong", arguments: names)
  func damagedFieldChangesNoAmount(name: String) throws {
    let (bytes, _) = try StatementCorpus.sample(name, of: "OFX", extension: "ofx")
    let amounts = Amounts(read(bytes))
    let parts = StatementMutations.parts(of: bytes) { $0 == UInt8(ascii: "<") }
    for (index, damaged) in StatementMutations.damaged(bytes, parts: parts).enumerated() {
      amounts.expect(read(damaged), "part \(index / 5), damage \(index % 5)")
    }
  }

  /// The texts of the elements with amounts, with the letter before each and the one after it.
  private func amountRanges(_ bytes: [UInt8]) -> [Range<Int>] {
    let text = String(decoding: bytes.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
    return ["<TRNAMT>", "<BALAMT>"].flatMap { tag in
      text.ranges(of: tag).map { range in
        let start = text.utf8.distance(from: text.startIndex, to: range.upperBound)
        let length = bytes[start...].prefix { $0 != UInt8(ascii: "<") && $0 > 0x20 }.count
        return (start - 1)..<(start + length + 1)
      }
    }
  }

  /// The amounts of a file, each with its sign.
  private struct Amounts {
    private let closings: Set<AmountMinor>
    private let entries: Set<AmountMinor>

    init(_ file: StatementFile) {
      closings = Set(file.statements.map(\.closing.amountMinor))
      entries = Set(file.statements.flatMap(\.entries).map(\.amountMinor))
    }

    /// Checks that a damaged file has no amount that the whole one has not.
    func expect(_ file: StatementFile, _ comment: Comment) {
      #expect(file.findings.allSatisfy { $0.message.hasPrefix(file.name) }, comment)
      let found = Amounts(file)
      #expect(found.closings.isSubset(of: closings), comment)
      #expect(found.entries.isSubset(of: entries), comment)
    }
  }
}
