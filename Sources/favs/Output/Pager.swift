internal import Favourites
internal import Host

/// The program that long output is read in: `$PAGER`, else `less` where it is there, run directly and never by a shell.
enum Pager {
  /// As git starts it: it ends where everything fits, shows colours, and leaves the screen as it is.
  private static let usual = ["less", "-FRX"]

  /// Whether one could be of use: a terminal that cannot move its cursor has none, and `cat` pages nothing.
  static var isWanted: Bool {
    let name = Environment.value("PAGER")
    return Environment.value("TERM") != "dumb" && name != "cat"
  }

  /// Whether output has more lines than the terminal.
  static func isLong(_ bytes: [UInt8]) -> Bool {
    bytes.count { $0 == 0x0A } >= Terminal.height()
  }

  /// Shows output; false where there is no pager, and nothing was shown.
  static func show(_ bytes: [UInt8]) throws(Failure) -> Bool {
    var words = usual
    if let command = try Places.variable("PAGER") {
      guard let given = Child.words(of: command), !given.isEmpty else {
        throw Failure(.usage, "$PAGER is not a command: '\(command)'")
      }
      words = given
    }
    do throws(HostError) {
      _ = try Child.feed(words, bytes)
      return true
    } catch {
      // One that is not installed is no reason to show nothing.
      guard error.isNotFound else { throw Failure(error) }
      return false
    }
  }
}
