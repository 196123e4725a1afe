internal import Host

extension ForeignFile {
  /// Starts iconv to convert the rest of the file.
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

  /// Checks, at the end, that iconv succeeded.
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

  /// Throws at the end of the file if it could not be decoded, or was not UTF-8 at all.
  mutating func judge() throws(ExchangeError) {
    try endFilter()
    guard case .utf8(let isDeclared)? = encoding, let location = soundness.firstLocation,
      let reason = soundness.refusal(isDeclared: isDeclared)
    else { return }
    throw .malformed(location, reason)
  }
}
