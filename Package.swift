// swift-tools-version: 6.1
import PackageDescription

/// Every target is compiled with explicit imports and existentials: a floor shows what it stands on.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

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
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
  ],
  targets: [
    // Floor 0: the words of the field. Imports nothing.
    .target(name: "LedgerDomain", swiftSettings: house),
    .systemLibrary(name: "CLinux"),
    .target(name: "Workers", dependencies: ["CLinux"], swiftSettings: house),
    .target(name: "DelimitedText", swiftSettings: house),
    .target(name: "BuildInfo", swiftSettings: house, plugins: ["StampBuild"]),
    .plugin(name: "StampBuild", capability: .buildTool()),
    .target(name: "WebRequests", swiftSettings: house),
    .target(name: "WholeWrites", swiftSettings: house),

    // Floor 1: single checks; bytes to entries.
    .target(name: "DoubleEntryRules", dependencies: ["LedgerDomain"], swiftSettings: house),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CIsal", providers: [.apt(["libisal-dev"])]),
    .target(
      name: "JournalReading",
      dependencies: [
        "LedgerDomain", "Workers", "DelimitedText", "CZlib",
        .target(name: "CIsal", condition: .when(traits: ["ISAL"])),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house),
    .target(
      name: "StatementReading", dependencies: ["LedgerDomain", "DelimitedText"],
      swiftSettings: house),
    .target(
      name: "DemoLedger",
      dependencies: ["LedgerDomain", "CZlib", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: house),

    // Floor 2: what a day's entries mean; what must agree.
    .target(
      name: "DailyClose", dependencies: ["LedgerDomain", "Workers", "DoubleEntryRules"],
      swiftSettings: house),
    .target(name: "Reconciliation", dependencies: ["LedgerDomain"], swiftSettings: house),

    // Floor 3: what is kept.
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .target(
      name: "SnapshotStore",
      dependencies: [
        "LedgerDomain", "CLinux", "CSQLite",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house),

    // Floor 4: what people open.
    .systemLibrary(name: "CXlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .target(
      name: "Reports",
      dependencies: [
        "LedgerDomain", "WholeWrites", "CLinux", .product(name: "Crypto", package: "swift-crypto"),
        .target(name: "CXlsxwriter", condition: .when(traits: ["XLSX"])),
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [.embedInCode("Templates")],
      swiftSettings: house),

    // Floor 5: the one composer.
    .target(
      name: "CloseJob",
      dependencies: [
        "LedgerDomain", "Workers", "DoubleEntryRules", "JournalReading", "DailyClose",
        "Reconciliation", "StatementReading", "SnapshotStore", "Reports",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: house),

    // Floor 4: who may ask; floor 5: what is answered. The job does without either.
    .target(
      name: "TokenAccess",
      dependencies: [
        "LedgerDomain", "WebRequests",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "JWTKit", package: "jwt-kit"),
      ],
      swiftSettings: house),
    .target(
      name: "BalanceAPI",
      dependencies: [
        "LedgerDomain", "SnapshotStore", "Reports", "TokenAccess", "WholeWrites", "BuildInfo",
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
      ],
      swiftSettings: house),

    // Floor 6: what a run needs around it so that nobody has to watch it.
    .target(
      name: "Operations",
      dependencies: [
        "LedgerDomain", "Workers", "CLinux", "WholeWrites", "BuildInfo", "WebRequests",
        "JournalReading", "SnapshotStore", "Reports", "CloseJob",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house),

    // Floor 7: commands.
    .executableTarget(
      name: "tieout-server",
      dependencies: [
        "LedgerDomain", "SnapshotStore", "TokenAccess", "BalanceAPI", "WholeWrites", "BuildInfo",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house),
    .executableTarget(
      name: "tieout",
      dependencies: [
        "LedgerDomain", "CloseJob", "Operations", "SnapshotStore", "DemoLedger", "WholeWrites",
        "BuildInfo", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house),

    // What several test targets share.
    .target(
      name: "TestSupport",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
      ],
      path: "Tests/TestSupport", swiftSettings: house),

    // One test target for each floor's target, one for the commands, one for the house itself.
    .testTarget(
      name: "LedgerDomainTests", dependencies: ["TestSupport", "LedgerDomain"], swiftSettings: house
    ),
    .testTarget(
      name: "DoubleEntryRulesTests",
      dependencies: ["TestSupport", "DoubleEntryRules", "LedgerDomain"],
      swiftSettings: house),
    .testTarget(
      name: "JournalReadingTests",
      dependencies: ["JournalReading", "DoubleEntryRules", "LedgerDomain", "CZlib"],
      exclude: ["Corpus"], swiftSettings: house),
    .testTarget(
      name: "StatementReadingTests", dependencies: ["StatementReading", "LedgerDomain"],
      exclude: ["Corpus"], swiftSettings: house),
    .testTarget(
      name: "DemoLedgerTests", dependencies: ["DemoLedger", "LedgerDomain"], swiftSettings: house),
    .testTarget(
      name: "DailyCloseTests",
      dependencies: ["TestSupport", "DailyClose", "DoubleEntryRules", "LedgerDomain", "Workers"],
      swiftSettings: house),
    .testTarget(
      name: "ReconciliationTests", dependencies: ["TestSupport", "Reconciliation", "LedgerDomain"],
      swiftSettings: house),
    .testTarget(
      name: "SnapshotStoreTests",
      dependencies: [
        "SnapshotStore", "LedgerDomain", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "TestSupport", "Reports", "LedgerDomain", .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "CloseJobTests",
      dependencies: [
        "CloseJob", "DemoLedger", "JournalReading", "LedgerDomain", "SnapshotStore",
        "TestSupport", "Workers",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: house),
    .testTarget(
      name: "OperationsTests",
      dependencies: ["Operations", "CloseJob", "LedgerDomain", "SnapshotStore"],
      swiftSettings: house),
    .testTarget(
      name: "TokenAccessTests", dependencies: ["TestSupport", "TokenAccess", "LedgerDomain"],
      swiftSettings: house),
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
      swiftSettings: house),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "TestSupport", "tieout", "tieout-server", "CZlib",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Corpus"],
      swiftSettings: house),
    .testTarget(name: "HouseTests", swiftSettings: house),
  ]
)
