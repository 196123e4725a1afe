#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// libFuzzer has the program's beginning and its loop, and calls these two by their names.

/// The target that `$FUZZ_TARGET` names: libFuzzer takes arguments of its own only, and hands the
/// variables on to the copies of itself that it starts.
private let chosen = getenv("FUZZ_TARGET").flatMap { FuzzTarget.named(String(cString: $0)) }

/// Called once, before all inputs. Prints the names of all targets, and how long their inputs are,
/// where none was chosen.
@_cdecl("LLVMFuzzerInitialize")
func initialize(
  _ count: UnsafeMutableRawPointer, _ arguments: UnsafeMutableRawPointer
) -> CInt {
  guard chosen == nil else { return 0 }
  for target in FuzzTarget.all { print(target.name, target.longest) }
  exit(getenv("FUZZ_TARGET") == nil ? 0 : 2)
}

/// Called with each input.
@_cdecl("LLVMFuzzerTestOneInput")
func test(_ start: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  do {
    try chosen?.run(Array(UnsafeBufferPointer(start: start, count: size)))
  } catch {
    fatalError("\(error)")
  }
  return 0
}
