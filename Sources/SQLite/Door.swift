internal import CSQLite

/// The VFS that all connections use.
enum Door {
  /// Its name, once it is registered with SQLite; if that failed, an unknown name, so that nothing
  /// can be opened.
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
