internal import CHost

/// The variables this process was started with.
package enum Environment {
  /// The value of one that only says how something is to look; nil when it is unset, empty or not UTF-8.
  package static func value(_ name: String) -> String? {
    (try? text(name)).flatMap { $0 }
  }

  /// The value of one that says where something is, or what is to be run; nil when it is unset or empty.
  ///
  /// One that is not UTF-8 is refused and not passed over: favourites would be kept elsewhere than asked.
  package static func text(_ name: String) throws(InvalidVariable) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    guard let text = unsafe String(validatingCString: value) else {
      let bytes = unsafe UnsafeBufferPointer(start: value, count: strlen(value))
        .map { UInt8(bitPattern: $0) }
      throw InvalidVariable(name: name, offset: UTF8Check.firstInvalidOffset(in: bytes) ?? 0)
    }
    return text.isEmpty ? nil : text
  }

  /// The folder for temporary files: `$TMPDIR`, else the first that can be written to of `/tmp`, `/var/tmp` and the
  /// working folder; `/tmp` where none can, so that errors name what people expect.
  package static var temporaryFolder: String {
    if let named = Environment.value("TMPDIR") { return named }
    return ["/tmp", "/var/tmp", "."].first { unsafe access($0, W_OK | X_OK) == 0 } ?? "/tmp"
  }
}
