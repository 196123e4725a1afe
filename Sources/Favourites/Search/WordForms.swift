/// Other forms of an English word that mean the same thing in a search: its singular or its plural.
enum WordForms {
  /// The other forms of a word in lower case. Words with letters other than a to z have none.
  static func others(of word: String) -> [String] {
    let bytes = Array(word.utf8)
    guard bytes.count >= 2, bytes.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return [] }
    var forms = IrregularPlurals.others(of: word)
    for form in regular(word, bytes) where !forms.contains(form) { forms.append(form) }
    return forms
  }

  private static func regular(_ word: String, _ bytes: [UInt8]) -> [String] {
    // `tv`, `pc`, `cd`: words of two letters with a vowel have no plural.
    guard bytes.count > 2 || bytes.allSatisfy(\.isConsonant) else { return [] }
    func without(_ count: Int, _ ending: String = "") -> String {
      String(decoding: bytes.dropLast(count), as: UTF8.self) + ending
    }
    func ends(_ ending: String) -> Bool {
      bytes.suffix(ending.utf8.count).elementsEqual(ending.utf8)
    }
    if ends("ss") { return [word + "es"] }
    if ends("ies"), bytes.count > 4 { return [without(3, "y"), without(1)] }
    if ends("os"), bytes.count > 4 { return [without(1), without(1, "es"), word + "es"] }
    if ends("oes"), bytes.count > 4 { return [without(1), without(2), without(2, "s")] }
    if ends("zzes"), bytes.count > 5 { return [without(1), without(2), without(3)] }
    if ends("es"), bytes.count > 4 { return [without(1), without(2)] }
    if ends("s") {
      guard bytes.count > 2 else { return [] }
      let isPlural = bytes.count > 3 || bytes.dropLast().allSatisfy(\.isConsonant)
      return (isPlural ? [without(1)] : []) + [word + "es"]
    }
    if ends("y") { return [without(1, "ies"), word + "s"] }
    if ends("iz") { return [word + "es", word + "zes"] }
    if ends("x") || ends("z") || ends("ch") || ends("sh") { return [word + "es"] }
    if ends("o") { return [word + "s", word + "es"] }
    return [word + "s"]
  }
}

extension UInt8 {
  /// Whether a small letter is a consonant.
  fileprivate var isConsonant: Bool { !"aeiouy".utf8.contains(self) }
}
