// swift-tools-version: 6.2
import PackageDescription

/// Settings every Swift target shares, so that no room is laxer than another.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// The room with raw memory to give away may say for how long the spans it gives out are good.
let owner: [SwiftSetting] = strict + [.enableExperimentalFeature("Lifetimes")]

/// C is optimised in debug builds too: the kernels are measured code, not code under development.
let kernel: [CSetting] = [.define("NDEBUG", .when(configuration: .release))]

let package = Package(
  name: "breachscope",
  products: [
    .executable(name: "breachscope", targets: ["breachscope"]),
    .library(name: "BreachKit", targets: ["BreachKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(
      name: "CSQLite",
      pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"])]
    ),
    .systemLibrary(name: "CYAML", pkgConfig: "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
    .target(name: "CScan", cSettings: kernel),
    .target(name: "CDictionaries"),
    .target(name: "CArchive"),
    .target(name: "BreachModel", swiftSettings: strict),
    .target(
      name: "BreachBytes",
      dependencies: ["BreachModel", "CPCRE2", "CArchive", "CSQLite", "CScan", "CDictionaries"],
      swiftSettings: owner
    ),
    .target(
      name: "BreachYAML",
      dependencies: ["BreachModel", "CYAML"],
      swiftSettings: strict
    ),
    .target(
      name: "BreachPatterns",
      dependencies: ["BreachModel", "BreachYAML"],
      swiftSettings: strict,
      plugins: ["EmbedPatterns"]
    ),
    .target(
      name: "BreachReaders",
      dependencies: ["BreachModel", "BreachBytes"],
      swiftSettings: strict
    ),
    .target(
      name: "BreachDetectors",
      dependencies: ["BreachModel", "BreachBytes", "BreachPatterns"],
      swiftSettings: strict
    ),
    .target(
      name: "BreachPersons",
      dependencies: ["BreachModel", "BreachBytes", "BreachPatterns"],
      swiftSettings: strict
    ),
    .target(
      name: "BreachCriteria",
      dependencies: ["BreachModel", "BreachPatterns"],
      swiftSettings: strict
    ),
    .target(
      name: "BreachReports",
      dependencies: ["BreachModel", "BreachBytes"],
      swiftSettings: strict
    ),
    .target(
      name: "BreachKit",
      dependencies: [
        "BreachModel", "BreachBytes", "BreachPatterns", "BreachReaders", "BreachDetectors",
        "BreachPersons", "BreachCriteria", "BreachReports",
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "breachscope",
      dependencies: [
        "BreachKit", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "breachscope-bench",
      dependencies: [
        "BreachBytes", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["hyperscan.c", "patterns.txt", "peers.py"],
      swiftSettings: strict
    ),
    .plugin(
      name: "EmbedPatterns",
      capability: .buildTool(),
      dependencies: ["EmbedPatternsTool"],
      path: "Sources/EmbedPatterns"
    ),
    .executableTarget(
      name: "EmbedPatternsTool",
      dependencies: ["BreachModel", "BreachYAML"],
      swiftSettings: strict
    ),
    .testTarget(name: "BreachModelTests", dependencies: ["BreachModel"], swiftSettings: strict),
    .testTarget(
      name: "BreachBytesTests",
      dependencies: ["BreachModel", "BreachBytes", "TestKit"],
      swiftSettings: strict
    ),
    .target(
      name: "TestKit",
      dependencies: ["BreachModel", "BreachBytes"],
      path: "Tests/TestKit",
      swiftSettings: strict
    ),
    .testTarget(
      name: "BreachReadersTests",
      dependencies: ["BreachModel", "BreachBytes", "BreachReaders", "TestKit"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BreachReportsTests",
      dependencies: ["BreachModel", "BreachBytes", "BreachPatterns", "BreachReports", "TestKit"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BreachPatternsTests",
      dependencies: ["BreachModel", "BreachYAML", "BreachPatterns"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BreachDetectorsTests",
      dependencies: [
        "BreachModel", "BreachBytes", "BreachPatterns", "BreachDetectors", "TestKit",
      ],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BreachCriteriaTests",
      dependencies: ["BreachModel", "BreachPatterns", "BreachCriteria"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BreachPersonsTests",
      dependencies: ["BreachModel", "BreachBytes", "BreachPatterns", "BreachPersons"],
      swiftSettings: strict
    ),
    .testTarget(
      name: "BreachKitTests",
      dependencies: [
        "BreachModel", "BreachBytes", "BreachPatterns", "BreachReaders", "BreachDetectors",
        "BreachPersons", "BreachReports", "BreachKit", "TestKit", "breachscope",
      ],
      swiftSettings: strict
    ),
  ]
)
