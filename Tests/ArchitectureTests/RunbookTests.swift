import CloseJob
import Foundation
import JournalReading
import LedgerDomain
import Reconciliation
import SnapshotStore
import StatementReading
import Testing
import TokenAccess

@testable import BalanceAPI

@Suite("The runbook explains every code")
struct RunbookTests {
  /// The codes that a message, a report or a response can contain, by the type that declares them.
  private static let codesByType: [String: [String]] = {
    var codes: [String: [String]] = [:]
    func add<Code: CaseIterable & RawRepresentable>(_: Code.Type) where Code.RawValue == String {
      codes[String(reflecting: Code.self)] = Code.allCases.map(\.rawValue)
    }
    add(CloseRefusal.Code.self)
    add(ReadingError.Code.self)
    add(StatementError.Code.self)
    add(BankReconciliationError.Code.self)
    add(StoreError.Code.self)
    add(FindingCode.self)
    add(TieOutCheck.self)
    add(Problem.Code.self)
    add(TokenError.Code.self)
    return codes
  }()

  /// The first cells, in back-quotes, of the runbook's tables whose first column has that heading.
  private func rows(_ text: String, under heading: String) -> [String] {
    var isInTable = false
    return text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      if line.hasPrefix("| \(heading) |") { isInTable = true }
      if !line.hasPrefix("|") { isInTable = false }
      guard isInTable else { return nil }
      return line.firstMatch(of: /^\| `([a-z0-9_]+)` \|/).map { String($0.output.1) }
    }
  }

  private func runbook(_ tree: SourceTree) throws -> String {
    let path = tree.root.appendingPathComponent("docs/runbook.md").path
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test("docs/runbook.md has a row for every code, and no row without a code")
  func everyCodeHasARow() throws {
    let text = try runbook(SourceTree())
    let explained = Set(rows(text, under: "code") + rows(text, under: "check"))
    let codes = Set(Self.codesByType.values.joined())
    #expect(codes.count > 50)
    let missing = Self.codesByType.flatMap { type, codes in
      codes.filter { !explained.contains($0) }.map { "\($0) (\(type))" }
    }
    #expect(missing.sorted() == [], "docs/runbook.md does not explain these codes")
    #expect(explained.subtracting(codes).sorted() == [], "no type declares these codes")
  }

  @Test("every type that declares codes is in this test's list")
  func everyCodeTypeIsListed() throws {
    let names = ["Code", "FindingCode", "TieOutCheck"]
    let declarations = try SourceTree().files.flatMap(\.lines).count { line in
      names.contains { line.contains("enum \($0): String") }
    }
    #expect(declarations == Self.codesByType.count)
  }

  @Test("docs/runbook.md has a row for every exit code, and no other row")
  func everyExitCodeHasARow() throws {
    let tree = try SourceTree()
    let commands = tree.files.filter { $0.target == "tieout" }.flatMap(\.lines)
    var codes = Set(
      commands.flatMap { $0.matches(of: /ExitCode\((\d+)\)/).map { String($0.output.1) } })
    let sentence = commands.joined(separator: " ").firstMatch(of: /Exit codes: (.*?)"""/)
    let listed = try #require(sentence).output.1.split(separator: ";")
    codes.formUnion(listed.map { String($0.drop { $0 == " " }.prefix { $0.isNumber }) })
    #expect(codes == Set(rows(try runbook(tree), under: "exit code")))
    #expect(codes.contains("75"))
  }

  @Test("rows are read only from tables with the heading asked for")
  func rowsAreReadUnderTheirHeading() {
    let text = "| code | |\n|---|---|\n| `gap` | |\n\n| file | |\n|---|---|\n| `other` | |\n"
    #expect(rows(text, under: "code") == ["gap"])
  }
}
