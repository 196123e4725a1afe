internal import Favourites

/// The profiles listed in Firefox's `profiles.ini`.
///
/// Source: Firefox, `toolkit/profile/nsToolkitProfileService.cpp`.
package struct FirefoxProfiles: Sendable {
  /// The default profiles of installations; if there are none, the profiles marked as default;
  /// otherwise all profiles. Relative paths are resolved against the folder of the file.
  package let folders: [String]

  /// Parses the text of the `profiles.ini` in a folder.
  package init(_ text: String, in root: String) {
    var installed: [String] = []
    var marked: [String] = []
    var all: [String] = []
    for section in Self.sections(text) {
      func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : root + "/" + path }
      if section.name.hasPrefix("Install"), let path = section.values["Default"] {
        installed.append(absolute(path))
      } else if section.name.hasPrefix("Profile"), let path = section.values["Path"] {
        let folder = section.values["IsRelative"] == "0" ? path : absolute(path)
        all.append(folder)
        if section.values["Default"] == "1" { marked.append(folder) }
      }
    }
    self.all = all
    folders = [installed, marked, all].first { !$0.isEmpty } ?? []
  }

  /// The folders of all profiles, in the order of the file.
  package let all: [String]

  private static func sections(_ text: String) -> [(name: String, values: [String: String])] {
    var sections: [(name: String, values: [String: String])] = []
    for line in text.split(whereSeparator: \.isNewline).map({ String($0).trimmed }) {
      if line.hasPrefix("["), line.hasSuffix("]") {
        sections.append((String(line.dropFirst().dropLast()), [:]))
      } else if let mark = line.firstIndex(of: "="), !sections.isEmpty {
        let key = String(line[..<mark]).trimmed
        sections[sections.count - 1].values[key] = String(line[line.index(after: mark)...]).trimmed
      }
    }
    return sections
  }
}
