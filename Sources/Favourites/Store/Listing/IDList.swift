extension Collection<Int64> {
  /// Ids as a JSON array for a single statement: `json_each(?)` returns them in order.
  var idList: String { "[" + map(String.init).joined(separator: ",") + "]" }
}
