// swift-tools-version: 6.2
import PackageDescription

/// What every target is built with: the strictest the compiler offers, so that a warning never waits.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
  // What it holds (patterns, and looking for a String in another) costs a third of the start-up time.
  .unsafeFlags(["-Xfrontend", "-disable-implicit-string-processing-module-import"]),
]

/// Tests reach for Foundation and C freely; the wall of `unsafe` stands in `Sources`.
let testSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .treatAllWarnings(as: .error),
]

/// The commit of the sources, where the build is to be told: `make dist` tells it.
let commit = Context.environment["FAVS_COMMIT"] ?? ""

let package = Package(
  name: "favs",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "favs", targets: ["favs"])],
  targets: [
    .systemLibrary(name: "CSQLite"),
    .target(name: "SQLite", dependencies: ["CSQLite"], swiftSettings: settings),
    .target(name: "CHost", cSettings: [.define("FAVS_COMMIT", to: "\"\(commit)\"")]),
    .target(name: "Host", dependencies: ["CHost"], swiftSettings: settings),
    .target(name: "Favourites", dependencies: ["SQLite", "Host"], swiftSettings: settings),
    .target(
      name: "Exchange", dependencies: ["Favourites", "SQLite", "Host"], swiftSettings: settings),
    // Apart, so that it is seen at a glance who may ask for pages: nothing below it can.
    .target(
      name: "Network", dependencies: ["Exchange", "Favourites", "Host"], swiftSettings: settings),
    // Apart, so that what devices agree on is a library: it opens no file and starts no program.
    .target(name: "Sync", dependencies: ["Favourites"], swiftSettings: settings),
    .executableTarget(
      name: "favs", dependencies: ["Network", "Sync", "Exchange", "Favourites", "Host"],
      swiftSettings: settings),
    .target(
      name: "TestSupport", dependencies: ["Favourites"], path: "Tests/TestSupport",
      swiftSettings: testSettings),
    .testTarget(
      name: "SQLiteTests", dependencies: ["SQLite", "TestSupport"], swiftSettings: testSettings),
    .testTarget(
      name: "HostTests", dependencies: ["Host", "TestSupport"], swiftSettings: testSettings),
    .testTarget(
      name: "FavouritesTests", dependencies: ["Favourites", "SQLite", "Host", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "ExchangeTests",
      dependencies: ["Exchange", "Favourites", "SQLite", "Host", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "NetworkTests",
      dependencies: ["Network", "Exchange", "Favourites", "Host", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "SyncTests", dependencies: ["Sync", "Favourites", "SQLite", "Host", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "favsTests",
      dependencies: ["favs", "Sync", "Exchange", "Favourites", "Host", "TestSupport"],
      exclude: ["Screens"],
      swiftSettings: testSettings),
    .testTarget(
      name: "EndToEndTests", dependencies: ["favs", "SQLite", "TestSupport"],
      swiftSettings: testSettings),
    .testTarget(
      name: "FuzzTests",
      dependencies: ["favs", "Network", "Sync", "Exchange", "Favourites", "SQLite", "Host"],
      path: "Tests/Fuzz", exclude: ["Driver", "README.md", "corpus", "fuzz.py"],
      sources: ["Targets", "Replay"], swiftSettings: testSettings),
  ]
)

// What `make fuzz` builds, and no other: libFuzzer has to be linked with all of the program, and SwiftPM
// links an executable with tests alone.
if Context.environment["FAVS_FUZZ"] != nil {
  package.products = []
  package.targets.removeAll { $0.isTest || $0.name == "favs" }
  package.targets += [
    .target(
      name: "favs", dependencies: ["Network", "Sync", "Exchange", "Favourites", "Host"],
      swiftSettings: settings),
    .executableTarget(
      name: "fuzz",
      dependencies: ["favs", "Network", "Sync", "Exchange", "Favourites", "SQLite", "Host"],
      path: "Tests/Fuzz", exclude: ["Replay", "README.md", "corpus", "fuzz.py"],
      sources: ["Targets", "Driver"], swiftSettings: testSettings),
  ]
}
