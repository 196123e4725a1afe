import Foundation
import Testing

@testable import favs

/// The file of settings as text, and the table of its keys.
struct SettingsTests {
  private func file(_ text: String) -> SettingsFile { SettingsFile(Array(text.utf8)) }

  private func text(_ file: SettingsFile) -> String { String(decoding: file.bytes, as: UTF8.self) }

  @Test(arguments: [
    ("sort = title", "title"), ("sort=title", "title"), ("  sort\t=  title  ", "title"),
    ("sort = title # newest last", "title"), ("\u{FEFF}sort = title", "title"),
    ("sort = title\r\n", "title"), ("sort = rank\nsort = title\n", "title"),
    ("# sort = id\n\nsort = title", "title"), ("sort = ti#tle", "ti#tle"), ("sort =#x", ""),
    ("sort = a = b", "a = b"),
  ])
  func `a line is a key, a value and perhaps a remark`(line: String, value: String) {
    #expect(file(line).entry(of: "sort")?.value == value)
  }

  @Test func `a value is changed where it stands, and everything else stays`() {
    var settings = file(
      "# mine\nsort=rank\n\nper_page = 5 # small\nsort = id\t# last\ncolor = never")
    settings.set("sort", to: "-created")
    #expect(
      text(settings)
        == "# mine\n\nper_page = 5 # small\nsort = -created\t# last\ncolor = never\n")
    settings.set("editor", to: "vi")
    #expect(text(settings).hasSuffix("color = never\neditor = vi\n"))
    let wasSet = settings.unset("per_page")
    let isStillSet = settings.unset("per_page")
    #expect(wasSet && !isStillSet)
    #expect(text(settings) == "# mine\n\nsort = -created\t# last\ncolor = never\neditor = vi\n")
  }

  @Test func `each wrong line is named with its number and what is wrong`() {
    var bytes = Array("sort = title\nsrt = id\nper_page = many\nwhat\ncolor =\n".utf8)
    bytes += Array("editor = ".utf8) + [0xFF] + Array("\nper_page = 7\n".utf8)
    let mistakes = SettingsFile(bytes).mistakes
    #expect(mistakes.map(\.line) == [2, 3, 4, 5, 6])
    #expect(
      mistakes.map(\.message) == [
        "unknown setting 'srt'", "per_page: 'many' is not a number", "not 'key = value'",
        "color: no value", "not valid UTF-8 at byte 9",
      ])
    #expect(mistakes[0].hint == "did you mean 'sort'?")
  }

  @Test func `what a line cannot hold is refused`() {
    for value in ["", " x", "x ", "a #b", "#b", "a\nb", "a\rb\r"] {
      #expect(!SettingsFile.canHold(value), "\(value.debugDescription)")
    }
    for value in ["c#", "a = b", "'x y'", "a\u{301}"] { #expect(SettingsFile.canHold(value)) }
  }

  @Test(arguments: Setting.all.map(\.name))
  func `every key takes its own default and says what it is`(name: String) throws {
    let setting = try #require(Setting.named(name))
    #expect(throws: Never.self) { try setting.accept(setting.usual) }
    #expect(SettingsFile.canHold(setting.usual))
    #expect(!setting.summary.isEmpty && !setting.summary.hasSuffix("."))
    #expect(Setting.all.count { $0.name == name } == 1)
    if case .choices(let choices) = setting.completion {
      for choice in choices { #expect(throws: Never.self) { try setting.accept(choice) } }
    }
    let page = try #require(GeneratedFilesTests.pages.first { $0.name == "config" })
    #expect(Help.text(page).contains("  \(name) = "))
  }

  @Test func `Tab offers the keys, and the values of the key that is named`() {
    func offered(_ words: [String], _ current: String) -> [CompletionQuestion.Source] {
      CompletionQuestion(after: words, current: current).sources
    }
    #expect(offered(["config"], "so") == [.value(.setting)])
    #expect(offered(["config", "color"], "") == [.value(.choices(["auto", "always", "never"]))])
    #expect(offered(["config", "category"], "b") == [.value(.category)])
    #expect(offered(["config", "nothing"], "") == [])
  }
}
