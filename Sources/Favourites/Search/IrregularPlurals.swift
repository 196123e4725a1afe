/// English nouns with irregular plurals: `child` and `children`, `wolf` and `wolves`.
enum IrregularPlurals {
  /// The singulars or plurals of a word in lower-case letters a to z; none for a regular one.
  static func others(of word: String) -> [String] {
    var others: [String] = []
    for (one, many) in pairs {
      if word.utf8.count == one.utf8CodeUnitCount, word.hasEnding(one) {
        others.append(many.description)
      }
      if word.utf8.count == many.utf8CodeUnitCount, word.hasEnding(many) {
        others.append(one.description)
      }
    }
    for (one, many) in endings {
      if word.hasEnding(one) { others.append(word.without(one) + many.description) }
      if word.hasEnding(many) { others.append(word.without(many) + one.description) }
    }
    return others
  }

  /// Words that end other words: `bookshelf`, `firewoman`, `grandchild`, `housewife`, `werewolf`.
  private static let endings: [(one: StaticString, many: StaticString)] = [
    ("calf", "calves"), ("child", "children"), ("eau", "eaux"), ("foot", "feet"),
    ("half", "halves"),
    ("knife", "knives"), ("leaf", "leaves"), ("life", "lives"), ("loaf", "loaves"),
    ("man", "men"), ("mouse", "mice"), ("person", "people"), ("self", "selves"),
    ("shelf", "shelves"), ("thief", "thieves"), ("tooth", "teeth"), ("wife", "wives"),
    ("wolf", "wolves"),
  ]

  /// Searched linearly: a table that is laid out at compile time needs no initialisation.
  private static let pairs: [(one: StaticString, many: StaticString)] = [
    ("addendum", "addenda"), ("alga", "algae"), ("alumna", "alumnae"), ("alumnus", "alumni"),
    ("analysis", "analyses"), ("antenna", "antennae"), ("apex", "apices"),
    ("appendix", "appendices"), ("aquarium", "aquaria"), ("automaton", "automata"),
    ("axis", "axes"), ("bacillus", "bacilli"), ("bacterium", "bacteria"), ("basis", "bases"),
    ("cactus", "cacti"), ("catharsis", "catharses"), ("cherub", "cherubim"), ("codex", "codices"),
    ("corpus", "corpora"), ("crisis", "crises"), ("criterion", "criteria"),
    ("curriculum", "curricula"), ("datum", "data"), ("diagnosis", "diagnoses"), ("die", "dice"),
    ("dwarf", "dwarves"), ("elf", "elves"), ("ellipsis", "ellipses"), ("emphasis", "emphases"),
    ("erratum", "errata"), ("focus", "foci"), ("formula", "formulae"), ("fungus", "fungi"),
    ("genus", "genera"), ("goose", "geese"), ("graffito", "graffiti"), ("helix", "helices"),
    ("hoof", "hooves"), ("hypothesis", "hypotheses"), ("index", "indices"), ("larva", "larvae"),
    ("locus", "loci"), ("louse", "lice"), ("matrix", "matrices"), ("maximum", "maxima"),
    ("medium", "media"), ("memorandum", "memoranda"), ("metamorphosis", "metamorphoses"),
    ("millennium", "millennia"), ("minimum", "minima"), ("nebula", "nebulae"),
    ("nemesis", "nemeses"), ("nucleus", "nuclei"), ("oasis", "oases"), ("octopus", "octopi"),
    ("opus", "opera"), ("ovum", "ova"), ("ox", "oxen"), ("parenthesis", "parentheses"),
    ("penny", "pence"), ("phenomenon", "phenomena"), ("prosthesis", "prostheses"),
    ("radius", "radii"), ("referendum", "referenda"), ("scarf", "scarves"), ("schema", "schemata"),
    ("sheaf", "sheaves"), ("spectrum", "spectra"), ("stadium", "stadia"), ("stigma", "stigmata"),
    ("stimulus", "stimuli"), ("stratum", "strata"), ("supernova", "supernovae"),
    ("syllabus", "syllabi"), ("symposium", "symposia"), ("synopsis", "synopses"),
    ("synthesis", "syntheses"), ("terminus", "termini"), ("thesis", "theses"),
    ("vertebra", "vertebrae"), ("vertex", "vertices"), ("vortex", "vortices"), ("wharf", "wharves"),
  ]
}

extension String {
  fileprivate func hasEnding(_ ending: StaticString) -> Bool {
    let count = ending.utf8CodeUnitCount
    guard utf8.count >= count else { return false }
    return ending.withUTF8Buffer { unsafe utf8.suffix(count).elementsEqual($0) }
  }

  fileprivate func without(_ ending: StaticString) -> String {
    String(decoding: utf8.dropLast(ending.utf8CodeUnitCount), as: UTF8.self)
  }
}
