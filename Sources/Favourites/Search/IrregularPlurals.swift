/// English nouns whose plural is not made by an ending of its own: `child` and `children`, `wolf` and `wolves`.
enum IrregularPlurals {
  /// The singulars or plurals of a word in small letters a to z; none for a regular one.
  static func others(of word: String) -> [String] {
    var others = forms[word] ?? []
    for (one, many) in endings {
      if let stem = word.withoutEnding(one) { others.append(stem + many) }
      if let stem = word.withoutEnding(many) { others.append(stem + one) }
    }
    return others
  }

  /// Words that others end with: `bookshelf`, `firewoman`, `grandchild`, `housewife`, `werewolf`.
  private static let endings: [(one: String, many: String)] = [
    ("calf", "calves"), ("child", "children"), ("foot", "feet"), ("half", "halves"),
    ("knife", "knives"), ("leaf", "leaves"), ("life", "lives"), ("loaf", "loaves"),
    ("man", "men"), ("mouse", "mice"), ("person", "people"), ("self", "selves"),
    ("shelf", "shelves"), ("thief", "thieves"), ("tooth", "teeth"), ("wife", "wives"),
    ("wolf", "wolves"),
  ]

  /// A singular and its plural, in turn.
  private static let pairs = """
    alumna alumnae alumnus alumni analysis analyses antenna antennae appendix appendices axis axes
    bacillus bacilli bacterium bacteria basis bases cactus cacti catharsis catharses
    cherub cherubim codex codices corpus corpora crisis crises criterion criteria
    curriculum curricula datum data diagnosis diagnoses die dice dwarf dwarves elf elves
    ellipsis ellipses emphasis emphases focus foci formula formulae fungus fungi genus genera
    goose geese graffito graffiti helix helices hoof hooves hypothesis hypotheses index indices
    larva larvae louse lice matrix matrices medium media memorandum memoranda metamorphosis
    metamorphoses millennium millennia minimum minima maximum maxima nebula nebulae nemesis nemeses
    nucleus nuclei oasis oases opus opera ovum ova ox oxen parenthesis parentheses penny pence
    phenomenon phenomena prosthesis prostheses radius radii referendum referenda scarf scarves
    schema schemata sheaf sheaves spectrum spectra stadium stadia stigma stigmata stimulus stimuli
    stratum strata supernova supernovae syllabus syllabi symposium symposia synopsis synopses
    synthesis syntheses terminus termini thesis theses vertebra vertebrae vertex vertices
    vortex vortices wharf wharves
    """

  private static let forms: [String: [String]] = {
    let words = pairs.split { $0 == " " || $0 == "\n" }.map(String.init)
    var forms: [String: [String]] = [:]
    for index in stride(from: 0, to: words.count - 1, by: 2) {
      forms[words[index], default: []].append(words[index + 1])
      forms[words[index + 1], default: []].append(words[index])
    }
    return forms
  }()
}

extension String {
  /// What stands before an ending; nil without it.
  fileprivate func withoutEnding(_ ending: String) -> String? {
    guard utf8.count >= ending.utf8.count, utf8.suffix(ending.utf8.count).elementsEqual(ending.utf8)
    else { return nil }
    return String(decoding: utf8.dropLast(ending.utf8.count), as: UTF8.self)
  }
}
