internal import CHost

/// The environment variables of this process.
package enum Environment {
  /// The value of a variable that only affects appearance; nil if it is unset, empty or not UTF-8.
  package static func value(_ name: String) -> String? {
    (try? text(name)).flatMap { $0 }
  }

  /// The value of a variable that says where something is, or what to run; nil if it is unset or
  /// empty.
  ///
  /// A value that is not UTF-8 is refused, not ignored: favourites would otherwise be stored in the
  /// wrong place.
  package static func text(_ name: String) throws(InvalidVariable) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    guard let text = unsafe String(validatingCString: value) else {
      let bytes = unsafe UnsafeBufferPointer(start: value, count: strlen(value))
        .map { UInt8(bitPattern: $0) }
      throw InvalidVariable(name: name, offset: UTF8Check.firstInvalidOffset(in: bytes) ?? 0)
    }
    return text.isEmpty ? nil : text
  }

  /// The folder for temporary files: `$TMPDIR`, otherwise the first writable one of `/tmp`,
  /// `/var/tmp` and the working directory; `/tmp` if there is none, so that errors name what people
  /// expect.
  package static var temporaryFolder: String {
    if let named = Environment.value("TMPDIR") { return named }
    return ["/tmp", "/var/tmp", "."].first { unsafe access($0, W_OK | X_OK) == 0 } ?? "/tmp"
  }
}
