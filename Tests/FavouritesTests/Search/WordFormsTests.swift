import Testing

@testable import Favourites

@Suite struct WordFormsTests {
  @Test(arguments: [
    ("film", "films"), ("city", "cities"), ("box", "boxes"), ("church", "churches"),
    ("wish", "wishes"), ("class", "classes"), ("movie", "movies"), ("house", "houses"),
    ("key", "keys"), ("bonus", "bonuses"), ("quiz", "quizes"),
  ])
  func `singular and plural lead to each other`(one: String, many: String) {
    #expect(WordForms.others(of: one).contains(many))
    #expect(WordForms.others(of: many).contains(one))
  }

  @Test(arguments: ["", "a", "is", "gas", "café", "c++", "r2d2", "Films", "東京"])
  func `short words and those of other letters have none, or not themselves`(word: String) {
    let forms = WordForms.others(of: word)
    #expect(!forms.contains(word))
    #expect(word.count > 2 && word.utf8.allSatisfy { (0x61...0x7A).contains($0) } || forms.isEmpty)
  }
}
