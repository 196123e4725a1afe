/// How much a foreign database may still give and cost: some times what it takes on the disk, and a constant.
///
/// Pages can be made to stand in a file once and to be read a thousand times. Of a file that a program wrote, each is
/// read a few times at most. A class, since all statements of a database draw on one.
final class Allowance {
  /// How many instructions of SQLite's machine may be run.
  let instructions: Int
  /// How many bytes of text may still be read.
  private(set) var text: Int

  /// - Parameter size: how much the file takes on the disk, in bytes.
  init(of size: Int) {
    instructions = 10_000_000 + 8 * size
    text = (32 << 20) + 8 * size
  }

  /// Takes what a text costs.
  func take(_ count: Int) { text -= count }
}
