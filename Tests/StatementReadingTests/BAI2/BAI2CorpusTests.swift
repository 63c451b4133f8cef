import LedgerDomain
import Testing

@testable import StatementReading

@Suite("BAI2 files of the corpus")
struct BAI2CorpusTests {
  static let names = [
    "two-days", "fixed-length", "several-on-a-line", "currencies", "proven-by-balances",
    "statuses", "control-of-transactions",
  ]

  private func read(_ bytes: [UInt8]) -> StatementFile {
    guard BAI2Reader.recognizes(bytes[...]) else {
      return StatementFile(name: "bank.bai", format: nil, fault: StatementFault("is not BAI2."))
    }
    return StatementFile(
      name: "bank.bai", format: .bai2, contents: BAI2Reader.contents(of: bytes, name: "bank.bai"))
  }

  @Test("are read as the text beside them says", arguments: names)
  func everySampleIsRead(name: String) throws {
    let (bytes, expected) = try StatementCorpus.sample(name, of: "BAI2", extension: "bai")
    let file = try #require(StatementReader.read(bytes, name: "\(name).bai").first)
    #expect(file.format == .bai2)
    #expect(StatementCorpus.text(of: file) == expected)
  }

  @Test("give no statement, or the first ones, if they are cut off anywhere", arguments: names)
  func truncatedSampleGivesAPrefix(name: String) throws {
    let (bytes, _) = try StatementCorpus.sample(name, of: "BAI2", extension: "bai")
    let whole = read(bytes)
    for prefix in StatementMutations.prefixes(of: bytes) {
      let file = read(prefix)
      StatementMutations.expectPrefix(file, of: whole, "\(prefix.count) bytes")
      #expect(
        file.statements.count == whole.statements.count || !file.findings.isEmpty
          || endsBehindAFile(prefix), "\(prefix.count) bytes")
    }
  }

  /// Whether what is left of the sample is a whole file: one of the samples is two in one.
  private func endsBehindAFile(_ bytes: [UInt8]) -> Bool {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    return lines.last?.hasPrefix("99,") == true
  }

  @Test("keep their amounts and signs, whatever byte is changed", arguments: names)
  func changedByteChangesNoAmount(name: String) throws {
    let (bytes, _) = try StatementCorpus.sample(name, of: "BAI2", extension: "bai")
    let whole = read(bytes)
    for (index, changed) in StatementMutations.flips(of: bytes).enumerated() {
      StatementMutations.expectHonest(read(changed), of: whole, "byte \(index / 2)")
    }
  }

  @Test(
    "keep their amounts and signs with any field or record missing, repeated or overlong",
    arguments: names)
  func damagedFieldChangesNoAmount(name: String) throws {
    let (bytes, _) = try StatementCorpus.sample(name, of: "BAI2", extension: "bai")
    let whole = read(bytes)
    let fields = StatementMutations.parts(of: bytes) { $0 == UInt8(ascii: ",") || $0 == 0x0A }
    let lines = StatementMutations.parts(of: bytes) { $0 == 0x0A }
    for parts in [fields, lines] {
      for (index, damaged) in StatementMutations.damaged(bytes, parts: parts).enumerated() {
        StatementMutations.expectHonest(
          read(damaged), of: whole, "part \(index / 5), damage \(index % 5)")
      }
    }
  }
}
