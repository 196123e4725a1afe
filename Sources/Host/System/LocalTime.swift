internal import CHost

/// Local time: the zone of `TZ`, otherwise the system's.
package enum LocalTime {
  /// Local time's offset from UTC in seconds at an instant; 0 if unknown.
  ///
  /// The zone is loaded on first use, and not at all without one.
  package static func secondsAhead(at secondsSince1970: Int64) -> Int {
    var instant = time_t(secondsSince1970)
    var local = unsafe tm()
    guard unsafe localtime_r(&instant, &local) != nil else { return 0 }
    return Int(unsafe local.tm_gmtoff)
  }
}
