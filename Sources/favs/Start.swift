internal import Host

/// Words in, exit code out.
///
/// Called as `main`, by the name that the package manager gives the beginning of a program called favs. What
/// Swift itself begins a program with finds the words by way of /proc, and takes them for none where that cannot
/// be read.
@_cdecl("favs_main")
func start(
  _ count: Int32, _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> Int32 {
  let words = Result { () throws(InvalidWord) in try unsafe Words.all(count, words) }
  ProcessExit.exit(Program.run(words).rawValue)
}
