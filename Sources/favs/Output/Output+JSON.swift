internal import Favourites

extension Output {
  /// Writes a JSON array on one line.
  ///
  /// - Parameter write: writes one element.
  mutating func write<Element>(
    arrayOf elements: [Element], _ write: (Element, inout JSONWriter) throws(Failure) -> Void
  ) throws(Failure) {
    var json = JSONWriter()
    json.beginArray()
    for element in elements { try write(element, &json) }
    json.endArray()
    json.newline()
    try self.write(json.bytes)
  }
}
