internal import Favourites

extension TextEncoding {
  /// The encoding for a label in lower case.
  ///
  /// Source: Encoding Standard, 4.2 "Names and labels": browsers read Latin-1 and ASCII as
  /// windows-1252, and so on. Labels that it does not list are passed to iconv.
  static func labelled(_ label: String) -> TextEncoding {
    if utf8.contains(label) || wide.contains(label) { return .utf8(isDeclared: true) }
    if let table = table(label) { return .singleByte(table) }
    return .foreign(iconv: names[label] ?? label.uppercased(), name: label)
  }

  private static let utf8: Set<String> = [
    "utf-8", "utf8", "unicode-1-1-utf-8", "x-unicode20utf8", "unicode11utf8", "unicode20utf8",
    "utf-8-sig", "utf8mb4",
  ]

  /// "If encoding is UTF-16BE/LE, then set encoding to UTF-8": it could not have been read.
  private static let wide: Set<String> = [
    "utf-16", "utf-16le", "utf-16be", "utf16", "utf_16", "unicode", "ucs-2", "utf-32", "utf-32le",
    "utf-32be", "iso-10646-ucs-2", "csunicode",
  ]

  /// The names that iconv has for these labels of browsers.
  private static let names = [
    "shift_jis": "CP932", "shift-jis": "CP932", "sjis": "CP932", "x-sjis": "CP932",
    "ms_kanji": "CP932", "windows-31j": "CP932", "ms932": "CP932", "csshiftjis": "CP932",
    "gb2312": "GB18030", "gb_2312-80": "GB18030", "gbk": "GB18030", "x-gbk": "GB18030",
    "cp936": "GB18030", "chinese": "GB18030", "iso-ir-58": "GB18030", "csgb2312": "GB18030",
    "euc-kr": "CP949", "ks_c_5601-1987": "CP949", "ksc5601": "CP949", "korean": "CP949",
    "windows-949": "CP949", "cseuckr": "CP949", "x-euc-jp": "EUC-JP", "big5": "BIG5-HKSCS",
    "cn-big5": "BIG5-HKSCS", "x-x-big5": "BIG5-HKSCS", "csbig5": "BIG5-HKSCS",
  ]

  private static func table(_ label: String) -> [UInt16]? {
    // Latin-1 to Latin-10 are called `latin1`, `l1`, `iso8859-1`, `iso_8859-1` and so on; Windows'
    // `cp1252`, `x-cp1252` and `windows-1252`.
    for prefix in ["windows-", "x-cp", "cp", "win"] where label.hasASCIIPrefix(prefix) {
      let number = label.utf8.dropFirst(prefix.utf8.count)
      return Int(String(decoding: Array(number), as: UTF8.self)).flatMap(windows)
    }
    for prefix in ["iso-8859-", "iso8859-", "iso_8859-", "iso8859_", "iso88", "8859-", "8859_"]
    where label.hasASCIIPrefix(prefix) {
      var number = Array(label.utf8.dropFirst(prefix.utf8.count))
      // `iso88591`.
      if prefix == "iso88" {
        guard number.starts(with: "59".utf8) else { return nil }
        number.removeFirst(2)
      }
      // `iso_8859-1:1987`, `iso-8859-8-i`, `iso-8859-6-e`.
      number = Array(number.prefix(while: \.isASCIIDigit))
      return Int(String(decoding: number, as: UTF8.self)).flatMap(iso)
    }
    return others(label)
  }

  private static func windows(_ number: Int) -> [UInt16]? {
    switch number {
    case 874: SingleByteTables.windows874
    case 819: SingleByteTables.windows1252
    case 866: SingleByteTables.ibm866
    case 1250: SingleByteTables.windows1250
    case 1251: SingleByteTables.windows1251
    case 1252: SingleByteTables.windows1252
    case 1253: SingleByteTables.windows1253
    case 1254: SingleByteTables.windows1254
    case 1255: SingleByteTables.windows1255
    case 1256: SingleByteTables.windows1256
    case 1257: SingleByteTables.windows1257
    case 1258: SingleByteTables.windows1258
    default: nil
    }
  }

  private static func iso(_ number: Int) -> [UInt16]? {
    switch number {
    case 1: SingleByteTables.windows1252
    case 2: SingleByteTables.iso2
    case 3: SingleByteTables.iso3
    case 4: SingleByteTables.iso4
    case 5: SingleByteTables.iso5
    case 6: SingleByteTables.iso6
    case 7: SingleByteTables.iso7
    case 8: SingleByteTables.iso8
    case 9: SingleByteTables.windows1254
    case 10: SingleByteTables.iso10
    case 11: SingleByteTables.windows874
    case 13: SingleByteTables.iso13
    case 14: SingleByteTables.iso14
    case 15: SingleByteTables.iso15
    case 16: SingleByteTables.iso16
    default: nil
    }
  }

  private static func others(_ label: String) -> [UInt16]? {
    switch label {
    case "ascii", "us-ascii", "ansi_x3.4-1968", "ansi", "latin1", "l1", "iso-ir-100", "csisolatin1",
      "ibm819", "x-user-defined":
      SingleByteTables.windows1252
    case "latin2", "l2", "iso-ir-101", "csisolatin2": SingleByteTables.iso2
    case "latin3", "l3", "iso-ir-109", "csisolatin3": SingleByteTables.iso3
    case "latin4", "l4", "iso-ir-110", "csisolatin4": SingleByteTables.iso4
    case "cyrillic", "iso-ir-144", "csisolatincyrillic": SingleByteTables.iso5
    case "arabic", "asmo-708", "ecma-114", "iso-ir-127", "csisolatinarabic": SingleByteTables.iso6
    case "greek", "greek8", "ecma-118", "elot_928", "iso-ir-126", "sun_eu_greek":
      SingleByteTables.iso7
    case "hebrew", "visual", "logical", "iso-ir-138", "csisolatinhebrew": SingleByteTables.iso8
    case "latin5", "l5", "iso-ir-148", "csisolatin5": SingleByteTables.windows1254
    case "latin6", "l6", "iso-ir-157", "csisolatin6": SingleByteTables.iso10
    case "latin9", "latin-9", "l9", "csisolatin9": SingleByteTables.iso15
    case "tis-620", "dos-874": SingleByteTables.windows874
    case "koi8-r", "koi8", "koi8_r", "koi", "cskoi8r": SingleByteTables.koi8r
    case "koi8-u", "koi8-ru", "koi8_u": SingleByteTables.koi8u
    case "ibm866", "866", "csibm866": SingleByteTables.ibm866
    case "macintosh", "mac", "x-mac-roman", "macroman", "csmacintosh": SingleByteTables.macintosh
    default: nil
    }
  }
}
