/// Words that people write between others, and that are left out if nothing contains them together
/// with those: articles, and the most common prepositions and conjunctions, in English and some
/// related languages.
enum LittleWords {
  static let all = Set(
    """
    a an the of in on at by for from to with about and or
    der die das den dem ein eine im am von zu mit und für
    le la les un une du des de et au aux dans pour avec
    el los las del y con para por en
    il lo gli di da per e o um uma do da dos das
    """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
