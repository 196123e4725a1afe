internal import CHost

/// A pair of descriptors: data written to one can be read from the other.
///
/// Programs that we start inherit neither, unless it is passed to them.
enum Pipe {
  /// Makes a pipe; the caller owns both ends.
  static func make() throws(HostError) -> (reader: Int32, writer: Int32) {
    var ends: [Int32] = [-1, -1]
    try SystemCall.run("pipe") { unsafe pipe(&ends) }
    for end in ends { _ = favs_set_flags(end, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }
}
