@testable import Exchange

/// A door that bytes of a stranger come through.
struct FuzzTarget: Sendable {
  /// As `make fuzz TARGETS=…` and the folder of its corpus call it.
  let name: String
  /// The longest input that tells anything new, in bytes.
  let longest: Int
  /// Takes the bytes in as the program would. Refuses them quietly, and throws where a law is
  /// broken.
  let run: @Sendable ([UInt8]) throws -> Void

  /// All targets.
  static let all: [FuzzTarget] =
    [
      .commandLine, .complete, .query, .settings, .keys, .store, .salvage, .page, .web, .segment,
      .manifest,
    ]
    + Format.all.map(importing)

  /// The target of a name.
  static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}

/// A law that an input broke.
struct BrokenLaw: Error, CustomStringConvertible {
  /// In words.
  let description: String

  /// Throws unless the law holds.
  static func unless(_ holds: Bool, _ law: @autoclosure () -> String) throws {
    guard holds else { throw BrokenLaw(description: law()) }
  }
}

/// Bytes as text, the wrong ones among them replaced, cut at every NUL.
func texts(_ bytes: [UInt8]) -> [String] {
  bytes.split(separator: 0, omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
}
