extension Collection<Int64> {
  /// Ids as a JSON array, which one statement takes: `json_each(?)` gives them in their order.
  var idList: String { "[" + map(String.init).joined(separator: ",") + "]" }
}
