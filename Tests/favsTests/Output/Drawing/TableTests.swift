import Testing

@testable import favs

/// What has to hold for every line of the command table.
struct TableTests {
  /// Every command that can be run.
  static let leaves = Commands.all.map { $0.page() }.flatMap {
    $0.children.isEmpty ? [$0] : $0.children
  }

  @Test func `names of commands are unique`() {
    let names = Commands.all.flatMap { [$0.name] + $0.aliases }
    #expect(Set(names).count == names.count)
    let all = Self.leaves.map(\.name)
    #expect(Set(all).count == all.count)
  }

  @Test(arguments: leaves.map(\.name))
  func `options have names of their own and say what they do`(name: String) throws {
    let page = try #require(Self.leaves.first { $0.name == name })
    let options = page.options + page.globalOptions + [Help.helpOption]
    let longs = options.map(\.long)
    #expect(Set(longs).count == longs.count)
    let shorts = options.compactMap(\.short)
    #expect(Set(shorts).count == shorts.count)
    for option in options {
      #expect(option.summary.count <= 60, "--\(option.long)")
      #expect(!option.summary.hasSuffix("."), "--\(option.long)")
      #expect(
        option.summary.first?.isUppercase == false || option.long == "json", "--\(option.long)")
      #expect(option.value?.isEmpty != true, "--\(option.long)")
      #expect(option.long.allSatisfy { $0.isASCII && ($0.isLowercase || $0 == "-" || $0.isNumber) })
    }
  }

  @Test(arguments: leaves.map(\.name))
  func `commands say what they do and how they end`(name: String) throws {
    let page = try #require(Self.leaves.first { $0.name == name })
    #expect(page.summary.count <= 60)
    #expect(!page.summary.hasSuffix("."))
    #expect(page.summary.first?.isUppercase == true)
    #expect(page.exits.first == .done)
    #expect(page.exits.contains(.inputOutput))
    #expect(page.exits.map(\.rawValue) == page.exits.map(\.rawValue).sorted())
    for other in page.seeAlso { #expect(Commands.all.contains { $0.name == other }, "\(other)") }
  }

  @Test func `every example is a command line that can be read`() throws {
    let parser = CommandLineParser(table: Commands.all, allowsAbbreviations: false)
    for page in Self.leaves {
      for example in page.examples where example.line.hasPrefix("favs ") {
        let line = example.line.split(separator: "|")[0].split(separator: "<")[0]
        let words = shellWords(String(line)).dropFirst()
        #expect(throws: Never.self, "\(example.line)") { try parser.parse(Array(words)) }
      }
    }
  }

  @Test func `every value of a choice is taken`() throws {
    let parser = CommandLineParser(table: Commands.all, allowsAbbreviations: false)
    for page in Self.leaves {
      for option in page.options + page.globalOptions {
        guard case .choices(let names) = option.completion else { continue }
        for name in names {
          let path = page.name.split(separator: " ").map(String.init)
          let operands = (0..<page.operands.count.lowerBound).map { "x\($0)" }
          #expect(throws: Never.self) {
            try parser.parse(path + operands + ["--\(option.long)", name])
          }
        }
      }
    }
  }

  /// Words in single quotes or none, as the examples write them.
  private func shellWords(_ line: String) -> [String] {
    var words: [String] = []
    var (word, isQuoted, isOpen) = ("", false, false)
    for character in line {
      if character == "'" {
        (isQuoted, isOpen) = (!isQuoted, true)
      } else if character == " ", !isQuoted {
        if isOpen { words.append(word) }
        (word, isOpen) = ("", false)
      } else {
        word.append(character)
        isOpen = true
      }
    }
    return isOpen ? words + [word] : words
  }
}
