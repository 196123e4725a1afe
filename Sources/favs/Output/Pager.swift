internal import Favourites
internal import Host

/// Shows long output in `$PAGER`, or in `less` if it is installed, run directly and never through a
/// shell.
enum Pager {
  /// As in git: quits if everything fits, shows colours, and does not clear the screen.
  private static let usual = ["less", "-FRX"]

  /// Whether a pager is useful: not on a terminal that cannot move its cursor, and not if it is
  /// `cat`.
  static var isWanted: Bool {
    let name = Environment.value("PAGER")
    return Environment.value("TERM") != "dumb" && name != "cat"
  }

  /// Whether output has more lines than the terminal.
  static func isLong(_ bytes: [UInt8]) -> Bool {
    bytes.count { $0 == 0x0A } >= Terminal.height()
  }

  /// Shows output; returns false if the pager is not installed, and nothing was shown.
  static func show(_ bytes: [UInt8]) throws(Failure) -> Bool {
    var words = usual
    if let command = try StandardPaths.variable("PAGER") {
      guard let given = Child.words(of: command), !given.isEmpty else {
        throw Failure(.usage, "$PAGER is not a command: '\(command)'")
      }
      words = given
    }
    // As git does for any pager: less would print colours as text.
    let more = Environment.value("LESS") == nil ? [(name: "LESS", value: "FRX")] : []
    let code: Int32
    do throws(HostError) {
      code = try Child.feed(words, bytes, adding: more)
    } catch {
      // If it is not installed, the output is printed without it.
      guard error.isNotFound else { throw Failure(error) }
      return false
    }
    guard code == 0 else {
      throw Failure(
        .inputOutput, "the pager '\(words[0])' ended with exit code \(code)",
        hint: "PAGER=cat prints without a pager")
    }
    return true
  }
}
