import Foundation
import LedgerDomain
import StatementReading
import Testing

@Suite("A damaged MT940 file")
struct MT940MutationTests {
  /// How many random mutations: `TIEOUT_MUTATIONS=200000` for the long form.
  private let mutationCount =
    ProcessInfo.processInfo.environment["TIEOUT_MUTATIONS"].flatMap { Int($0) } ?? 2000

  private func sample(_ name: String) throws -> [UInt8] {
    try StatementCorpus.sample(name, of: "MT940", extension: "sta").bytes
  }

  @Test(
    "that was cut off gives the first statements of the whole one", arguments: MT940Sample.names)
  func truncatedFileGivesAPrefix(name: String) throws {
    let bytes = try sample(name)
    let whole = MT940Sample.read(bytes)
    for prefix in StatementMutations.prefixes(of: bytes) {
      let file = MT940Sample.read(prefix)
      StatementMutations.expectPrefix(file, of: whole, "\(prefix.count) bytes")
      // Of an interim report nothing says where it ends: the last entry's text may be shorter.
      for (notification, complete) in zip(file.notifications, whole.notifications) {
        let amounts = notification.entries.map(\.amountMinor)
        #expect(complete.entries.map(\.amountMinor).starts(with: amounts), "\(prefix.count) bytes")
        #expect(
          complete.entries.dropLast().starts(with: notification.entries.dropLast()),
          "\(prefix.count) bytes")
      }
    }
  }

  @Test(
    "with any byte changed never crashes, and gives no wrong proof", arguments: MT940Sample.names)
  func changedBytesAreHonest(name: String) throws {
    let bytes = try sample(name)
    let whole = MT940Sample.read(bytes)
    for changed in StatementMutations.flips(
      of: bytes, masks: mutationCount > 2000 ? [1, 2, 4, 8, 16, 32, 64, 128] : [0x10])
    {
      let file = MT940Sample.read(changed)
      expectPlaces(file)
      StatementMutations.expectHonest(file, of: whole)
    }
  }

  @Test(
    "with fields missing, repeated or overlong is a statement or a finding",
    arguments: MT940Sample.names)
  func damagedFieldsAreFound(name: String) throws {
    let bytes = try sample(name)
    let fields = StatementMutations.parts(of: bytes) { $0 == UInt8(ascii: ":") || $0 == 0x0A }
    for changed in StatementMutations.damaged(bytes, parts: fields, overlong: 300) {
      expectPlaces(MT940Sample.read(changed))
    }
  }

  @Test("at random never crashes, and every finding has a place")
  func randomMutationsNeverCrash() throws {
    let samples = try MT940Sample.names.map(sample)
    var mutator = StatementMutator(samples: samples, seed: 0x94_2940)
    for round in 0..<mutationCount {
      let file = MT940Sample.read(mutator.next())
      #expect(
        file.findings.allSatisfy { $0.message.hasPrefix("bank.sta") && $0.message.count < 1000 },
        "round \(round)")
      for statement in file.statements {
        #expect(statement.entries.map(\.number) == Array(1..<(statement.entries.count + 1)))
        #expect(statement.currency.minorUnitDigits != nil && !statement.account.isEmpty)
      }
    }
  }

  /// Checks that a file gives something, and that each finding begins with the file's name.
  private func expectPlaces(_ file: StatementFile) {
    #expect(
      file.findings.allSatisfy { $0.message.hasPrefix("bank.sta") && $0.message.count < 1000 })
    #expect(!file.statements.isEmpty || !file.findings.isEmpty || !file.notifications.isEmpty)
  }
}
