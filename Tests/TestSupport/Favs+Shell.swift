import Foundation

extension Favs {
  /// Runs a line of bash, in which `$F` is the program and `$D` the folder; what is set as a
  /// variable need not be text.
  ///
  /// No `$FAVS_DB` is set but that of `environment`.
  public func inShell(_ line: String) throws -> Outcome {
    let name = folder + "/shell-\(UInt64.random(in: 0 ... .max))"
    let files = (output: name + ".out", error: name + ".err")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "exec >\(files.output) 2>\(files.error)\n\(line)"]
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder, "TZ": "UTC", "F": Favs.program, "D": folder,
    ].merging(environment) { $1 }
    defer {
      for path in [files.output, files.error] { try? FileManager.default.removeItem(atPath: path) }
    }
    try process.run()
    process.waitUntilExit()
    let signal = process.terminationReason == .uncaughtSignal ? 128 : Int32(0)
    func text(_ path: String) -> String {
      String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    }
    return Outcome(
      signal + process.terminationStatus, text(files.output), error: text(files.error))
  }
}
