/// Things without a link that share a title and a category, stored so that a duplicate is found
/// quickly.
///
/// Two are the same if all metadata that both have agrees, and the note of the new one if it has
/// one. There may be tens of thousands of them, such as songs called `Intro` or notes without a
/// title, so they are not searched one by one: those with the same metadata keys are found by a
/// hash of the values that have to agree.
struct Twins: Sendable {
  /// Up to so many shapes, all are compared; beyond that, only things with exactly the same keys.
  private static let mostShapes = 256

  /// The things that have the same metadata keys.
  private struct Shape: Sendable {
    /// Their folded names, sorted.
    let keys: [String]
    var members: [Member] = []
    /// The first member, by a hash of its values for some keys, and of its note if that counts.
    var indexes: [Question: [Int: Int64]] = [:]
  }

  fileprivate struct Member: Sendable {
    let id: Int64
    let note: String?
    /// Hashes of its values, in the order of the shape's keys.
    let values: [Int]
  }

  /// What has to agree: the values at some places among the shape's keys, and the note.
  fileprivate struct Question: Hashable, Sendable {
    let keyIndexes: [Int]
    let withNote: Bool
  }

  private var shapes: [Shape] = []
  private var slots: [[String]: Int] = [:]
  /// The number of things.
  private(set) var count = 0

  /// Adds a thing.
  mutating func insert(_ id: Int64, note: String?, _ metadata: Metadata) {
    let facts = Self.facts(metadata)
    let keys = facts.map(\.key)
    let slot: Int
    if let known = slots[keys] {
      slot = known
    } else {
      slot = shapes.count
      slots[keys] = slot
      shapes.append(Shape(keys: keys))
    }
    let member = Member(id: id, note: note, values: facts.map(\.hash))
    shapes[slot].members.append(member)
    // A copy of the keys: iterating over the indexes themselves would copy each of them with every
    // row.
    for question in Array(shapes[slot].indexes.keys) {
      shapes[slot].indexes[question]?.take(member, question)
    }
    count += 1
  }

  /// The first thing that an item duplicates; nil if there is none.
  mutating func find(note: String?, _ metadata: Metadata) -> Int64? {
    var values: [String: Int] = [:]
    let facts = Self.facts(metadata)
    for fact in facts { values[fact.key] = fact.hash }
    var found: Int64?
    for slot in shapes.indices.prefix(Self.mostShapes) {
      if let id = find(note, values, in: slot) { found = min(found ?? id, id) }
    }
    if let own = slots[facts.map(\.key)], own >= Self.mostShapes,
      let id = find(note, values, in: own)
    {
      found = min(found ?? id, id)
    }
    return found
  }

  private mutating func find(_ note: String?, _ values: [String: Int], in slot: Int) -> Int64? {
    let keys = shapes[slot].keys
    let question = Question(
      keyIndexes: keys.indices.filter { values[keys[$0]] != nil }, withNote: note != nil)
    if shapes[slot].indexes[question] == nil {
      var index: [Int: Int64] = [:]
      for member in shapes[slot].members { index.take(member, question) }
      shapes[slot].indexes[question] = index
    }
    let sought = Member(id: 0, note: note, values: keys.map { values[$0] ?? 0 })
    return shapes[slot].indexes[question]?[Self.hash(sought, question)]
  }

  /// A hash of what has to agree. Two that differ collide once in 2⁶⁴ times.
  fileprivate static func hash(_ member: Member, _ question: Question) -> Int {
    var hasher = Hasher()
    for index in question.keyIndexes { hasher.combine(member.values[index]) }
    if question.withNote { hasher.combine(member.note) }
    return hasher.finalize()
  }

  /// The folded names of metadata, sorted, each with a hash of its value.
  private static func facts(_ metadata: Metadata) -> [(key: String, hash: Int)] {
    metadata.entries.map { (key: $0.key.foldedName, hash: hash($0.value)) }
      .sorted { $0.key < $1.key }
  }

  /// A hash of a value: the same for a number and its text, since a category's fields may convert
  /// one to the other.
  private static func hash(_ value: MetadataValue) -> Int {
    var hasher = Hasher()
    if case .number(let number)? = try? MetadataValue(inferring: value.text, key: "") {
      hasher.combine(number)
    } else {
      hasher.combine(value.text)
    }
    return hasher.finalize()
  }
}

extension [Int: Int64] {
  fileprivate mutating func take(_ member: Twins.Member, _ question: Twins.Question) {
    let hash = Twins.hash(member, question)
    if self[hash] == nil { self[hash] = member.id }
  }
}
