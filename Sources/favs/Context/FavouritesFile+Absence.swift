internal import Favourites
internal import Host

// What becomes of a command whose file is not there.

extension FavouritesFile {
  /// Ends a command whose file was named and is not there, unless it makes it: what was named may be on a disk that is
  /// not mounted, and is no empty one. At the default place none is there before the first favourite; but root makes
  /// none in the folder of another user, who could do nothing with it.
  func refuseAbsence() throws(Failure) {
    let folder = Places.folder(of: path)
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
        "\(CommandWords.quoted(["mkdir", "-p", folder])) creates it, unless it is on a disk that is not mounted"
    )
  }

  /// Ends a command that would put what is in the file in the place of another, where there is no file.
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

  /// The nearest folder on the way to a path that is there, and its owner.
  private func nearestOwner(
    _ path: String
  ) throws(Failure) -> (folder: String, user: UInt32)? {
    var folder = path
    while true {
      if let status = try status(folder) { return (folder, status.owner) }
      let above = Places.folder(of: folder)
      guard above != folder else { return nil }
      folder = above
    }
  }
}
