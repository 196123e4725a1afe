internal import Favourites
internal import Host

// Handling of a missing database.

extension FavouritesFile {
  /// Throws if a database that was named is missing, unless the command creates it: it may be on a
  /// disk that is not mounted, so it must not be taken for an empty one. At the default place, it
  /// is normal for the database to be missing before the first favourite; but root must not create
  /// one in the folder of another user, who could not use it.
  func refuseAbsence() throws(Failure) {
    let folder = Directory.above(path)
    guard isNamed else {
      guard FileStatus.currentUser == 0, let owner = try nearestOwner(folder), owner.user != 0
      else {
        return
      }
      throw Failure(.unusable(path: owner.folder, .notOurs), path: owner.folder)
    }
    let isFolderThere = try status(folder)?.kind == .directory
    let making = CommandWords.quoted(["favs", "--db", path, "add", "TITLE"])
    guard makesFile else {
      throw Failure(
        .notFound, "'\(path)' does not exist",
        hint: isFolderThere
          ? "\(making) creates it"
          : "its folder does not exist either; once it does, \(making) creates the file")
    }
    guard !isFolderThere else { return }
    throw Failure(
      .inputOutput, "cannot create '\(path)': its folder does not exist",
      hint:
        "\(CommandWords.quoted(["mkdir", "-p", folder])) creates it, unless it is on a disk "
        + "that is not mounted"
    )
  }

  /// Throws if the file is missing, for a command that would replace another file with its
  /// contents.
  ///
  /// - Parameter purpose: as in `there is nothing to export`.
  func requireFile(for purpose: String) throws(Failure) {
    guard try status(path) == nil else { return }
    throw Failure(
      .notFound, "there is nothing to \(purpose): '\(path)' does not exist",
      hint: isNamed
        ? CommandWords.quoted(["favs", "--db", path, "add", "TITLE"]) + " creates it"
        : "favs add adds the first favourite")
  }

  private func status(_ path: String) throws(Failure) -> FileStatus? {
    try Failure.of(FileStatus.of(path, followingLinks: path != self.path))
  }

  /// The nearest existing folder above a path, and its owner.
  private func nearestOwner(
    _ path: String
  ) throws(Failure) -> (folder: String, user: UInt32)? {
    var folder = path
    while true {
      if let status = try status(folder) { return (folder, status.owner) }
      let above = Directory.above(folder)
      guard above != folder else { return nil }
      folder = above
    }
  }
}
