internal import CHost

extension File {
  /// Copies everything to another file, which is empty. Holes stay holes.
  package borrowing func copyAll(to other: borrowing File) throws(HostError) {
    let size = try status().size
    let (number, target) = (descriptor.number, other.descriptor.number)
    var offset: Int64 = 0
    while offset < size {
      let data = favs_seek_data(number, off_t(offset))
      // Only a hole is left. A file system without holes reports data everywhere.
      if data < 0, errno == ENXIO { break }
      let start = data < 0 ? offset : Int64(data)
      let hole = data < 0 ? -1 : favs_seek_hole(number, off_t(start))
      let end = hole < 0 ? size : min(Int64(hole), size)
      try SystemCall.run("lseek", on: other.path) { lseek(target, off_t(start), SEEK_SET) }
      offset = start
      while offset < end {
        let piece = try read(at: offset, count: Int(min(1 << 20, end - offset)))
        guard !piece.isEmpty else { return }
        try other.writeAll(piece)
        offset += Int64(piece.count)
      }
    }
    try SystemCall.run("ftruncate", on: other.path) { ftruncate(target, off_t(size)) }
  }
}
