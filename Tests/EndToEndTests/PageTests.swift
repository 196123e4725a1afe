import Foundation
import TestSupport
import Testing

/// The page that `export` writes, in headless Chromium: see Tests/Page/page.py.
struct PageTests {
  @Test(arguments: [
    "looks", "keys", "finds", "reads", "prints", "is_shut", "is_plain", "comes_back",
  ])
  func `the page of links`(trial: String) throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Page/page.py").path
    let said = try python([script, Favs.program, trial])
    #expect(said.code == 0 && said.output.isEmpty, "\(said.output)")
  }

  @Test func `--plain is for html alone`() throws {
    try withFavs { favs in
      try favs("add", "Dune", "--set", "year=1965", "-q")
      for words in [["--plain"], ["--plain", "--format", "csv"], ["--plain", "--full"]] {
        let refused = try favs.run((["export"] + words).map { Array($0.utf8) })
        #expect(refused.code == 2 && refused.output.isEmpty, "\(refused)")
      }
      let told = try favs("export", "--plain", "\(favs.folder)/page.html")
      #expect(told.code == 0)
      #expect(told.error.contains("html drops 1 set of metadata"), "\(told)")
    }
  }
}
