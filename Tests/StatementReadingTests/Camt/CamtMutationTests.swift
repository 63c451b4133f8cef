import LedgerDomain
import Testing

@testable import StatementReading

@Suite("A damaged camt file")
struct CamtMutationTests {
  private func read(_ bytes: [UInt8]) -> StatementFile {
    StatementReader.camt053(bytes, name: "bank.xml")
  }

  private func sample(_ name: String) throws -> [UInt8] {
    try StatementCorpus.sample(name, of: "Camt", extension: "xml").bytes
  }

  @Test("that is cut off anywhere gives a finding alone", arguments: CamtCorpusTests.names)
  func truncatedDocumentGivesNothing(name: String) throws {
    let bytes = try sample(name)
    // What may follow the last element is not missed.
    let end = try #require(
      bytes.lastIndex(of: UInt8(ascii: "<")).map { last in
        bytes[last...].starts(with: "<!--".utf8)
          ? bytes[..<last].lastIndex(of: UInt8(ascii: ">")) ?? 0 : bytes.count - 2
      })
    for prefix in StatementMutations.prefixes(of: bytes) where prefix.count <= end {
      let file = read(prefix)
      #expect(
        file.statements.isEmpty && file.notifications.isEmpty && file.findings.count == 1,
        "\(prefix.count) bytes")
    }
  }

  @Test(
    "keeps its amounts and signs with any element missing, repeated, empty or overlong",
    arguments: CamtCorpusTests.names)
  func damagedElementChangesNoAmount(name: String) throws {
    let bytes = try sample(name)
    let whole = read(bytes)
    for (index, changed) in SampleElements.damaged(bytes).enumerated() {
      let file = read(changed)
      StatementMutations.expectHonest(file, of: whole, "change \(index)")
      // What is lost of a statement is told, unless it is an element that need not be there. A report
      // without its closing balance is one of a part of a day.
      let parts = file.notes.count { $0.message.contains("has no closing booked balance (CLBD)") }
      #expect(
        file.statements.count + file.notifications.count + file.findings.count
          + (file.format == .camt052 ? parts : 0) >= min(whole.statements.count, 1),
        "change \(index)")
    }
  }

  @Test(
    "keeps its amounts and signs, whatever byte is changed",
    arguments: ["middle-page-06", "odd-writing-10", "proved-by-balances-02"])
  func changedByteChangesNoAmount(name: String) throws {
    let bytes = try sample(name)
    let whole = read(bytes)
    for (index, changed) in StatementMutations.flips(of: bytes).enumerated() {
      StatementMutations.expectHonest(read(changed), of: whole, "byte \(index / 2)")
    }
  }

  @Test("reads the same in pieces of any size", arguments: CamtCorpusTests.names)
  func piecesMakeNoDifference(name: String) throws {
    let bytes = try sample(name)
    let whole = CamtFileText.of(read(bytes))
    for count in [1, 3, 64] {
      let file = try StatementReader.camt053(
        from: Trickle(bytes, count: count), name: "bank.xml", limits: StatementLimits())
      #expect(CamtFileText.of(file) == whole, "\(count) bytes at a time")
    }
  }
}
