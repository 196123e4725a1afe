/// Why input cannot be read to its end.
package enum UnusableInput: Error, Equatable, Sendable {
  /// The system refused something.
  case host(HostError)
  /// It is a device that is no terminal, and may go on for ever.
  case device
  /// A pipe gave more than so many bytes.
  case endless(limit: Int64)
  /// To go on would leave less than so many bytes free where a pipe is kept meanwhile.
  case fillsDisk(folder: String, reserve: Int64)
}
