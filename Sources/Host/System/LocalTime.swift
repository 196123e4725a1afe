internal import CHost

/// What the person's clock shows: the zone of `TZ`, else the system's.
package enum LocalTime {
  /// How many seconds local time is ahead of UTC at an instant; 0 where the system cannot tell.
  ///
  /// The zone is read when it is first asked for, and by nobody who does not ask.
  package static func secondsAhead(at secondsSince1970: Int64) -> Int {
    var instant = time_t(secondsSince1970)
    var local = unsafe tm()
    guard unsafe localtime_r(&instant, &local) != nil else { return 0 }
    return Int(unsafe local.tm_gmtoff)
  }
}
