import Foundation
import TestSupport
import Testing

/// `check`, against a server of our own.
@Suite(.serialized) struct CheckCommandTests {
  /// Adds links; gives the id of each by its path.
  @discardableResult
  private func add(
    _ paths: [String], _ server: WebServer, _ favs: Favs, at address: String = "127.0.0.1"
  ) throws -> [String: Int] {
    let links = paths.map { server.link($0, at: address) + "\n" }.joined()
    let ids = try favs("add", "-", "--json", input: links).objects.map { $0["id"] as? Int ?? 0 }
    return Dictionary(uniqueKeysWithValues: zip(paths, ids))
  }

  /// The states by path.
  private func states(_ outcome: Outcome, _ ids: [String: Int]) -> [String: String] {
    var found: [String: String] = [:]
    for object in outcome.objects {
      guard let path = ids.first(where: { $0.value == object["id"] as? Int })?.key,
        let link = object["link"] as? [String: Any]
      else { continue }
      found[path] = link["state"] as? String
    }
    return found
  }

  private static let wanted = [
    "page/1": "alive", "temporary/5": "alive", "login": "alive", "etag": "alive",
    "long-head": "alive", "bomb": "alive", "cut": "alive", "endless": "alive", "drip": "alive",
    "hops/10": "alive", "later": "alive", "at-last": "alive", "moved-to-login": "alive",
    "moved/3": "moved", "moved308/4": "moved", "moved-and-temporary/6": "moved",
    "401": "blocked", "403": "blocked", "407": "blocked", "429": "blocked", "451": "blocked",
    "999": "blocked", "challenge": "blocked", "cookie-loop": "blocked", "much-later": "blocked",
    "404": "failing", "410": "failing", "500": "failing", "503": "failing", "loop/0": "failing",
    "hops/11": "failing", "to-file": "failing", "to-private": "failing", "moved-to-404": "failing",
    "nonsense": "failing", "silent": "failing", "to-front": "suspect",
  ]

  @Test func `each state follows from what the site does`() throws {
    let server = try WebServer(addresses: ["127.0.0.1", "127.0.0.4"], soft: ["127.0.0.4"])
    try withFavs { favs in
      var ids = try add(Self.wanted.keys.sorted(), server, favs)
      ids.merge(try add(["a/b"], server, favs, at: "127.0.0.4")) { $1 }
      let checked = try favs("check", "--private", "--timeout", "2s", "--per-host", "16", "--json")
      #expect(checked.code == 0)
      var wanted = Self.wanted
      wanted["a/b"] = "suspect"
      let found = states(checked, ids)
      for (path, state) in wanted { #expect(found[path] == state, "\(path)") }
      let asked = try server.log().paths["127.0.0.1"] ?? []
      #expect(!asked.contains { $0.contains("passwd") || $0.contains("meta-data") })
      let moved = checked.objects.first { $0["id"] as? Int == ids["moved-and-temporary/6"] }
      let link = moved?["link"] as? [String: Any]
      #expect(link?["moved_to"] as? String == server.link("temporary/6"))
      #expect(link?["final_url"] as? String == server.link("page/6"))
      #expect(link?["status"] as? Int == 200)
      #expect(
        Set(link.map { Array($0.keys) } ?? [])
          == ["state", "status", "checked_at", "final_url", "moved_to"])
    }
  }

  @Test func `what fails again a day later is broken, and strictly at once`() throws {
    let server = try WebServer()
    try withFavs { favs in
      let ids = try add(["page/1", "404"], server, favs)
      let first = try favs("check", "--private", "--json")
      #expect(states(first, ids)["404"] == "failing")
      #expect(try favs("check", "--private", "--json").code == 0)
      #expect(
        try runSQL(
          "UPDATE sight SET failed_at = failed_at - 86400001 WHERE failed_at IS NOT NULL",
          on: favs.database
        ).code == 0)
      let second = try favs("check", "--private", "--json")
      #expect(second.code == 1)
      #expect(states(second, ids) == ["page/1": "alive", "404": "broken"])
      #expect(try favs("list", "--link", "broken", "--fields", "id").output == "2\n")
      #expect(try favs("search", "is:broken", "--count").output == "1\n")
      #expect(try favs("list", "--link", "alive", "--count").output == "1\n")
      #expect(
        try favs("list", "--fields", "id,link", "--sort", "id").output == "1\talive\n2\tbroken\n")
      let told = try favs("list", "--json", "--fields", "link").objects
      #expect(told.map { ($0["link"] as? [String: Any])?["status"] as? Int } == [200, 404])
      #expect(try favs("export").output.contains("link") == false)
      // Another link has no state.
      try favs("edit", "2", "--url", server.link("page/2"))
      #expect(try favs("list", "--link", "broken", "--count").output == "0\n")
      let strict = try favs("add", server.link("410"))
      #expect(strict.code == 0)
      #expect(try favs("check", "3", "--private", "--strict", "-q").code == 1)
    }
  }

  @Test func `a page that has moved gets its new address, as one change`() throws {
    let server = try WebServer()
    try withFavs { favs in
      try add(["moved/1", "moved/2", "page/2", "moved308/1"], server, favs)
      try favs("edit", "2", "--title", "My own")
      let before = try favs("list", "--json").output
      let rehearsed = try favs("check", "--private", "--fix", "-n", "1", "2")
      #expect(rehearsed.error.contains("would be given a new address"))
      #expect(try favs("list", "--json").output == before)
      #expect(try favs("list", "--link", "moved", "--count").output == "0\n")
      let fixed = try favs("check", "--private", "--fix")
      #expect(fixed.code == 1)
      #expect(fixed.error.contains("2 was left as it is: favourite 3 has its new address"))
      #expect(fixed.error.contains("4 was left as it is: favourite 1 has its new address"))
      #expect(
        try favs("list", "--fields", "title,url", "--sort", "id").output
          == "127.0.0.1:\(server.port)/page/1\t\(server.link("page/1"))\n"
          + "My own\t\(server.link("moved/2"))\n"
          + "127.0.0.1:\(server.port)/page/2\t\(server.link("page/2"))\n"
          + "127.0.0.1:\(server.port)/moved308/1\t\(server.link("moved308/1"))\n")
      #expect(try favs("list", "--link", "moved", "--fields", "id").output == "2\n4\n")
      // Now there is nothing that undo could revert.
      let again = try favs("check", "--private", "--fix", "2", "4")
      #expect(again.code == 1)
      #expect(again.error.contains("0 favourites given a new address\n"), "\(again)")
      try favs("undo")
      #expect(
        try favs("list", "--fields", "url", "--sort", "id").output.hasPrefix(server.link("moved/1"))
      )
    }
  }

  @Test func `nothing is asked for that may not be`() throws {
    let server = try WebServer()
    try withFavs { favs in
      try add(["page/1"], server, favs)
      try favs("add", "mailto:a@example.org", "file:///etc/passwd", "file:///no/such/file")
      let checked = try favs("check")
      #expect(checked.code == 0)
      #expect(
        checked.output.split(separator: "\n").map { $0.split(separator: "\t")[0] }.sorted()
          == ["alive", "failing", "skipped", "skipped"])
      #expect(try server.log().paths.isEmpty)
    }
  }

  @Test func `a file that cannot be looked for is told with the reason`() throws {
    try withFavs { favs in
      let circle = favs.folder + "/circle"
      try FileManager.default.createSymbolicLink(atPath: circle, withDestinationPath: "circle")
      try favs("add", "file://\(circle)", "file:///no/such/file")
      let rows = try favs("check").output.split(separator: "\n").map { row in
        row.split(separator: "\t").prefix(3).joined(separator: " ")
      }
      #expect(
        rows.sorted() == ["failing 1 too many levels of symbolic links", "failing 2 no such file"])
    }
  }

  @Test func `no host is asked more than it is to be at once, and told who asks`() throws {
    let server = try WebServer(
      addresses: ["127.0.0.1", "127.0.0.2"], words: ["--slow", "0.05"])
    try withFavs { favs in
      let paths = (1...30).map { "page/\($0)" }
      try add(paths, server, favs)
      try add(paths, server, favs, at: "127.0.0.2")
      #expect(try favs("check", "--private", "-q").code == 0)
      let log = try server.log()
      #expect(log.most == ["127.0.0.1": 2, "127.0.0.2": 2])
      // One more for each: a neighbour that cannot be there.
      #expect(log.paths.mapValues(\.count) == ["127.0.0.1": 31, "127.0.0.2": 31])
      #expect(log.fields["user-agent"]?.hasPrefix("favs/") == true)
      #expect(log.fields["cookie"] == nil && log.fields["referer"] == nil)
      try favs("check", "--private", "-q", "--per-host", "8")
      #expect(try server.log().most["127.0.0.1"] ?? 0 > 2)
    }
  }

  @Test func `a page that has not changed is not sent again`() throws {
    let server = try WebServer()
    try withFavs { favs in
      try add(["etag"], server, favs)
      try favs("check", "--private")
      let second = try favs("check", "--private", "--json").objects
      let link = second.first?["link"] as? [String: Any]
      #expect(link?["state"] as? String == "alive" && link?["status"] as? Int == 304)
      #expect(try server.log().fields["if-none-match"] == "\"mark\"")
    }
  }

  @Test func `where no host answers it is the network, and nothing is recorded`() throws {
    try withFavs { favs in
      // Nobody listens there.
      try favs("add", "http://127.0.0.1:1/a", "http://127.0.0.2:1/b")
      let checked = try favs("check", "--private", "--json")
      #expect(checked.code == 7)
      #expect(checked.error.contains("the network seems to be down"))
      #expect(try favs("list", "--link", "failing", "--count").output == "0\n")
    }
  }

  @Test func `a machine without curl is told so`() throws {
    let server = try WebServer()
    try withFavs { favs in
      try add(["page/1"], server, favs)
      favs.environment["PATH"] = favs.folder
      let checked = try favs("check", "--private")
      #expect(checked.code == 7)
      #expect(checked.error.hasPrefix("favs: curl is not installed\n"))
      let added = try favs("add", "--fetch", server.link("page/2"))
      #expect(added.code == 0)
      #expect(added.error == "no title was fetched: curl is not installed\n")
    }
  }

  @Test func `the same link twice is asked for once, and known of both`() throws {
    let server = try WebServer()
    try withFavs { favs in
      try favs("add", server.link("404"), "-c", "a")
      try favs("add", server.link("404"), "-c", "b")
      #expect(try favs("check", "--private", "--json").objects.count == 2)
      #expect(try server.log().paths["127.0.0.1"]?.count == 1)
      #expect(try favs("list", "--link", "failing", "--count").output == "2\n")
    }
  }

  @Test func `an interrupted check keeps what was seen`() throws {
    let server = try WebServer()
    try withFavs { favs in
      try add(["page/1", "silent"], server, favs)
      let running = try favs.start("check", "--private")
      // The one that is silent does not keep the other from being known.
      usleep(1_500_000)
      running.signal(SIGINT)
      #expect(try running.end() == 128 + SIGINT)
      #expect(try favs("doctor").code == 0)
      #expect(try favs("list", "--link", "alive", "--fields", "id").output == "1\n")
    }
  }

  @Test(arguments: [("check", "interrupted after 0 links"), ("fetch", "interrupted: ")])
  func `who interrupts before the first answer is not told that there was nothing to do`(
    command: String, message: String
  ) throws {
    let server = try WebServer()
    try withFavs { favs in
      try add(["silent"], server, favs)
      let path = favs.folder + "/said"
      let running = try favs.start(command, "--private", error: path)
      usleep(1_500_000)
      running.signal(SIGINT)
      #expect(try running.end() == 128 + SIGINT)
      let said = try String(contentsOfFile: path, encoding: .utf8)
      #expect(said.contains(message), "\(said)")
    }
  }

  @Test func `a curl that ends without a word costs one page, and not all that it was given`()
    throws
  {
    let server = try WebServer()
    try withFavs { favs in
      let ids = try add(["page/1", "poison", "page/2", "page/3", "404"], server, favs)
      let folder = favs.folder + "/bin"
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
      let script = """
        #!/bin/bash
        text=$(cat)
        case $text in *poison*) kill -KILL $$ ;; esac
        printf '%s\n' "$text" | PATH=${PATH#*:} curl "$@"
        """
      try writeScript(script, at: folder + "/curl")
      favs.environment["PATH"] = folder + ":" + (favs.environment["PATH"] ?? "/usr/bin:/bin")
      let checked = try favs("check", "--private", "--per-host", "8", "--json")
      #expect(
        states(checked, ids) == [
          "page/1": "alive", "page/2": "alive", "page/3": "alive", "404": "failing",
          "poison": "failing",
        ])
      #expect(try server.log().paths["127.0.0.1"]?.contains { $0.contains("poison") } == false)
    }
  }

  @Test func `hundreds of links of a few hosts never ask one too often, and end`() throws {
    let hosts = (1...5).map { "127.0.0.\($0)" }
    let server = try WebServer(addresses: hosts, words: ["--slow", "0.002"])
    try withFavs { favs in
      for host in hosts { try add((1...80).map { "page/\($0)" }, server, favs, at: host) }
      let words = [["--per-host", "3"], ["--per-host", "1", "--jobs", "5"], ["--jobs", "64"]]
      var most = 0
      for each in words {
        most = max(most, Int(each[0] == "--per-host" ? each[1] : "2") ?? 0)
        let checked = try favs.words(["check", "--private", "-q"] + each)
        #expect(checked.output.split(separator: "\n").count { $0.hasPrefix("alive\t") } == 400)
        #expect(try server.log().most.values.allSatisfy { $0 <= most })
      }
      let log = try server.log()
      // And a neighbour for each host, the first time.
      #expect(log.paths.mapValues(\.count).allSatisfy { $0.value == 241 })
    }
  }

  @Test func `an archive's address is suggested for what fails`() throws {
    let server = try WebServer()
    try withFavs { favs in
      try add(["404", "page/1"], server, favs)
      let archives = try favs("check", "--private", "--suggest", "--json").objects.map {
        $0["archive"] as? String
      }
      #expect(archives.compactMap { $0 }.count == 1)
      #expect(archives.compactMap { $0 }.first?.hasPrefix("https://web.archive.org/web/20") == true)
      #expect(archives.compactMap { $0 }.first?.hasSuffix("/" + server.link("404")) == true)
    }
  }

  @Test func `those unchecked for longest come first, up to a limit`() throws {
    let server = try WebServer()
    try withFavs { favs in
      try add(["page/1", "page/2", "page/3"], server, favs)
      #expect(try favs("check", "2", "--private", "-q").output.hasPrefix("alive\t2"))
      #expect(try favs("check", "--private", "-q", "--limit", "1").output.hasPrefix("alive\t1"))
      #expect(
        try favs("check", "--private", "-q", "--older-than", "1d").output.hasPrefix("alive\t3"))
      #expect(try favs("check", "--private", "-q", "--limit", "1").output.hasPrefix("alive\t2"))
    }
  }
}
