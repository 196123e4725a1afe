import Foundation
import Testing

/// The exit codes that the help of each command tells, and that no other may come of it.
enum KnownExits {
  /// Records an issue where a run ended as its help does not say. Codes of signals are no promise
  /// of a command.
  static func check(_ code: Int32, of words: [[UInt8]]) {
    guard code < 128,
      let (name, codes) = codes(of: words.map { String(decoding: $0, as: UTF8.self) }),
      !codes.contains(code)
    else { return }
    Issue.record("favs \(name) ended with \(code), which its help does not tell")
  }

  /// The command that words name, and its codes; nil where they name none.
  private static func codes(of words: [String]) -> (name: String, codes: Set<Int32>)? {
    let names = words.prefix(4).filter { !$0.hasPrefix("-") }
    for count in [2, 1] {
      let name = names.prefix(count).joined(separator: " ")
      if count == 2, names.count < 2 { continue }
      if let codes = table[name] { return (name, codes) }
    }
    return nil
  }

  /// What the help of every command tells; read once.
  private static let table: [String: Set<Int32>] = {
    var table: [String: Set<Int32>] = [:]
    var pages: [[String]] = lines(["complete", "zsh", "--", "favs", ""]).map { [$0] }
    for group in ["category", "tag", "trash", "backup"] {
      pages += lines(["complete", "zsh", "--", "favs", group, ""]).map { [group, $0] }
    }
    for page in pages {
      let help = said(["help"] + page)
      guard let start = help.range(of: "\nExit codes:\n") else { continue }
      let rows = help[start.upperBound...].split(separator: "\n", omittingEmptySubsequences: false)
      let codes = rows.prefix { $0.hasPrefix("  ") }.compactMap {
        Int32($0.drop { $0 == " " }.prefix { $0.isNumber })
      }
      table[page.joined(separator: " ")] = Set(codes)
    }
    precondition(table.count > 30, "help tells exit codes")
    return table
  }()

  /// The first words of the lines that complete a command, but the first.
  private static func lines(_ words: [String]) -> [String] {
    said(words).split(separator: "\n").dropFirst().map { String($0.prefix { $0 != "\t" }) }
  }

  private static func said(_ words: [String]) -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Favs.program)
    process.arguments = words
    process.environment = ["HOME": "/nonexistent"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    do {
      try process.run()
    } catch {
      return ""
    }
    let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return text
  }
}
