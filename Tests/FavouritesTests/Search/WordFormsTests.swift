import TestSupport
import Testing

@testable import Favourites

@Suite struct WordFormsTests {
  @Test(arguments: [
    ("film", "films"), ("city", "cities"), ("box", "boxes"), ("church", "churches"),
    ("wish", "wishes"), ("class", "classes"), ("movie", "movies"), ("house", "houses"),
    ("key", "keys"), ("bonus", "bonuses"), ("quiz", "quizes"), ("quiz", "quizzes"),
    ("child", "children"), ("grandchild", "grandchildren"), ("woman", "women"), ("man", "men"),
    ("fireman", "firemen"), ("person", "people"), ("mouse", "mice"), ("goose", "geese"),
    ("tooth", "teeth"), ("foot", "feet"), ("ox", "oxen"), ("wolf", "wolves"), ("knife", "knives"),
    ("bookshelf", "bookshelves"), ("leaf", "leaves"), ("life", "lives"), ("hero", "heroes"),
    ("potato", "potatoes"), ("photo", "photos"), ("index", "indices"), ("analysis", "analyses"),
    ("tv", "tvs"), ("pc", "pcs"), ("plateau", "plateaux"), ("octopus", "octopi"),
    ("apex", "apices"),
    ("cactus", "cacti"), ("criterion", "criteria"), ("datum", "data"), ("city", "cities"),
  ])
  func `singular and plural lead to each other`(one: String, many: String) {
    #expect(WordForms.others(of: one).contains(many))
    #expect(WordForms.others(of: many).contains(one))
  }

  @Test(arguments: ["", "a", "is", "it", "café", "c++", "r2d2", "Films", "東京"])
  func `short words and those of other letters have none, or not themselves`(word: String) {
    let forms = WordForms.others(of: word)
    #expect(!forms.contains(word))
    #expect(word.count > 2 && word.utf8.allSatisfy { (0x61...0x7A).contains($0) } || forms.isEmpty)
  }

  @Test(arguments: [
    ("book", ["books"]), ("books", ["book", "bookses"]), ("glass", ["glasses"]),
    ("glasses", ["glasse", "glass"]), ("box", ["boxes"]), ("boxes", ["boxe", "box"]),
    ("quiz", ["quizes", "quizzes"]), ("church", ["churches"]), ("dish", ["dishes"]),
    ("dishes", ["dishe", "dish"]), ("berry", ["berries", "berrys"]),
    ("berries", ["berry", "berrie"]), ("movie", ["movies"]), ("movies", ["movy", "movie"]),
    ("day", ["daies", "days"]), ("days", ["day", "dayses"]), ("ties", ["tie", "tieses"]),
    ("dune", ["dunes"]), ("dunes", ["dune", "dun"]), ("cat", ["cats"]), ("bus", ["buses"]),
    ("his", ["hises"]),
    ("sea", ["seas"]),
  ])
  func `a word has its singular and its plural`(word: String, others: [String]) {
    #expect(WordForms.others(of: word) == others)
  }

  @Test func `no word is a form of itself, and none comes twice`() {
    var random = SplitMix(seed: 11)
    let endings = ["", "s", "es", "ies", "y", "x", "z", "ch", "sh", "ss", "sses", "xes", "ys"]
    for _ in 0..<2_000 {
      let count = Int.random(in: 0...6, using: &random)
      let stem = (0..<count).map { _ in
        String(Unicode.Scalar(UInt8.random(in: 0x61...0x7A, using: &random)))
      }.joined()
      let word = stem + (endings.randomElement(using: &random) ?? "")
      let others = WordForms.others(of: word)
      #expect(!others.contains(word))
      #expect(Set(others).count == others.count)
      #expect(others.allSatisfy { $0.utf8.count >= 2 }, "\(word): \(others)")
    }
  }
}
