extension Unicode.Scalar {
  /// Whether it is white space, as Unicode's property `White_Space` says.
  ///
  /// Source: https://www.unicode.org/Public/UCD/latest/ucd/PropList.txt
  package var isWhitespace: Bool {
    // Nearly all that is asked about is ASCII: tab to carriage return, and space. The tables of Unicode cost far more.
    isASCII ? value == 0x20 || (0x09...0x0D).contains(value) : properties.isWhitespace
  }
}
