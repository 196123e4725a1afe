import Foundation
import TestSupport
import Testing

/// The kinds of remotes.
enum SyncRemote: CaseIterable {
  case git, folder
}

/// Runs a body with two homes and the address of an empty remote.
func withTwo(
  _ kind: SyncRemote, _ body: (_ first: Favs, _ second: Favs, _ remote: String) throws -> Void
) throws {
  try withFavs { favs in
    var homes: [Favs] = []
    for name in ["first", "second"] {
      let folder = favs.folder + "/" + name
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      homes.append(Favs(in: folder))
    }
    let place = favs.folder + "/remote"
    switch kind {
    case .git:
      try git(["init", "-q", "--bare", place])
      try body(homes[0], homes[1], place)
    case .folder:
      try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: false)
      try body(homes[0], homes[1], "dir:" + place)
    }
  }
}

@discardableResult
func git(_ words: [String]) throws -> String {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = ["git"] + words
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardInput = FileHandle.nullDevice
  try process.run()
  let output = pipe.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  #expect(process.terminationStatus == 0)
  return String(decoding: output, as: UTF8.self)
}

func titles(_ favs: Favs) throws -> String {
  try favs("list", "--fields", "title").output
}
