/// How an English word sounds, so that `fotograf` meets `photograph` and `nife` meets `knife`.
///
/// The sequence of its consonant sounds, and whether it begins with a vowel; other vowels are
/// ignored. A small relative of Metaphone (Philips, "Hanging on the Metaphone", Computer Language
/// 7(12), 1990), with these rules:
/// - silent are `g k m p t w` in `gn kn mn pn ps pt ts wr` and `h` after consonants, all at the
///   beginning; `b` after `m`, `gh`, and `t` in `tch`;
/// - `ph pf v` are F; `d` is T; `q` and hard `c g` are K; soft `g` and `dg` are J; soft `c` and `z`
///   are S; `x` is KS, at the beginning S, as is `cz`; `sh ti` before a vowel are a sound of their
///   own, as is `th`;
/// - a word with `ch`, `gn` or `ll` has two keys: one as in `chair signal tall`, one as in
///   `choir lasagne tortilla`.
struct PhoneticKey {
  /// Five bits for each sound; the last twelve sounds of long words.
  private let sounds: UInt64
  /// The number of vowels that are heard: a final `e` may be.
  private let vowels: ClosedRange<Int>

  /// The keys of a word in lower-case letters a to z: one or two; none if it has other letters.
  static func keys(of word: [UInt8]) -> [PhoneticKey] {
    guard word.count >= 3, word.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return [] }
    let native = Reader(word, isForeign: false).key
    let hasOther = zip(word, word.dropFirst()).contains { first, second in
      first == 0x63 && second == 0x68 || first == 0x67 && second == 0x6E
        || first == 0x6C && second == 0x6C
    }
    return hasOther ? [native, Reader(word, isForeign: true).key] : [native]
  }

  /// Whether two words with the same sounds also have much the same vowels and voices, so that one
  /// may have been written for the other: `kesha` is no `cache`, and `banana` no `benigni`.
  ///
  /// A vowel differs if the two have no letter in common between the same consonants; before `r`,
  /// all sound alike. `d g v` differ from `t k f`. A short word has to be the same.
  static func areLike(_ first: [UInt8], _ second: [UInt8]) -> Bool {
    readings(of: first).contains { first in
      readings(of: second).contains { second in
        guard abs(first.count - second.count) <= 1 else { return false }
        let consonants = min(first.count, second.count)
        var differences = 0
        for (index, (one, other)) in zip(first, second).enumerated() {
          guard one.sound == other.sound else { return false }
          differences += one.isVoiced == other.isVoiced ? 0 : 1
          // The ending of a plural, or of a noun in -er, is not compared.
          if index + 1 == consonants, first.count != second.count { break }
          let isBeforeR = index + 1 < consonants && first[index + 1].sound == .r
          differences += one.hasVowels(like: other, isBeforeR: isBeforeR) ? 0 : 1
        }
        return differences <= (consonants - 1) / 2
      }
    }
  }

  private static func readings(of word: [UInt8]) -> [[Heard]] {
    guard word.count >= 3 else { return [] }
    return [false, true].map { Reader(word, isForeign: $0, notes: true).heard }
  }

  /// Whether two words sound alike.
  func isLike(_ other: PhoneticKey) -> Bool {
    sounds == other.sounds && vowels.overlaps(other.vowels)
  }

  /// Whether a long word sounds like this one with one more sound: a plural, or a noun in -er.
  func isLikeBeginning(of other: PhoneticKey) -> Bool {
    guard sounds >> 15 > 0, sounds == other.sounds >> 5 else { return false }
    return (vowels.lowerBound...vowels.upperBound + 1).overlaps(other.vowels)
  }

  /// The first letters of words that may sound like one beginning with a given letter.
  static func beginnings(like first: UInt8) -> [UInt8] {
    let letter = Unicode.Scalar(first)
    let others =
      switch letter {
      case "a", "e", "i", "o", "u": "aeiou"
      case "c": "cskq"
      case "d": "dt"
      case "f", "v": "fvp"
      case "g": "gkj"
      case "j": "jg"
      case "k": "kcqg"
      case "n": "ngkmp"
      case "p": "pscf"
      case "q": "qkc"
      case "r": "rw"
      case "s": "sczptx"
      case "t": "tdp"
      case "x", "z": "xzsc"
      default: String(Character(letter))
      }
    return Array(others.utf8)
  }

  private enum Sound: UInt64 {
    case vowel = 1
    case b, f, h, j, k, l, m, n, p, r, s, t, w, x, y
    case th
  }

  /// A consonant, or the vowel at the beginning, and the vowels behind it.
  private struct Heard {
    let sound: Sound
    let isVoiced: Bool
    /// One bit for each letter.
    var vowels: UInt32 = 0
    /// Whether there is nothing but an `e`, at the end.
    var isSilentE = false

    func hasVowels(like other: Heard, isBeforeR: Bool) -> Bool {
      if vowels & other.vowels != 0 { return true }
      if isBeforeR, vowels != 0, other.vowels != 0 { return true }
      return (vowels == 0 || isSilentE) && (other.vowels == 0 || other.isSilentE)
    }
  }

  /// Reads a word from beginning to end.
  private struct Reader {
    private let word: [UInt8]
    private let isForeign: Bool
    private var index = 0
    private var sounds: UInt64 = 0
    private var last: Sound?
    /// The number of vowels; adjacent ones count as one.
    private var vowels = 0
    private var isBehindVowel = false

    var key: PhoneticKey {
      let isSilentE = vowels > 1 && word.last == 0x65
      return PhoneticKey(sounds: sounds, vowels: (isSilentE ? vowels - 1 : vowels)...vowels)
    }

    /// What was read, if it is to be noted.
    private(set) var heard: [Heard] = []
    private let notes: Bool

    init(_ word: [UInt8], isForeign: Bool, notes: Bool = false) {
      self.word = word
      self.isForeign = isForeign
      self.notes = notes
      skipSilentBeginning()
      while index < word.count {
        readLetter()
        index += 1
      }
      guard notes, vowels > 1, word.last == 0x65, heard.last?.vowels == Self.bit(0x65) else {
        return
      }
      heard[heard.count - 1].isSilentE = true
    }

    private func letter(_ offset: Int) -> Unicode.Scalar? {
      let place = index + offset
      return word.indices.contains(place) ? Unicode.Scalar(word[place]) : nil
    }

    private func isVowel(_ offset: Int) -> Bool {
      switch letter(offset) {
      case "a", "e", "i", "o", "u", "y": true
      default: false
      }
    }

    private func isSoft(_ offset: Int) -> Bool {
      switch letter(offset) {
      case "e", "i", "y": true
      default: false
      }
    }

    private mutating func add(_ sound: Sound) {
      guard sound != last else { return }
      sounds = (sounds << 5 | sound.rawValue) & (1 << 60 - 1)
      if notes, index < word.count {
        let isVoiced = sound != .j && "dgv".utf8.contains(word[index])
        heard.append(Heard(sound: sound, isVoiced: isVoiced))
      }
      last = sound
      isBehindVowel = false
    }

    private static func bit(_ letter: UInt8) -> UInt32 { 1 << UInt32(letter & 31) }

    private mutating func addVowel() {
      if !isBehindVowel { vowels += 1 }
      if notes, index < word.count, !heard.isEmpty {
        let letter = word[index]
        let isDoubleO = letter == 0x6F && index > 0 && word[index - 1] == 0x6F
        // `y` and a soft `ll` sound as `i`, and `oo` as `u`.
        let sound: UInt8 = letter == 0x79 || letter == 0x6C ? 0x69 : isDoubleO ? 0x75 : letter
        heard[heard.count - 1].vowels |= Self.bit(sound)
      }
      isBehindVowel = true
      last = nil
    }

    private mutating func skipSilentBeginning() {
      switch (letter(0), letter(1)) {
      case ("g", "n"), ("k", "n"), ("m", "n"), ("p", "n"), ("p", "s"), ("p", "t"), ("t", "s"),
        ("w", "r"), ("c", "z"):
        index = 1
      default: break
      }
    }

    private mutating func readLetter() {
      let isFirst = index == 0
      guard let here = letter(0) else { return }
      switch here {
      case "a", "e", "i", "o", "u":
        if isFirst { add(.vowel) }
        addVowel()
      case "y": if isFirst && isVowel(1) { add(.y) } else { addVowel() }
      case "b": if letter(-1) != "m" || isVowel(1) { add(.b) }
      case "c": readC()
      case "d":
        if letter(1) == "g" && isSoft(2) {
          add(.j)
          index += 1
        } else {
          add(.t)
        }
      case "f", "v": add(.f)
      case "g": readG(isFirst)
      case "h": if isFirst && isVowel(1) { add(.h) }
      case "j": add(.j)
      case "k": add(.k)
      case "l":
        if isForeign, letter(1) == "l" {
          addVowel()
          index += 1
        } else {
          add(.l)
        }
      case "m": add(.m)
      case "n": add(.n)
      case "p":
        if letter(1) == "h" || letter(1) == "f" {
          add(.f)
          index += 1
        } else {
          add(.p)
        }
      case "q":
        add(.k)
        if letter(1) == "u" {
          add(.w)
          index += 1
        }
      case "r": add(.r)
      case "s": readS()
      case "t": readT()
      case "w": if isVowel(1) || letter(1) == "h" { add(.w) }
      case "x":
        if !isFirst { add(.k) }
        add(.s)
      case "z": add(.s)
      default: break
      }
    }

    private mutating func readC() {
      if word[index...].elementsEqual("cester".utf8) {
        // English towns: `Leicester` is pronounced `lester`.
        add(.s)
        index += 2
      } else if letter(1) == "h" {
        add(isForeign ? .k : .x)
        index += 1
      } else if isSoft(1) {
        add(.s)
      } else {
        add(.k)
      }
    }

    private mutating func readG(_ isFirst: Bool) {
      if isForeign, letter(1) == "n" {
        // Only the `n` is heard.
      } else if letter(1) == "h" {
        if isFirst { add(.k) }
        index += 1
      } else if isSoft(1) {
        add(.j)
      } else if letter(1) != "n" || index + 2 < word.count {
        add(.k)
      }
    }

    private mutating func readS() {
      if letter(1) == "c", letter(2) == "h" {
        add(isForeign ? .s : .x)
        if isForeign { add(.k) }
        index += 2
      } else if letter(1) == "h" {
        add(.x)
        index += 1
      } else {
        add(.s)
      }
    }

    private mutating func readT() {
      if letter(1) == "h" {
        add(.th)
        index += 1
      } else if letter(1) == "i", letter(2) == "o" || letter(2) == "a" {
        add(.x)
        index += 1
      } else if letter(1) != "c" || letter(2) != "h" {
        add(.t)
      }
    }
  }
}
