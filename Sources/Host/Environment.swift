#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

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

  /// Whether text is shown as UTF-8: the first of `$LC_ALL`, `$LC_CTYPE` and `$LANG` that says anything says so.
  /// Where none does, nearly every terminal of today shows it all the same.
  package static var isUTF8: Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let value = value(name) else { continue }
      let plain = value.lowercased().utf8.filter { $0 != UInt8(ascii: "-") }
      return String(decoding: plain, as: UTF8.self).hasSuffix("utf8")
        || String(decoding: plain, as: UTF8.self).split(separator: "@")[0].hasSuffix("utf8")
    }
    return true
  }
}
