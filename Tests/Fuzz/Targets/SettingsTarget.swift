import Exchange
import Host

@testable import Favourites
@testable import favs

extension FuzzTarget {
  /// What is read of a person's settings and of files that only favs and its user write; the
  /// variables are paths, numbers and single words, but for `$EDITOR`.
  static let settings = FuzzTarget(name: "settings", longest: 4_096) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    _ = FirefoxProfiles(text, in: "/home/me").folders
    try changeSettings(bytes, text)
    try splitCommand(text)
    try fillTemplate(text)
    try editForm(text)
    _ = LogEntry(bytes).map { $0.text("command") + $0.text("ms") }
  }

  /// The file of settings: what is set is read again, and nothing else changes.
  private static func changeSettings(_ bytes: [UInt8], _ text: String) throws {
    let before = SettingsFile(bytes)
    let again = SettingsFile(before.bytes)
    try BrokenLaw.unless(again == before, "what was written is read as something else")
    for mistake in before.mistakes { _ = Failure(mistake, in: "config").text }
    let value = text.trimmed
    for setting in Setting.all {
      try? setting.accept(value)
      guard SettingsFile.canHold(value) else { continue }
      var file = before
      file.set(setting.name, to: value)
      let read = SettingsFile(file.bytes)
      for other in Setting.all {
        let wanted =
          other.name == setting.name ? value : before.entry(of: other.name)?.value
        try BrokenLaw.unless(
          read.entry(of: other.name)?.value.utf8.elementsEqual((wanted ?? "").utf8)
            ?? (wanted == nil),
          "\(other.name) became \(read.entry(of: other.name)?.value ?? "nothing")")
      }
      let wasSet = before.entry(of: setting.name) != nil
      var unset = before
      try BrokenLaw.unless(
        unset.unset(setting.name) == wasSet && unset.entry(of: setting.name) == nil,
        "\(setting.name) cannot be unset")
    }
  }

  /// `$EDITOR`: what was split, quoted and split again, is the same.
  private static func splitCommand(_ text: String) throws {
    guard let words = Child.words(of: text) else { return }
    func quoted(_ word: String) -> String {
      "'" + word.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
    }
    let again = Child.words(of: words.map(quoted).joined(separator: " "))
    try BrokenLaw.unless(isSame(again ?? [], words), "\(words) became \(again ?? [])")
  }

  /// `--format`: a template gives back its fields in their places.
  private static func fillTemplate(_ text: String) throws {
    guard let template = try? Template(text) else { return }
    // What ends with a NUL is printed as it is.
    let filled = template.filled(endsWithNUL: true) { "{\($0)}" }
    let size = template.parts.reduce(1) { size, part in
      switch part {
      case .text(let text): size + text.utf8.count
      case .field(let name): size + name.utf8.count + 2
      }
    }
    try BrokenLaw.unless(filled.utf8.count == size, "\(size) bytes became \(filled.utf8.count)")
  }

  /// What an editor gives back, which may be anything; and what was left as it was changes nothing.
  private static func editForm(_ text: String) throws {
    _ = try? EditForm(favourite(noted: "A note.\n")).patch(from: text)
    guard !text.utf8.contains(0), !text.isEmpty else { return }
    let form = EditForm(favourite(noted: text))
    let patch: Patch
    do throws(ValueError) {
      patch = try form.patch(from: form.text)
    } catch {
      throw BrokenLaw(description: "what was not edited is refused: \(error.message)")
    }
    try BrokenLaw.unless(patch.isEmpty, "what was not edited changes something: \(patch)")
  }

  private static func favourite(noted note: String) -> Favourite {
    let title = String(note.unicodeScalars.prefix(20).filter { $0 != "\0" }).trimmed
    return Favourite(
      id: 1, uid: UID(high: 1, low: 1), title: title.isEmpty ? "Dune" : title,
      url: "https://example.org/", note: note, category: "books/sci-fi", rank: 1,
      tagsJSON: "[\"classic\",\"desert\"]",
      metadataJSON: "{\"year\":1965}", createdAt: now,
      modifiedAt: now, openedAt: nil, opened: 0)
  }

  private static func isSame(_ first: [String], _ second: [String]) -> Bool {
    first.count == second.count
      && zip(first, second).allSatisfy { $0.utf8.elementsEqual($1.utf8) }
  }
}
