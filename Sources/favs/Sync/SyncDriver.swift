internal import Favourites
internal import Host
internal import Sync

/// The transport to a remote: reads its files and replaces them.
protocol SyncDriver: RemoteFiles {
  /// A short description of the remote's state: if it is unchanged, nothing needs to be read.
  func listing() throws(Failure) -> String
  /// The state in which this run left the remote, in the form of `listing()`.
  var left: String { get }
  /// Prepares the files of the remote for reading, in the state that `listing()` found.
  func read() throws(Failure)
  /// Whether the remote holds something foreign that publishing would remove.
  var isTaken: Bool { get }
  /// Writes and removes files on the remote; returns false, with nothing done, if another device
  /// was faster.
  func publish(_ outcome: SyncOutcome, from device: UID) throws(Failure) -> Bool
  /// Why an existing file could not be read; nil if all could.
  var failure: Failure? { get }
  /// Removes older states of the remote from this machine.
  func forget() throws(Failure)
}

extension SyncDriver {
  var hasFailed: Bool { failure != nil }
}

/// The place of a remote, as the user gives it.
enum SyncPlace: Equatable {
  /// A folder that another program carries between machines.
  case folder(String)
  /// An address that git accepts as a repository.
  case git(String)

  /// Parses a place; makes relative paths absolute, since a later sync may run elsewhere.
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

  /// `helper::address` makes git run any program of that name.
  private static func hasHelper(_ text: String) -> Bool {
    zip(text.utf8, text.utf8.dropFirst()).contains { $0 == 0x3A && $1 == 0x3A }
  }

  /// The form that is stored in the database.
  var text: String {
    switch self {
    case .folder(let path): "dir:" + path
    case .git(let address): address
    }
  }

  /// The driver for this place.
  /// - Parameter folder: where the driver keeps its files, beside the database.
  func driver(in folder: String) throws(Failure) -> any SyncDriver {
    switch self {
    case .folder(let path): FolderDriver(path)
    case .git(let address): try GitDriver(address, in: folder)
    }
  }
}
