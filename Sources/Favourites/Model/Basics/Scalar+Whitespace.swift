extension Unicode.Scalar {
  /// Whether it is white space, according to Unicode's property `White_Space`.
  ///
  /// Source: https://www.unicode.org/Public/UCD/latest/ucd/PropList.txt
  package var isWhitespace: Bool {
    // Nearly all characters tested are ASCII: tab to carriage return, and space. Unicode's tables
    // cost far more.
    isASCII ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace
  }
}
