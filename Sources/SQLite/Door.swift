internal import CSQLite

/// The door to the file system that all connections go through.
enum Door {
  /// Its name, once it is known to SQLite; none that SQLite knows where that failed, so that nothing is opened then.
  static let name: String = {
    _ = unsafe favs_door_register { path, flags, header, size in
      guard let path = unsafe path, let flags = unsafe flags else { return SQLITE_PERM }
      let bytes = unsafe header.map { unsafe UnsafeRawBufferPointer(start: $0, count: 100) }
      return unsafe JournalJudge.judge(
        String(cString: path), &flags.pointee, header: bytes, size: size)
    }
    return FAVS_DOOR
  }()
}
