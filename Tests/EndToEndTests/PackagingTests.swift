import Foundation
import TestSupport
import Testing

/// What `make dist` needs of the sources, and its parts that need no build.
struct PackagingTests {
  @Test func `packages are the same each time, and nothing that was published is replaced`() throws
  {
    let found = try python(["Tests/Packaging/test_packaging.py"], in: DocumentationTests.root)
    #expect(found.code == 0 && found.output.contains("\nOK\n"), "\(found.output)")
  }

  @Test func `the version is told with the commit and SQLite's, in the order of their weight`()
    throws
  {
    try withFavs { favs in
      let version = try favs("version").output.dropFirst(5).dropLast()
      let json = try favs("version", "--json").output
      #expect(json.hasPrefix(#"{"version":"\#(version)","commit":"#), "\(json)")
      let told = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
      #expect(Set(told?.keys.map { $0 } ?? []) == ["version", "commit", "sqlite"])
    }
  }
}
