/// Why input cannot be read to its end.
package enum UnusableInput: Error, Equatable, Sendable {
  /// The system refused something.
  case host(HostError)
  /// It is a device other than a terminal, and may be endless.
  case device
  /// A pipe exceeded a number of bytes.
  case endless(limit: Int64)
  /// Continuing would leave too few bytes free on the disk where a pipe's data is stored meanwhile.
  case fillsDisk(folder: String, reserve: Int64)
}
