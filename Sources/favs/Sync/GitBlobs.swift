internal import Host

/// The output of `git cat-file --batch`: blobs, which stay in a file until they are read.
final class GitBlobs {
  private let file: File
  private var places: [String: (start: Int64, size: Int)] = [:]

  /// Finds the position of each blob. Source: git-cat-file(1), "BATCH OUTPUT".
  init(_ output: consuming File) throws(HostError) {
    file = output
    let end = try file.status().size
    var start: Int64 = 0
    // OBJECT TYPE SIZE\nBYTES\n, or OBJECT missing\n
    while start < end {
      let line = try file.read(at: start, count: Int(min(256, end - start))).prefix { $0 != 0x0A }
      let words = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
      start += Int64(line.count) + 1
      guard words.count == 3, let size = Int(words[2]), size >= 0, Int64(size) < end - start
      else { continue }
      if words[1] == "blob" { places[words[0]] = (start, size) }
      start += Int64(size) + 1
    }
  }

  /// The bytes of a blob; nil if it is not among them.
  func bytes(_ object: String) throws(Failure) -> [UInt8]? {
    guard let (start, size) = places[object] else { return nil }
    return try Failure.of(file.read(at: start, count: size))
  }
}
