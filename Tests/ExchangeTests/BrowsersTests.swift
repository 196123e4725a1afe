import Testing

@testable import Exchange

/// Where programs keep their files.
@Suite struct BrowsersTests {
  @Test("Linux has several places for one browser")
  func linux() {
    let home = Surroundings(home: "/home/me")
    #expect(
      Browser.firefox.folders(in: home) == [
        "/home/me/.mozilla/firefox", "/home/me/.config/mozilla/firefox",
        "/home/me/snap/firefox/common/.mozilla/firefox",
        "/home/me/.var/app/org.mozilla.firefox/.mozilla/firefox",
        "/home/me/.var/app/org.mozilla.firefox/config/mozilla/firefox",
      ])
    #expect(
      Browser.chromium.folders(in: Surroundings(home: "/h", config: "/c")) == [
        "/c/chromium", "/h/snap/chromium/common/chromium",
        "/h/.var/app/org.chromium.Chromium/config/chromium",
      ])
    #expect(Browser.edge.folders(in: home).first == "/home/me/.config/microsoft-edge")
    #expect(Browser.vivaldi.folders(in: home).first == "/home/me/.config/vivaldi")
    #expect(Browser.chrome.folders(in: home).first == "/home/me/.config/google-chrome")
    #expect(
      Browser.brave.folders(in: home).first == "/home/me/.config/BraveSoftware/Brave-Browser")
    #expect(Browser.buku.folders(in: home) == ["/home/me/.local/share/buku"])
    #expect(Browser.buku.folders(in: Surroundings(home: "/h", data: "/d")) == ["/d/buku"])
    #expect(
      Browser.buku.folders(in: Surroundings(home: "/h", data: "/d", bukuFolder: "/b")) == ["/b"])
  }

  @Test("a Mac has one")
  func mac() {
    let home = Surroundings(home: "/Users/me", config: "/c", isMac: true)
    #expect(
      Browser.allCases.filter { $0.kind == .firefox || $0.kind == .chromium }
        .map { $0.folders(in: home) }
        == [
          "Firefox", "librewolf", "Floorp", "zen", "Google/Chrome", "Chromium",
          "BraveSoftware/Brave-Browser", "Microsoft Edge", "Vivaldi", "com.operasoftware.Opera",
        ].map { ["/Users/me/Library/Application Support/" + $0] })
    #expect(
      Browser.arc.folders(in: home) == [
        "/Users/me/Library/Application Support/Arc", "/Users/me/Downloads",
      ])
    #expect(Browser.safari.folders(in: home).first == "/Users/me/Library/Safari")
    #expect(Browser.duckduckgo.folders(in: home) == ["/Users/me/Downloads"])
  }

  @Test("the kin of Firefox and Chromium have places of their own")
  func kin() {
    let home = Surroundings(home: "/h")
    #expect(Browser.opera.folders(in: home).first == "/h/.config/opera")
    #expect(
      Browser.librewolf.folders(in: home).prefix(3) == [
        "/h/.librewolf", "/h/.config/librewolf", "/h/.config/librewolf/librewolf",
      ])
    #expect(Browser.floorp.folders(in: home).first == "/h/.floorp")
    #expect(Browser.zen.folders(in: home).prefix(2) == ["/h/.zen", "/h/.config/zen"])
    #expect(
      Browser.safari.isFile("Bookmarks.plist") && Browser.safari.isFile("Safari Bookmarks.html"))
    #expect(!Browser.safari.isFile("bookmarks.html") && !Browser.arc.isFile("Bookmarks"))
    #expect(Browser.duckduckgo.isFile("DuckDuckGo Bookmarks.html"))
  }

  @Test("the profile that an installed Firefox begins with goes before the one marked so")
  func profiles() {
    let text = """
      [Install4F96D1932A9F858E]
      Default=Profiles/x.default-release
      Locked=1

      [Profile1]
      Name=default
      IsRelative=1
      Path=Profiles/y.default
      Default=1

      [Profile0]\r
      Name=default-release\r
      IsRelative=1\r
      Path=Profiles/x.default-release\r

      [Profile2]
      IsRelative=0
      Path=/srv/z
      """
    let profiles = FirefoxProfiles(text, in: "/f")
    #expect(profiles.folders == ["/f/Profiles/x.default-release"])
    #expect(profiles.all == ["/f/Profiles/y.default", "/f/Profiles/x.default-release", "/srv/z"])
    let older = FirefoxProfiles("[Profile0]\nPath=a\n[Profile1]\nPath=b\nDefault=1", in: "/f")
    #expect(older.folders == ["/f/b"])
    #expect(FirefoxProfiles("[Profile0]\nPath=a\n[Profile1]\nPath=b", in: "/f").folders.count == 2)
    #expect(FirefoxProfiles("=\n[\nnonsense\nPath=x", in: "/f").folders == [])
  }
}
