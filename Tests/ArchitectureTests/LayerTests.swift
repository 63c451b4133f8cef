import Testing

@Suite("A module imports only lower layers")
struct LayerTests {
  private static let layers = [
    "LedgerDomain": 0, "Workers": 0, "DelimitedText": 0, "BuildInfo": 0, "WebRequests": 0,
    "FileInput": 0, "Digests": 0, "PrometheusFormat": 0, "Runbook": 0, "DoubleEntryRules": 1,
    "JournalReading": 1,
    "StatementReading": 1, "DemoLedger": 1, "DailyClose": 2, "LoanTapeReading": 2,
    "Reconciliation": 2, "SnapshotStore": 3, "Reports": 4, "TokenAccess": 4,
    "JobConfiguration": 4, "CloseJob": 5, "BalanceAPI": 5, "Operations": 6, "tieout": 7,
    "tieout-server": 7,
  ]

  /// Imports of our own modules that do not point to a lower layer.
  private func upwardImports(_ tree: SourceTree) -> [String] {
    tree.files.flatMap { file -> [String] in
      guard let layer = Self.layers[file.target] else { return ["\(file.target) has no layer"] }
      return file.imports
        .filter { module in Self.layers[module].map { $0 >= layer } ?? false }
        .map { "\(file.path) imports \($0)" }
    }
  }

  /// Files that import one of the modules, though their target is not one of those that may.
  private func imports(
    of modules: Set<String>, outside targets: Set<String>, _ tree: SourceTree
  ) -> [String] {
    tree.files.filter { !targets.contains($0.target) && !modules.isDisjoint(with: $0.imports) }
      .map(\.path)
  }

  @Test("imports point down, and every target has its layer")
  func pointDown() throws {
    let tree = try SourceTree()
    #expect(tree.files.count > 60)
    #expect(upwardImports(tree).isEmpty)
  }

  @Test("an import that points up or sideways is seen, however it is written")
  func upward() {
    for line in [
      "import CloseJob", "public import Reports", "@testable import DailyClose",
      "internal import struct SnapshotStore.BookStore", "  import Reconciliation",
      "@_exported public import Reconciliation",
    ] {
      #expect(upwardImports(SourceTree(target: "Reconciliation", line)).count == 1, "\(line)")
    }
    for line in ["public import LedgerDomain", "// import CloseJob", "let a = \"import Reports\""] {
      #expect(upwardImports(SourceTree(target: "Reconciliation", line)).isEmpty, "\(line)")
    }
    #expect(upwardImports(SourceTree(target: "Attic", "")) == ["Attic has no layer"])
  }

  @Test("the words of the field import nothing at all")
  func domain() throws {
    let tree = try SourceTree()
    let imports = tree.files.filter { $0.target == "LedgerDomain" }.flatMap(\.imports)
    #expect(imports.isEmpty)
  }

  @Test(
    "only the store knows its database, only reports their templates, only exports gzip, only the server HTTP"
  )
  func libraries() throws {
    let tree = try SourceTree()
    let sqlite: Set = ["GRDB", "GRDBSQLite", "CSQLite"]
    #expect(imports(of: sqlite, outside: ["SnapshotStore"], tree).isEmpty)
    #expect(
      imports(of: ["CZlib"], outside: ["JournalReading", "StatementReading", "DemoLedger"], tree)
        .isEmpty)
    #expect(imports(of: ["CIsal"], outside: ["JournalReading"], tree).isEmpty)
    #expect(imports(of: ["Mustache"], outside: ["Reports"], tree).isEmpty)
    #expect(imports(of: ["JWTKit"], outside: ["TokenAccess"], tree).isEmpty)
    let http: Set = ["HummingbirdCore", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL"]
    #expect(imports(of: http, outside: ["BalanceAPI"], tree).isEmpty)
    #expect(
      imports(of: ["BalanceAPI", "TokenAccess"], outside: ["BalanceAPI", "tieout-server"], tree)
        .isEmpty)
    #expect(!imports(of: ["GRDB"], outside: [], tree).isEmpty)
    #expect(!imports(of: ["CZlib"], outside: [], tree).isEmpty)
  }

  @Test("rules, close and reconciliation do without Foundation")
  func pureLayers() throws {
    let pure: Set = ["DoubleEntryRules", "DailyClose", "Reconciliation"]
    let offending = try SourceTree().files.filter { file in
      pure.contains(file.target) && file.imports.contains { $0.hasPrefix("Foundation") }
    }
    #expect(offending.map(\.path).isEmpty)
  }
}
