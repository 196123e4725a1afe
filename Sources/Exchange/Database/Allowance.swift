/// Limits the work and the output of a foreign database to a multiple of its size on the disk, plus
/// a constant.
///
/// A crafted file can make SQLite read the same pages thousands of times, but files that programs
/// write need only a few reads of each page. A class, since all statements on a database share one.
final class Allowance {
  /// The number of SQLite's virtual machine instructions allowed.
  let instructions: Int
  /// The number of bytes of text that may still be read.
  private(set) var text: Int

  /// - Parameter size: the size of the file on the disk, in bytes.
  init(of size: Int) {
    instructions = 10_000_000 + 8 * size
    text = (32 << 20) + 8 * size
  }

  /// Deducts the size of a text.
  func take(_ count: Int) { text -= count }
}
