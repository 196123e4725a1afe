import Foundation

/// Runs Python with some words: what it printed, errors among it, and its exit code.
///
/// - Parameter folder: where it runs; here without it.
public func python(_ words: [String], in folder: URL? = nil) throws -> (output: String, code: Int32)
{
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["python3", "-B"] + words
  if let folder { process.currentDirectoryURL = folder }
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = pipe
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  process.waitUntilExit()
  return (output, process.terminationStatus)
}

/// Has another program run SQL on a database, outside of any transaction of its own.
public func runSQL(_ sql: String, on path: String) throws -> (output: String, code: Int32) {
  let script = """
    import sqlite3, sys
    sqlite3.connect(sys.argv[1], isolation_level=None).executescript(sys.argv[2])
    """
  return try python(["-c", script, path, sql])
}
