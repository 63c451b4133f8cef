// swift-tools-version: 6.1
import PackageDescription

/// Every target is compiled with explicit imports and existentials, so that a file names what it uses.
let strictSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// SHA-256: swift-crypto, or with `TIEOUT_OPENSSL=1` the system's libcrypto (libssl-dev), which saves
/// compiling BoringSSL. A trait can add a dependency but not take one away, hence the variable.
let usesOpenSSL = Context.environment["TIEOUT_OPENSSL"] == "1"
let digests = Target.target(
  name: "Digests",
  dependencies: usesOpenSSL ? ["COpenSSL"] : [.product(name: "Crypto", package: "swift-crypto")],
  swiftSettings: strictSettings + (usesOpenSSL ? [.define("OPENSSL")] : []))

/// File descriptors, paths and `errno` as Swift types. Apple maintains it, it compiles in a few seconds,
/// and swift-nio needs it anyway.
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let package = Package(
  name: "tieout",
  products: [
    .executable(name: "tieout", targets: ["tieout"]),
    .executable(name: "tieout-server", targets: ["tieout-server"]),
  ],
  traits: [
    .trait(
      name: "ISAL",
      description: "Inflates gzip through ISA-L (libisal-dev), over twice as fast as through zlib."),
    .trait(
      name: "XLSX", description: "Adds close.xlsx to the report files (libxlsxwriter-dev)."),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
  ],
  targets: [
    // Layer 0: accounting's values, and small modules that know nothing of ledgers.
    .target(name: "LedgerDomain", swiftSettings: strictSettings),
    .systemLibrary(name: "CLinux"),
    .target(name: "Workers", dependencies: ["CLinux"], swiftSettings: strictSettings),
    .target(name: "DelimitedText", swiftSettings: strictSettings),
    .target(name: "BuildInfo", swiftSettings: strictSettings, plugins: ["StampBuild"]),
    .plugin(name: "StampBuild", capability: .buildTool()),
    .target(
      name: "Runbook", exclude: ["Templates"], swiftSettings: strictSettings,
      plugins: ["EmbedTemplates"]),
    digests,
    .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
    .target(name: "WebRequests", swiftSettings: strictSettings),
    .target(name: "FileInput", dependencies: [systemPackage], swiftSettings: strictSettings),
    .target(name: "PrometheusFormat", swiftSettings: strictSettings),

    // Layer 1: single checks; bytes to entries.
    .target(
      name: "DoubleEntryRules", dependencies: ["LedgerDomain"], swiftSettings: strictSettings),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CIsal", providers: [.apt(["libisal-dev"])]),
    .target(
      name: "JournalReading",
      dependencies: [
        "LedgerDomain", "Workers", "DelimitedText", "FileInput", systemPackage, "CZlib",
        .target(name: "CIsal", condition: .when(traits: ["ISAL"])), "Digests",
      ],
      swiftSettings: strictSettings),
    .target(
      name: "StatementReading",
      dependencies: ["LedgerDomain", "FileInput", systemPackage, "CZlib"],
      swiftSettings: strictSettings),
    .target(
      name: "DemoLedger",
      dependencies: ["LedgerDomain", "CZlib", "Digests"],
      swiftSettings: strictSettings),

    // Layer 2: what a date's entries come to; what must agree.
    .target(
      name: "DailyClose", dependencies: ["LedgerDomain", "Workers", "DoubleEntryRules"],
      swiftSettings: strictSettings),
    .target(
      name: "LoanTapeReading",
      dependencies: [
        "LedgerDomain", "DelimitedText", "FileInput", systemPackage, "JournalReading",
      ],
      swiftSettings: strictSettings),
    .target(name: "Reconciliation", dependencies: ["LedgerDomain"], swiftSettings: strictSettings),

    // Layer 3: the store.
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .target(
      name: "SnapshotStore",
      dependencies: [
        "LedgerDomain", "FileInput", systemPackage, "CLinux", "CSQLite",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"), "Digests",
      ],
      swiftSettings: strictSettings),

    // Layer 4: report files.
    .systemLibrary(name: "CXlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(
      name: "Reports",
      dependencies: [
        "LedgerDomain", "FileInput", systemPackage, "CLinux", "Digests",
        .target(name: "CXlsxwriter", condition: .when(traits: ["XLSX"])),
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      exclude: ["Templates"], swiftSettings: strictSettings, plugins: ["EmbedTemplates"]),
    .plugin(name: "EmbedTemplates", capability: .buildTool()),

    // Layer 4: settings.
    .target(
      name: "JobConfiguration",
      dependencies: [
        "LedgerDomain", "FileInput", systemPackage, "JournalReading", "StatementReading",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strictSettings),

    // Layer 5: the job.
    .target(
      name: "CloseJob",
      dependencies: [
        "LedgerDomain", "Workers", "FileInput", systemPackage, "DoubleEntryRules", "JournalReading",
        "LoanTapeReading", "DailyClose", "Reconciliation", "StatementReading", "SnapshotStore",
        "Reports", "JobConfiguration", "Digests",
      ],
      swiftSettings: strictSettings),

    // Layers 4 and 5 of the server. The job needs neither.
    .target(
      name: "TokenAccess",
      dependencies: [
        "LedgerDomain", "WebRequests",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "JWTKit", package: "jwt-kit"),
      ],
      swiftSettings: strictSettings),
    .target(
      name: "BalanceAPI",
      dependencies: [
        "LedgerDomain", "PrometheusFormat", "SnapshotStore", "Reports", "TokenAccess", "Digests",
        systemPackage, "Workers", "BuildInfo",
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: strictSettings),

    // Layer 6: progress, log, metrics and notifications of a run.
    .target(
      name: "Operations",
      dependencies: [
        "LedgerDomain", "Workers", "CLinux", "FileInput", systemPackage, "BuildInfo", "WebRequests",
        "PrometheusFormat", "JournalReading", "StatementReading", "SnapshotStore", "Reports",
        "CloseJob", "Digests", "JobConfiguration", "Runbook",
      ],
      swiftSettings: strictSettings),

    // Layer 7: commands.
    .executableTarget(
      name: "tieout-server",
      dependencies: [
        "LedgerDomain", "SnapshotStore", "TokenAccess", "BalanceAPI", systemPackage, "BuildInfo",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strictSettings),
    .executableTarget(
      name: "tieout",
      dependencies: [
        "LedgerDomain", "StatementReading", "JobConfiguration", "Reports", "CloseJob", "Operations",
        "SnapshotStore", "DemoLedger", systemPackage, "BuildInfo", "Runbook",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strictSettings),

    // What several test targets share.
    .target(
      name: "TestSupport",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ],
      path: "Tests/TestSupport", swiftSettings: strictSettings),

    // Gzip data and temporary directories for the tests of readers.
    .target(
      name: "ReadingTestSupport", dependencies: ["CZlib"], path: "Tests/ReadingTestSupport",
      swiftSettings: strictSettings),

    // One test target for each module, one for the commands, one for the architecture.
    .testTarget(
      name: "LedgerDomainTests", dependencies: ["TestSupport", "LedgerDomain"],
      swiftSettings: strictSettings
    ),
    .testTarget(
      name: "FileInputTests", dependencies: ["FileInput", systemPackage],
      swiftSettings: strictSettings),
    .testTarget(name: "DigestsTests", dependencies: ["Digests"], swiftSettings: strictSettings),
    .testTarget(
      name: "DoubleEntryRulesTests",
      dependencies: ["TestSupport", "DoubleEntryRules", "LedgerDomain"],
      swiftSettings: strictSettings),
    .testTarget(
      name: "JournalReadingTests",
      dependencies: [
        "JournalReading", "DoubleEntryRules", "LedgerDomain", "Workers", "ReadingTestSupport",
      ],
      exclude: ["Corpus"], swiftSettings: strictSettings),
    .testTarget(
      name: "LoanTapeReadingTests",
      dependencies: ["LoanTapeReading", "JournalReading", "LedgerDomain", "ReadingTestSupport"],
      swiftSettings: strictSettings),
    .testTarget(
      name: "StatementReadingTests",
      dependencies: ["StatementReading", "LedgerDomain", "ReadingTestSupport", "CZlib"],
      exclude: ["Corpus"], swiftSettings: strictSettings),
    .testTarget(
      name: "DemoLedgerTests",
      dependencies: ["DemoLedger", "LedgerDomain", "Reconciliation", "StatementReading"],
      swiftSettings: strictSettings),
    .testTarget(
      name: "DailyCloseTests",
      dependencies: ["TestSupport", "DailyClose", "DoubleEntryRules", "LedgerDomain", "Workers"],
      swiftSettings: strictSettings),
    .testTarget(
      name: "ReconciliationTests",
      dependencies: [
        "TestSupport", "DemoLedger", "Reconciliation", "LedgerDomain", "StatementReading",
      ], swiftSettings: strictSettings),
    .testTarget(
      name: "SnapshotStoreTests",
      dependencies: [
        "TestSupport", "SnapshotStore", "LedgerDomain",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strictSettings),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "TestSupport", "Reports", "LedgerDomain", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strictSettings),
    .testTarget(
      name: "JobConfigurationTests",
      dependencies: ["JobConfiguration", "LedgerDomain", "StatementReading"],
      swiftSettings: strictSettings),
    .testTarget(
      name: "CloseJobTests",
      dependencies: [
        "CloseJob", "DemoLedger", "JobConfiguration", "JournalReading", "LedgerDomain",
        "SnapshotStore", "TestSupport", "Workers",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strictSettings),
    .testTarget(
      name: "PrometheusFormatTests", dependencies: ["PrometheusFormat"],
      swiftSettings: strictSettings),
    .testTarget(
      name: "OperationsTests",
      dependencies: [
        "Operations", "CloseJob", "JobConfiguration", "LedgerDomain", "Runbook", "SnapshotStore",
      ],
      swiftSettings: strictSettings),
    .testTarget(
      name: "TokenAccessTests", dependencies: ["TestSupport", "TokenAccess", "LedgerDomain"],
      swiftSettings: strictSettings),
    .testTarget(
      name: "BalanceAPITests",
      dependencies: [
        "TestSupport", "BalanceAPI", "TokenAccess", "SnapshotStore", "LedgerDomain",
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOEmbedded", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: strictSettings),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "TestSupport", "JobConfiguration", "tieout", "tieout-server", "CZlib",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Corpus"],
      swiftSettings: strictSettings),
    .testTarget(
      name: "ArchitectureTests",
      dependencies: [
        "BalanceAPI", "CloseJob", "JournalReading", "LedgerDomain", "Reconciliation", "Runbook",
        "SnapshotStore", "StatementReading", "TokenAccess",
      ],
      swiftSettings: strictSettings),
  ]
)

// `scripts/test-module` builds one module's tests with what those need, and nothing else.
if let modules = Context.environment["TIEOUT_MODULES"] {
  package.keepTargets(modules.split(separator: ",").map(String.init))
}

// `scripts/build-job` also leaves the server's packages unfetched.
if let product = Context.environment["TIEOUT_PRODUCT"] {
  package.keepTargets([product])
  package.keepNeededPackages()
}

extension Package {
  /// Leaves out every target that the named ones do not need.
  func keepTargets(_ names: [String]) {
    var kept: Set<String> = []
    var pending = names
    while let name = pending.popLast() {
      guard let target = targets.first(where: { $0.name == name }) else {
        preconditionFailure("there is no target '\(name)'")
      }
      if kept.insert(name).inserted { pending += target.neededTargets }
    }
    targets.removeAll { !kept.contains($0.name) }
    products.removeAll { !kept.contains($0.name) }
  }

  /// Leaves out every package that no target needs.
  func keepNeededPackages() {
    let needed = Set(targets.flatMap(\.neededPackages))
    dependencies.removeAll { dependency in
      guard case .sourceControl(_, let location, _) = dependency.kind else { return false }
      return !needed.contains { location.hasSuffix("/\($0)") }
    }
  }
}

extension Target {
  var neededTargets: [String] {
    let plugins = (plugins ?? []).compactMap { usage -> String? in
      if case .plugin(let name, _) = usage { name } else { nil }
    }
    return plugins
      + dependencies.compactMap { dependency in
        switch dependency {
        case .targetItem(let name, _), .byNameItem(let name, _): name
        default: nil
        }
      }
  }

  var neededPackages: [String] {
    dependencies.compactMap { dependency in
      if case .productItem(_, let package, _, _) = dependency { package } else { nil }
    }
  }
}
