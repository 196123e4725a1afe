import Foundation

/// Writes a script that can be run at once; its first line names what runs it.
///
/// Another process writes it. A file that is open for writing somewhere cannot be run (`ETXTBSY`),
/// and a program that another test starts holds for a moment whatever is open in this process.
public func writeScript(_ text: String, at path: String) throws {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/bin/sh")
  process.arguments = ["-c", "cat >\"$1\" && chmod 755 \"$1\"", "sh", path]
  let pipe = Pipe()
  process.standardInput = pipe
  try process.run()
  try pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  try pipe.fileHandleForWriting.close()
  process.waitUntilExit()
  guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
}
