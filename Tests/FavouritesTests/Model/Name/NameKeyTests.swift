import Foundation
import TestSupport
import Testing

@testable import Favourites

struct NameKeyTests {
  @Test(arguments: [
    ("\u{FC}ber", "\u{DC}BER"), ("caf\u{E9}", "cafe\u{301}"), ("CAFE\u{301}", "caf\u{E9}"),
    ("stra\u{DF}e", "STRASSE"), ("STRA\u{1E9E}E", "stra\u{DF}e"),
    (
      "\u{3A3}\u{3AF}\u{3C3}\u{3C5}\u{3C6}\u{3BF}\u{3C2}",
      "\u{3A3}\u{38A}\u{3A3}\u{3A5}\u{3A6}\u{39F}\u{3A3}"
    ),
    ("\u{41C}\u{418}\u{420}", "\u{43C}\u{438}\u{440}"), ("\u{13A0}\u{13A1}", "\u{AB70}\u{AB71}"),
    ("\u{17F}und", "SUND"), ("\u{212B}", "\u{E5}"), ("\u{1C4}", "\u{1C6}"),
    ("\u{130}x", "I\u{307}X"),
    ("\u{10400}", "\u{10428}"), ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"), ("\u{FB01}n", "FIN"),
  ])
  func `two spellings are one name`(first: String, second: String) {
    #expect(first.isSameName(as: second))
    #expect(Array(first.foldedName.utf8) == Array(second.foldedName.utf8))
    #expect(Array(first.nameKey.utf8) == Array(second.nameKey.utf8))
  }

  @Test(arguments: [
    ("apfel", "\u{E4}pfel"), ("7", "07"), ("ae", "\u{E6}"), ("\u{131}", "i"), ("a b", "a\u{A0}b"),
    ("a", "\u{FF41}"), ("x", "x\u{302}"), ("1", "\u{661}"), ("a\u{1}", "a "),
    ("a\u{1}", "a\u{2401}"),
    ("o\u{302}x", "ox\u{302}"), ("12", "1 2"), ("\u{E9}e", "e\u{E9}"), ("0", "00"),
  ])
  func `two names are two`(first: String, second: String) {
    #expect(!first.isSameName(as: second))
    #expect(Array(first.nameKey.utf8) != Array(second.nameKey.utf8))
  }

  @Test func `names are sorted as people sort`() {
    let sorted = [
      "", "!", "0", "00", "1", "01", "2", "10", "18446744073709551616", "a1", "a1b", "a2", "a10",
      "Apfel", "\u{C4}pfel", "Apfel 2", "\u{C4}pfel 3", "Birne", "caf\u{E9}", "cafes",
      "\u{E6}on".uppercased(),
      "Item", "Item 2", "Item 02", "Item 9", "Item 10", "Item 11", "Items", "\u{142}ata", "lz",
      "\u{D8}rsted", "Ostern", "stra\u{DF}e", "Strat", "Zebra", "\u{3B1}", "\u{3AC}\u{3B1}",
      "\u{3C9}", "\u{430}",
      "\u{451}\u{436}", "\u{44F}", "\u{5D0}", "\u{3042}", "\u{4E00}", "\u{AC00}", "\u{1F600}",
    ]
    let expected = sorted.filter { !["\u{C6}ON", "\u{D8}rsted"].contains($0) }
    let found = expected.shuffled().sorted {
      $0.nameKey.utf8.lexicographicallyPrecedes($1.nameKey.utf8)
    }
    #expect(found == expected)
    #expect("\u{C6}on".nameKey.hasPrefix("aeon\u{2}"))
    #expect("\u{D8}rsted".nameKey.hasPrefix("orsted\u{2}"))
  }

  /// Letters that fall together in one way or another, so that keys that should differ would be
  /// found to be equal.
  @Test func `a key is that of one name only`() {
    let letters = [
      "a", "A", "\u{E4}", "e", "\u{E6}", "\u{301}", "\u{308}", "0", "1", "2", "\u{660}", "\u{661}",
      " ", "\u{A0}",
      "\u{1}", "\u{2}", "\u{2401}", "\u{DF}", "s", "/", "\u{FF11}", "\u{3C2}",
    ]
    var random = SplitMix(seed: 11)
    var names: [[UInt8]: String] = [:]
    for _ in 0..<60_000 {
      let name = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? ""
      }
      .joined().foldedName
      let key = Array(name.nameKey.utf8)
      let there = names.updateValue(name, forKey: key)
      if let there { #expect(Array(there.utf8) == Array(name.utf8), "\(key)") }
      #expect(String(validating: key, as: UTF8.self) != nil)
    }
  }

  @Test func `text is composed as Unicode has it, and only where it has to be`() {
    for value in UInt32(0)...0x2FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      for text in [String(scalar), "a" + String(scalar)] {
        let wanted = text.precomposedStringWithCanonicalMapping
        if !text.composed.utf8.elementsEqual(wanted.utf8) { Issue.record("\(value)") }
      }
    }
  }

  @Test func `folding a name twice changes nothing`() {
    for value in UInt32(0)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let folded = String(scalar).foldedName
      let again = folded.foldedName
      let capital = String(scalar).uppercased().foldedName
      if !folded.utf8.elementsEqual(again.utf8) { Issue.record("\(value)") }
      if value != 0x131, !folded.utf8.elementsEqual(capital.utf8) {
        Issue.record("capital \(value)")
      }
    }
  }
}
