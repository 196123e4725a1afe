internal import CHost

/// Facts about this process.
package enum ThisProcess {
  /// Its process id.
  package static var number: Int32 { getpid() }

  /// The path of its executable.
  package static func program() throws(HostError) -> String {
    var path = [CChar](repeating: 0, count: 4_096)
    guard unsafe favs_program(&path, UInt32(path.count)) != 0 else {
      throw HostError(call: "open", path: nil, code: ENAMETOOLONG)
    }
    return try Directory.resolve(
      String(decoding: path.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }
}
