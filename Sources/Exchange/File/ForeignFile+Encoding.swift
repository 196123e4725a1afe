internal import Host

extension ForeignFile {
  /// Has the rest of the file come from the program iconv.
  mutating func startFilter(_ encoding: String, _ name: String) throws(ExchangeError) {
    do throws(HostError) {
      let words = ["iconv", "-c", "-f", encoding, "-t", "UTF-8"]
      filter = try file?.filtered(by: words, rewinding: buffer.count)
    } catch {
      let reason = error.isNotFound ? "is not installed" : "cannot be run: \(error.reason)"
      throw .malformed(nil, "in \(name), which needs the program iconv, and that \(reason)")
    }
    guard filter != nil else {
      throw .malformed(nil, "in \(name), an encoding that is supported in files only")
    }
    buffer = []
    isFileAtEnd = false
  }

  /// Makes sure, at the end, that iconv knew what it did.
  private mutating func endFilter() throws(ExchangeError) {
    guard let filter, case .foreign(_, let name)? = encoding else { return }
    let status: Int32
    do {
      status = try filter.end()
    } catch {
      throw .host(error)
    }
    guard status != 0 else {
      self.filter = nil
      return
    }
    guard consumed > 0 || !buffer.isEmpty else {
      throw .malformed(nil, "in \(name), an encoding that iconv does not know")
    }
    self.filter = nil
    note("bytes that are no character in \(name), skipped", at: nil, isLoss: true)
  }

  /// Refuses, at the end and as often as it is come to, what could not be decoded, or was no UTF-8 at all.
  mutating func judge() throws(ExchangeError) {
    try endFilter()
    guard case .utf8(let isDeclared)? = encoding, let place = soundness.firstPlace,
      let reason = soundness.refusal(isDeclared: isDeclared)
    else { return }
    throw .malformed(place, reason)
  }
}
