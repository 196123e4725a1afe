internal import Favourites
internal import Host

/// Finds completions in the command table and in the database.
struct Completer {
  private let question: CompletionQuestion
  private var answer = CompletionAnswer()

  /// The completions of a word.
  /// - Parameter meter: counts the work on the database.
  static func answer(
    _ question: CompletionQuestion, now: Timestamp, meter: StoreMeter
  ) -> CompletionAnswer {
    var completer = Completer(question: question)
    completer.answer.kept = question.kept
    completer.askTable()
    // If the database cannot be read now, nothing stored in it is offered.
    if completer.needsStore, let store = completer.store(meter) {
      try? completer.ask(store)
    }
    if question.sources.contains(.value(.backup)) { completer.askBackups(now) }
    return completer.answer
  }

  private init(question: CompletionQuestion) { self.question = question }

  // MARK: The command table

  private mutating func askTable() {
    for source in question.sources {
      switch source {
      case .commands(let path): offerCommands(in: path)
      case .options(let options): for option in options { offer(option) }
      case .value(.choices(let names)), .value(.list(let names)), .value(.order(let names)),
        .value(.ordering(let names)), .value(.trait(let names)):
        for name in names { offerWhereItFits(name) }
      case .value(.field):
        for field in FavouriteField.allCases { offerWhereItFits(field.rawValue) }
      case .value(.file), .value(.backup): answer.wantsFiles = true
      case .value(.setting):
        for setting in Setting.all { offerWhereItFits(setting.name, setting.summary) }
      case .topics:
        for topic in HelpTopic.allCases { offerWhereItFits(topic.rawValue, topic.summary) }
      case .value: break
      }
    }
  }

  private mutating func offer(_ option: OptionPage) {
    let short = option.short.map { "-\($0)" }
    if let short, short == question.beginning {
      offerWhereItFits(short, option.summary)
    } else {
      offerWhereItFits("--\(option.long)", option.summary)
    }
  }

  private mutating func offerCommands(in path: [String]) {
    var table = Commands.all
    for name in path {
      guard let entry = Entry.named(name, in: table, abbreviated: false),
        case .group(_, _, let entries) = entry.body
      else { return }
      table = entries
    }
    for entry in table {
      let summary = entry.page().summary
      for name in [entry.name] + entry.aliases { offerWhereItFits(name, summary) }
    }
  }

  // MARK: What is stored

  private var needsStore: Bool {
    question.sources.contains { source in
      guard case .value(let completion) = source else { return false }
      return switch completion {
      case .category, .trashedCategory, .tag, .tags, .reference, .trashed,
        .metadata, .assignment, .trait, .ordering, .change, .subject, .point:
        true
      case .none, .file, .backup, .field, .command, .setting, .choices, .list, .order: false
      }
    }
  }

  /// The path of the database, with a tilde that the shell has not expanded yet.
  private var path: String? {
    guard let named = question.database else { return try? StandardPaths.database(nil) }
    guard named.utf8.starts(with: "~/".utf8), let home = try? StandardPaths.folder(named: "HOME")
    else {
      return named.isEmpty ? nil : named
    }
    return home + String(named.unicodeScalars.dropFirst())
  }

  private func store(_ meter: StoreMeter) -> Store? {
    guard let path else { return nil }
    let isNamed = FavouritesFile.isNamed(question.database)
    return try? Store.glancing(path, mustBeOurs: !isNamed, meter: meter)
  }

  private mutating func ask(_ store: borrowing Store) throws(StoreError) {
    let beginning = question.beginning
    let isMarked = beginning.utf8.first == UInt8(ascii: "@")
    for case .value(let completion) in question.sources {
      switch completion {
      case .category: offer(try store.offeredCategories(beginning))
      case .trashedCategory: offer(try store.offeredTrashedCategories(beginning))
      case .tag, .tags(signs: ""): offer(try store.offeredTags(beginning))
      case .tags: offerSigned(try store.offeredTags(beginning))
      case .metadata, .trait, .ordering: offer(try store.offeredKeys(beginning))
      case .assignment: try offerAssignments(store)
      case .reference: try offerFavourites(store)
      case .trashed:
        let byID = try store.offeredTrash(idBeginning: beginning)
        offer(byID, try byID.isEmpty ? store.offeredTrash(titleBeginning: beginning) : [])
      case .change: try offerChanges(store, marked: isMarked)
      case .point:
        if isMarked || beginning.isEmpty { try offerChanges(store, marked: true) }
      case .subject:
        try offerFavourites(store)
        if isMarked { try offerChanges(store, marked: true) }
      case .none, .file, .backup, .field, .command, .setting, .choices, .list, .order: break
      }
    }
  }

  /// Offers changes: by their numbers or, marked, as `@N`.
  private mutating func offerChanges(
    _ store: borrowing Store, marked isMarked: Bool
  ) throws(StoreError) {
    let mark = isMarked ? "@" : ""
    let digits = String(question.beginning.unicodeScalars.dropFirst(isMarked ? 1 : 0))
    for change in try store.offeredChanges(digits) {
      offer(Candidate(value: "\(mark)\(change.id)", detail: change.name, isNumber: true))
    }
  }

  private mutating func offerAssignments(_ store: borrowing Store) throws(StoreError) {
    let scalars = question.beginning.unicodeScalars
    guard let sign = scalars.firstIndex(of: "=") else {
      answer.isOpen = true
      for key in try store.offeredKeys(question.beginning) {
        offer(Candidate(value: key.name + "="))
      }
      return
    }
    let name = String(scalars[..<sign])
    for choice in try store.offeredChoices(of: name) { offerWhereItFits("\(name)=\(choice.name)") }
  }

  private mutating func offerFavourites(_ store: borrowing Store) throws(StoreError) {
    let beginning = question.beginning
    if let sign = beginning.unicodeScalars.lastIndex(of: "@"),
      let path = try? CategoryPath.parse(String(beginning.unicodeScalars[..<sign]))
    {
      for offer in try store.offeredRanks(in: path) {
        offerWhereItFits("\(path.text)@\(offer.id)", offer.name)
      }
    }
    if beginning.isEmpty { return offer(try store.offeredFavourites(), []) }
    let byID = try store.offeredFavourites(idBeginning: beginning)
    offer(byID, try byID.isEmpty ? store.offeredFavourites(titleBeginning: beginning) : [])
  }

  /// Offers favourites found by id, and others found by title.
  private mutating func offer(_ byID: [Offer], _ byTitle: [Offer]) {
    for offer in byID {
      let detail = offer.detail.isEmpty ? offer.name : "\(offer.name) (\(offer.detail))"
      self.offer(Candidate(value: "\(offer.id)", detail: detail, isNumber: true))
    }
    for offer in byTitle {
      self.offer(
        Candidate(value: "\(offer.id)", title: offer.name, detail: offer.detail, isNumber: true))
    }
  }

  private mutating func askBackups(_ now: Timestamp) {
    guard let path, let backups = try? Store.backups(of: path) else { return }
    for backup in backups {
      offerWhereItFits(backup.name, Age.text(from: backup.at, to: now))
    }
  }

  // MARK: Candidates

  private mutating func offer(_ offers: [Offer]) {
    for offer in offers { self.offer(Candidate(value: offer.name, detail: offer.detail)) }
  }

  /// Offers tags where a sign may stand in front of them: those that begin with one need another.
  private mutating func offerSigned(_ tags: [Offer]) {
    for tag in tags {
      let first = tag.name.utf8.first
      let isSigned = first == UInt8(ascii: "+") || first == UInt8(ascii: "-")
      offer(Candidate(value: (isSigned ? "+" : "") + tag.name, detail: tag.detail))
    }
  }

  /// Offers a name that begins with what was typed, ignoring case.
  private mutating func offerWhereItFits(_ name: String, _ detail: String = "") {
    guard name.lowercased().utf8.starts(with: question.beginning.lowercased().utf8) else { return }
    offer(Candidate(value: name, detail: detail))
  }

  /// Offers a candidate, unless it contains invisible characters.
  private mutating func offer(_ candidate: Candidate) {
    guard !Visibility.isAnyHidden(in: candidate.value) else { return }
    if question.avoidsDashes, candidate.value.utf8.first == UInt8(ascii: "-") { return }
    guard
      !answer.candidates.contains(where: { $0.value.utf8.elementsEqual(candidate.value.utf8) })
    else { return }
    answer.candidates.append(candidate)
  }
}
