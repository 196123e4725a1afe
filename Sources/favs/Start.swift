internal import Host

/// The entry point: takes the words of the command line, returns the exit code.
///
/// Called as `main`, by the name that the package manager gives to the entry point of an executable
/// called favs. Swift's own entry point reads the words through /proc, and finds none where that
/// cannot be read.
@_cdecl("favs_main")
func start(
  _ count: Int32, _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> Int32 {
  let words = Result { () throws(InvalidWord) in try unsafe Words.all(count, words) }
  ProcessExit.exit(Program.run(words).rawValue)
}
