import Foundation
import TestSupport
import Testing

/// `fetch` and `add --fetch`, against a server of our own.
@Suite(.serialized) struct FetchCommandTests {
  /// What the server's pages are to be called, by their paths.
  private func wanted() throws -> [String: String?] {
    let script = """
      import json, sys
      sys.path.insert(0, "Tests/Web")
      import server
      told = {"titled/" + name: title for name, (_, title) in server.PAGES.items()}
      told |= {"encoding/" + name: title for name, (_, _, title) in server.ENCODINGS.items()}
      print(json.dumps(told))
      """
    let text = try python(["-c", script], in: DocumentationTests.root).output
    let told = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    return told.mapValues { $0 as? String }
  }

  @Test func `pages are called what they say, in any encoding, and never by a challenge`() throws {
    let server = try WebServer()
    var pages = try wanted()
    #expect(pages.count > 30)
    pages["download"] = "a paper.pdf"
    pages["files/a%20book.pdf"] = "a book.pdf"
    pages["bomb"] = "Bomb"
    pages["deflated"] = "Deflated"
    for path in ["404", "403", "challenge", "picture", "login", "empty"] {
      pages.updateValue(nil, forKey: path)
    }
    try withFavs { favs in
      let paths = pages.keys.sorted()
      let links = paths.map { server.link($0) + "\n" }.joined()
      try favs("add", "-", input: links)
      let fetched = try favs("fetch", "--private", "--per-host", "16")
      #expect(fetched.code == 0)
      let titles = try favs("list", "--json", "--sort", "id").objects.map { $0["title"] as? String }
      for (path, title) in zip(paths, titles) {
        let plain = "127.0.0.1:\(server.port)/\(path)"
        #expect(title == (pages[path] ?? nil) ?? plain, "\(path)")
      }
      try favs("undo")
      #expect(
        try favs("list", "--fields", "title", "--sort", "id").output
          == paths.map { "127.0.0.1:\(server.port)/\($0)\n" }.joined())
    }
  }

  @Test func `what a person gave stays, unless it is to be replaced`() throws {
    let server = try WebServer()
    try withFavs { favs in
      try favs("add", "Mine", server.link("titled/title/described"))
      try favs("add", server.link("titled/graph/described"), "--set", "description=My own")
      try favs("fetch", "--private")
      let fields = ["--fields", "title,metadata", "--sort", "id"]
      #expect(
        try favs.words(["list"] + fields).output
          == "Mine\tdescription=About it & more\nFrom the graph\tdescription=My own\n")
      expectSame(
        try favs("fetch", "--private"), Outcome(0, error: "nothing to fetch\n"))
      try favs("fetch", "1", "2", "--private", "--replace", "--only", "title")
      #expect(
        try favs.words(["list"] + fields).output
          == "A title & more – Wikipedia\tdescription=About it & more\n"
          + "From the graph\tdescription=My own\n")
      try favs("fetch", "2", "--private", "--replace", "--only", "description")
      #expect(
        try favs("show", "2", "--fields", "metadata").output == "description=About it & more\n")
    }
  }

  @Test func `a private address is asked only where that is wanted`() throws {
    let server = try WebServer()
    try withFavs { favs in
      try favs("add", server.link("titled/title"))
      #expect(try favs("fetch").error == "0 pages (1 skipped); 0 favourites changed\n")
      #expect(try server.log().paths.isEmpty)
      // Who types it means it.
      #expect(
        try favs("add", "--fetch", server.link("titled/two"), "-c", "x").output
          == "2\tx\t1\tThe first\t\(server.link("titled/two"))\t\n")
      #expect(try server.log().paths["127.0.0.1"] == ["/titled/two"])
    }
  }

  @Test func `a field of the category that refuses a description does not keep the title out`()
    throws
  {
    let server = try WebServer()
    try withFavs { favs in
      try favs("category", "add", "films", "--field", "description:number")
      let added = try favs("add", "--fetch", server.link("titled/title/described"), "-c", "films")
      #expect(added.code == 0)
      #expect(added.output.contains("A title & more – Wikipedia"))
    }
  }

  @Test func `add asks pages of all lines, or of all that is added where that is settled`() throws {
    let server = try WebServer()
    try withFavs { favs in
      let lines = "\(server.link("titled/title"))\n\(server.link("titled/two")) Own\nNo link\n"
      try favs("add", "-", "--fetch", input: lines)
      #expect(
        try favs("list", "--fields", "title", "--sort", "id").output
          == "A title & more – Wikipedia\nOwn\nNo link\n")
      #expect(try favs("history", "--json").objects.count == 1)
      try favs("config", "fetch", "on")
      #expect(try favs("add", server.link("titled/comment")).output.contains("But this"))
      #expect(
        try favs("add", "--no-fetch", server.link("titled/script")).output.contains(
          "/titled/script\t"))
      #expect(try favs("add", "--fetch", "--no-fetch", "x").code == 2)
      let failed = try favs("add", "http://127.0.0.1:1/nobody")
      #expect(failed.code == 0)
      #expect(failed.output.contains("127.0.0.1:1/nobody"))
    }
  }

  @Test func `the log and the profile tell of the network`() throws {
    let server = try WebServer()
    try withFavs { favs in
      favs.environment["FAVS_LOG"] = "info"
      try favs("add", server.link("titled/title"))
      let fetched = try favs("fetch", "--private", "--profile")
      #expect(fetched.error.contains("1 request in 1 run of curl; the slowest "))
      let logged = try favs("logs", "--json").objects.first { $0["command"] as? String == "fetch" }
      #expect(logged?["requests"] as? Int == 1)
      #expect(logged?["network_ms"] as? Int ?? -1 >= 0)
    }
  }
}
