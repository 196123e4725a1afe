internal import Favourites
internal import Sync

extension SyncWork {
  /// Whom a database that starts to sync encrypts for.
  enum Encryption: Equatable {
    /// For the key of this user, which is generated if it does not exist.
    case own
    /// For the public keys in a file.
    case file(String)

    init(_ word: String) { self = word == "own" ? .own : .file(word) }
  }

  /// The seal for the files of a remote; nil if they are not encrypted. Checks that the key fits
  /// before anything is read.
  ///
  /// - Parameter marker: the remote's marker; nil if there is none yet.
  func seal(
    _ marker: Marker?, _ state: SyncState?, _ context: Context
  ) throws(Failure) -> (age: AgeSeal, recipients: [String])? {
    guard let recipients = try recipients(marker, state, context) else { return nil }
    let identity = try AgeSeal.identity()
    let age = AgeSeal(for: recipients, identity: identity, in: Self.folder(context))
    // An empty remote will get this marker.
    let opened = marker ?? Marker(.none, key: age.mark(.none))
    guard !age.opens(opened) else { return (age, recipients) }
    if let failure = age.failure { throw failure }
    let reason =
      try AgeSeal.isThere(identity)
      ? "the key in '\(identity)' does not fit" : "there is no key in '\(identity)'"
    throw Failure(
      .conflict, "\(reason); nothing was read or sent",
      hint: "copy the file from a device that syncs with this remote")
  }

  private func recipients(
    _ marker: Marker?, _ state: SyncState?, _ context: Context
  ) throws(Failure) -> [String]? {
    let isEncrypted = marker.map { $0.key != nil }
    if let state {
      guard isEncrypted ?? !state.recipients.isEmpty == !state.recipients.isEmpty else {
        throw Failure(
          .conflict,
          state.recipients.isEmpty
            ? "the remote is encrypted now" : "the remote is not encrypted any more",
          hint: "favs sync leave, then favs sync init REMOTE, joins it as it is")
      }
      return state.recipients.isEmpty ? nil : state.recipients
    }
    guard isEncrypted ?? (encryption != nil) else {
      guard encryption == nil else {
        throw Failure(
          .conflict, "the remote is not encrypted",
          hint: "join it without --encrypt, or use another")
      }
      return nil
    }
    return try newRecipients(isEmpty: marker == nil, context)
  }

  /// The recipients for a database that starts to sync; nil in a dry run, which generates no key.
  private func newRecipients(isEmpty: Bool, _ context: Context) throws(Failure) -> [String]? {
    let identity = try AgeSeal.identity()
    let named: [String]? =
      if case .file(let path)? = encryption { try AgeSeal.recipients(in: path) } else { nil }
    if try !AgeSeal.isThere(identity) {
      guard isEmpty else {
        throw Failure(
          .conflict, "the remote is encrypted, and there is no key in '\(identity)'",
          hint: "copy the file from a device that syncs with this remote, or put a key of age there"
        )
      }
      guard named == nil else {
        throw Failure(
          .conflict, "there is no key in '\(identity)'",
          hint: "put a key of age there, to read what is encrypted for it")
      }
      if write.isRehearsal { return nil }
      try AgeSeal.makeIdentity(identity, in: Self.folder(context))
    }
    if let named { return named }
    return try AgeSeal.recipients(of: identity, in: Self.folder(context))
  }

  /// The folder for a sync's own files, beside the database.
  static func folder(_ context: Context) -> String { context.file.path + ".sync" }
}
