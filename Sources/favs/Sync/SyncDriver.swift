internal import Favourites
internal import Host
internal import Sync

/// The way to a remote: how its files are read, and how some are put in the place of others.
protocol SyncDriver: RemoteFiles {
  /// The remote as it is, in few words: where they are the same as before, nothing has to be read.
  func listing() throws(Failure) -> String
  /// The remote as it was left by this run, in the words of `listing()`.
  var left: String { get }
  /// Makes the files of the remote, as `listing()` found it, ready to be read.
  func read() throws(Failure)
  /// Whether something stands there that is not of favs, and that publishing would take away.
  var isTaken: Bool { get }
  /// Puts files there and removes others; false where somebody else was faster, and nothing was done.
  func publish(_ outcome: SyncOutcome, from device: UID) throws(Failure) -> Bool
  /// Why something could not be read that is there; nil where all could.
  var failure: Failure? { get }
  /// Takes away what is left of older states of the remote on this machine.
  func forget() throws(Failure)
}

extension SyncDriver {
  var hasFailed: Bool { failure != nil }
}

/// What a person gives as the place of a remote.
enum SyncPlace: Equatable {
  /// A folder that something else carries between machines.
  case folder(String)
  /// What the program git takes for a repository.
  case git(String)

  /// Reads it; relative paths are made absolute, since a later sync may begin elsewhere.
  init(_ text: String) throws(Failure) {
    guard !text.isEmpty, !Visibility.isAnyHidden(in: text) else {
      throw Failure(.usage, "REMOTE is empty or has characters that cannot be shown")
    }
    if text.hasPrefix("dir:") {
      let path = String(text.dropFirst("dir:".utf8.count))
      do throws(HostError) {
        self = .folder(try Directory.resolve(path))
      } catch {
        throw Failure(
          .inputOutput, "'\(path)' is not there", hint: "make the folder, or mount what it is on")
      }
      return
    }
    guard !text.hasPrefix("-"), !text.utf8.contains(0x3A) || !Self.hasHelper(text) else {
      throw Failure(
        .usage, "'\(text)' is not a remote that favs uses",
        hint: "give dir:FOLDER, or the address of a git repository")
    }
    if !text.hasPrefix("/"), let path = try? Directory.resolve(text) {
      self = .git(path)
    } else {
      self = .git(text)
    }
  }

  /// `helper::address` has git run any program of that name.
  private static func hasHelper(_ text: String) -> Bool {
    zip(text.utf8, text.utf8.dropFirst()).contains { $0 == 0x3A && $1 == 0x3A }
  }

  /// As a file keeps it.
  var text: String {
    switch self {
    case .folder(let path): "dir:" + path
    case .git(let address): address
    }
  }

  /// The way there.
  /// - Parameter folder: where the driver keeps what it needs, beside the file of favourites.
  func driver(in folder: String) throws(Failure) -> any SyncDriver {
    switch self {
    case .folder(let path): FolderDriver(path)
    case .git(let address): try GitDriver(address, in: folder)
    }
  }
}
