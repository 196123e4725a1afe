import Testing

@testable import Favourites

/// What tells which word another was meant for.
@Suite struct GuessingWordsTests {
  private func areAlike(_ first: String, _ second: String) -> Bool {
    let keys = PhoneticKey.keys(of: Array(first.utf8))
    return PhoneticKey.keys(of: Array(second.utf8)).contains { keys.contains(where: $0.isLike) }
  }

  @Test(arguments: [
    ("fotograf", "photograph"), ("nife", "knife"), ("numonia", "pneumonia"),
    ("sikology", "psychology"), ("rithm", "rhythm"), ("hite", "height"), ("kwiz", "quiz"),
    ("arkeology", "archaeology"), ("skedule", "schedule"), ("burocracy", "bureaucracy"),
    ("zilofone", "xylophone"), ("nashional", "national"), ("lazanya", "lasagne"),
    ("tortiya", "tortilla"), ("shadenfroide", "schadenfreude"), ("lesster", "leicester"),
    ("rong", "wrong"), ("thru", "through"), ("jografy", "geography"),
    ("vaksination", "vaccination"),
  ])
  func `words that sound alike have a key in common`(typed: String, meant: String) {
    #expect(areAlike(typed, meant))
    #expect(PhoneticKey.areLike(Array(typed.utf8), Array(meant.utf8)))
  }

  @Test(arguments: [
    ("kesha", "cache"), ("moussaka", "miyazaki"), ("lasagne", "luciano"), ("banana", "benigni"),
    ("monkey", "mancha"), ("munich", "mancha"), ("voiture", "fyodor"), ("kettle", "godel"),
    ("scooter", "skytree"), ("moscow", "music"), ("seville", "scifi"), ("kyoto", "gate"),
    ("vienna", "fellini"), ("kedi", "code"), ("fahrrad", "freude"), ("kitten", "catan"),
    ("leaf", "life"), ("pizza", "peace"), ("cherry", "care"), ("xyzzy", "sosse"),
    ("parrot", "perdu"), ("seperate", "spirited"), ("fuschia", "physik"),
  ])
  func `words with the same consonants and other vowels are not alike`(
    typed: String, other: String
  ) {
    #expect(!PhoneticKey.areLike(Array(typed.utf8), Array(other.utf8)))
  }

  @Test(arguments: [
    ("photo", "pilot"), ("knife", "life"), ("cat", "dog"), ("chair", "share it"), ("ab", "ab"),
    ("größe", "groesse"), ("solaris", "solar"), ("thin", "tin"), ("solaris", "salrois"),
    ("karamazov", "krmzov"),
  ])
  func `others have none`(first: String, second: String) { #expect(!areAlike(first, second)) }

  @Test(
    arguments: [
      ("nife", "knife"), ("fone", "phone"), ("rime", "rhyme"), ("rithm", "rhythm"),
      ("sikology", "psikology"), ("kwiet", "quiet"), ("jem", nil), ("straße", nil),
    ] as [(String, String?)])
  func `what a word may be written as besides`(typed: String, wanted: String?) {
    let others = SoundSpelling.others(of: typed)
    #expect(wanted.map(others.contains) ?? others.isEmpty)
    #expect(!others.contains(typed))
    #expect(others.count < 200)
  }

  @Test(arguments: [
    // Swapped rather than left out, a key beside it rather than one far away, doubled rather than
    // new.
    ("cheif", "chief", "chef"), ("orchod", "orchid", "orchmd"), ("sollaris", "solaris", "sollarin"),
    ("solsris", "solaris", "solmris"), ("преступдение", "преступление", "преступжшние"),
    ("nane", "name", "cane"), ("pan", "pen", "ptn"),
  ])
  func `the likelier mistake costs less`(typed: String, likely: String, other: String) {
    #expect(
      Misspelling.cost(of: likely, typedAs: typed) < Misspelling.cost(of: other, typedAs: typed))
    #expect(Misspelling.cost(of: typed, typedAs: typed) == 0)
  }

  @Test func `keys are neighbours in their row and in the next`() {
    #expect(Misspelling.areNeighbours("a", "s"))
    #expect(Misspelling.areNeighbours("r", "f"))
    #expect(Misspelling.areNeighbours("л", "д"))
    #expect(!Misspelling.areNeighbours("q", "p"))
    #expect(!Misspelling.areNeighbours("q", "z"))
    #expect(!Misspelling.areNeighbours("a", "ф"))
    #expect(!Misspelling.areNeighbours("a", "1"))
  }
}
