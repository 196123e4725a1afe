import Foundation

/// A folder of a test's own, removed with all that is in it when the last use ends.
///
/// In memory where the system has a folder there: tests commit thousands of times, and it is not
/// the disk that they are about.
public final class Scratch: Sendable {
  /// Where it is, free of links.
  public let path: String

  /// Makes the folder.
  public init() {
    let memory = "/dev/shm"
    let parent =
      FileManager.default.isWritableFile(atPath: memory)
      ? memory : FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path
    path = parent + "/favs-test-" + UUID().uuidString
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    } catch {
      preconditionFailure("no scratch folder can be made: \(error)")
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The path of something in it.
  public func file(_ name: String) -> String { path + "/" + name }

  /// The names of all that is in it, sorted.
  public var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The bytes of something in it; nil when it is not there.
  public func bytes(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: file(name)).map(Array.init)
  }

  /// Writes bytes to a file in it.
  public func write(_ bytes: [UInt8], to name: String) {
    let isMade = FileManager.default.createFile(atPath: file(name), contents: Data(bytes))
    precondition(isMade, "a scratch folder takes files")
  }

  /// The permissions of something in it; nil when it is not there.
  public func mode(_ name: String) -> Int? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file(name))
    return attributes?[.posixPermissions] as? Int
  }
}

/// Runs a body with a scratch folder that is gone afterwards.
public func withScratch<Result>(_ body: (Scratch) throws -> Result) rethrows -> Result {
  let scratch = Scratch()
  return try withExtendedLifetime(scratch) { try body(scratch) }
}
