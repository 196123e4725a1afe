/// Characters that are variant forms of one or more letters or digits: ligatures, superscript and
/// circled ones, Roman numerals, the positional forms of Arabic letters, units in one square.
///
/// These are the Unicode compatibility decompositions
/// (https://www.unicode.org/reports/tr44/#Character_Decomposition_Mappings) up to U+FFFF that lead
/// to letters or digits, without case and marks. Left out are fractions, which would run into a
/// number before them, and trade marks, which would run into a name. Wide and narrow forms are
/// converted elsewhere.
enum CompatibilityForms {
  /// The plain text of a scalar; nil for most.
  static func plain(_ scalar: Unicode.Scalar) -> String? {
    mayBeForm(scalar) ? forms[scalar] : nil
  }

  /// Whether a scalar is in a range where there are such forms. Most text has none, and then the
  /// table is not made.
  private static func mayBeForm(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xAA...0xBA, 0x132...0x149, 0x17F, 0x1C4...0x1F3, 0x2B0...0x2E4, 0x3D0...0x3F9, 0x587,
      0x675...0x678, 0xEDC...0xEDD, 0x10FC, 0x1D2C...0x1DBF, 0x1E9A, 0x2070...0x2FD5,
      0x3038...0x303A, 0x309F, 0x30FF, 0x3192...0x33DD, 0xA69C...0xA69D, 0xA770, 0xA7F2...0xA7F9,
      0xAB5C...0xAB69, 0xFB00...0xFEFC:
      true
    default: false
    }
  }

  static let forms: [Unicode.Scalar: String] = {
    var forms: [Unicode.Scalar: String] = [:]
    for family in families {
      guard let plain = family.unicodeScalars.first else { continue }
      for form in family.unicodeScalars.dropFirst() { forms[form] = String(Character(plain)) }
    }
    for form in sequences {
      guard let first = form.unicodeScalars.first else { continue }
      forms[first] = String(String.UnicodeScalarView(form.unicodeScalars.dropFirst()))
    }
    return forms
  }()

  /// One letter or digit, followed by its variants.
  private static let families: [String] = [
    "0⁰₀⓪", "1¹₁①", "2²₂②", "3³₃③", "4⁴₄④", "5⁵₅⑤", "6⁶₆⑥", "7⁷₇⑦", "8⁸₈⑧", "9⁹₉⑨", "aªᴬᵃₐⒶⓐ",
    "bᴮᵇℬⒷⓑ", "cᶜℂℭⅭⅽⒸⓒꟲ", "dᴰᵈⅅⅆⅮⅾⒹⓓ", "eᴱᵉₑℯℰⅇⒺⓔ", "fᶠℱⒻⓕꟳ", "gᴳᵍℊⒼⓖ", "hʰᴴₕℋℌℍℎⒽⓗ",
    "iᴵᵢⁱℐℑℹⅈⅠⅰⒾⓘ", "jʲᴶⅉⒿⓙⱼ", "kᴷᵏₖⓀⓚ", "lˡᴸₗℒℓⅬⅼⓁⓛ", "mᴹᵐₘℳⅯⅿⓂⓜ", "nᴺⁿₙℕⓃⓝ", "oºᴼᵒₒℴⓄⓞ",
    "pᴾᵖₚℙⓅⓟ", "qℚⓆⓠꟴ", "rʳᴿᵣℛℜℝⓇⓡ", "sſˢₛⓈⓢ", "tᵀᵗₜⓉⓣ", "uᵁᵘᵤⓊⓤ", "vᵛᵥⅤⅴⓋⓥⱽ", "wʷᵂⓌⓦ",
    "xˣₓⅩⅹⓍⓧ", "yʸⓎⓨ", "zᶻℤℨⓏⓩ", "æᴭ", "ðᶞ", "ħℏꟸ", "ŋᵑ", "œꟹ", "ƫᶵ", "ǝᴲ", "ȣᴽ", "ɐᵄ", "ɑᵅ",
    "ɒᶛ", "ɔᵓ", "ɕᶝ", "əᵊₔ", "ɛᵋℇ", "ɜᵌᶟ", "ɟᶡ", "ɡᶢ", "ɣˠ", "ɥᶣ", "ɦʱ", "ɨᶤ", "ɩᶥ", "ɪᶦ", "ɫꭞ",
    "ɭᶩ", "ɯᵚ", "ɰᶭ", "ɱᶬ", "ɲᶮ", "ɳᶯ", "ɴᶰ", "ɵᶱ", "ɸᶲ", "ɹʴ", "ɻʵ", "ʁʶ", "ʂᶳ", "ʃᶴ", "ʉᶶ",
    "ʊᶷ", "ʋᶹ", "ʌᶺ", "ʍꭩ", "ʐᶼ", "ʑᶽ", "ʒᶾ", "ʕˤ", "ʝᶨ", "ʟᶫ", "βϐᵝᵦ", "γᵞᵧℽℾ", "δᵟ", "εϵ",
    "θϑϴᶿ", "κϰ", "μµ", "πϖℼℿ", "ρϱᵨ", "σϲϹ", "υϒ", "φϕᵠᵩ", "χᵡᵪ", "нᵸ", "ъꚜ", "ьꚝ",
    "\u{5D0}\u{2135}\u{FB21}", "\u{5D1}\u{2136}", "\u{5D2}\u{2137}", "\u{5D3}\u{2138}\u{FB22}",
    "\u{5D4}\u{FB23}", "\u{5DB}\u{FB24}", "\u{5DC}\u{FB25}", "\u{5DD}\u{FB26}",
    "\u{5E2}\u{FB20}", "\u{5E8}\u{FB27}", "\u{5EA}\u{FB28}", "\u{621}\u{FE80}",
    "\u{627}\u{FE81}\u{FE82}\u{FE83}\u{FE84}\u{FE87}\u{FE88}\u{FE8D}\u{FE8E}",
    "\u{628}\u{FE8F}\u{FE90}\u{FE91}\u{FE92}", "\u{629}\u{FE93}\u{FE94}",
    "\u{62A}\u{FE95}\u{FE96}\u{FE97}\u{FE98}", "\u{62B}\u{FE99}\u{FE9A}\u{FE9B}\u{FE9C}",
    "\u{62C}\u{FE9D}\u{FE9E}\u{FE9F}\u{FEA0}", "\u{62D}\u{FEA1}\u{FEA2}\u{FEA3}\u{FEA4}",
    "\u{62E}\u{FEA5}\u{FEA6}\u{FEA7}\u{FEA8}", "\u{62F}\u{FEA9}\u{FEAA}",
    "\u{630}\u{FEAB}\u{FEAC}", "\u{631}\u{FEAD}\u{FEAE}", "\u{632}\u{FEAF}\u{FEB0}",
    "\u{633}\u{FEB1}\u{FEB2}\u{FEB3}\u{FEB4}", "\u{634}\u{FEB5}\u{FEB6}\u{FEB7}\u{FEB8}",
    "\u{635}\u{FEB9}\u{FEBA}\u{FEBB}\u{FEBC}", "\u{636}\u{FEBD}\u{FEBE}\u{FEBF}\u{FEC0}",
    "\u{637}\u{FEC1}\u{FEC2}\u{FEC3}\u{FEC4}", "\u{638}\u{FEC5}\u{FEC6}\u{FEC7}\u{FEC8}",
    "\u{639}\u{FEC9}\u{FECA}\u{FECB}\u{FECC}", "\u{63A}\u{FECD}\u{FECE}\u{FECF}\u{FED0}",
    "\u{640}\u{FE71}\u{FE77}\u{FE79}\u{FE7B}\u{FE7D}\u{FE7F}",
    "\u{641}\u{FED1}\u{FED2}\u{FED3}\u{FED4}", "\u{642}\u{FED5}\u{FED6}\u{FED7}\u{FED8}",
    "\u{643}\u{FED9}\u{FEDA}\u{FEDB}\u{FEDC}", "\u{644}\u{FEDD}\u{FEDE}\u{FEDF}\u{FEE0}",
    "\u{645}\u{FEE1}\u{FEE2}\u{FEE3}\u{FEE4}", "\u{646}\u{FEE5}\u{FEE6}\u{FEE7}\u{FEE8}",
    "\u{647}\u{FEE9}\u{FEEA}\u{FEEB}\u{FEEC}", "\u{648}\u{FE85}\u{FE86}\u{FEED}\u{FEEE}",
    "\u{649}\u{FBE8}\u{FBE9}\u{FEEF}\u{FEF0}",
    "\u{64A}\u{FE89}\u{FE8A}\u{FE8B}\u{FE8C}\u{FEF1}\u{FEF2}\u{FEF3}\u{FEF4}",
    "\u{671}\u{FB50}\u{FB51}", "\u{679}\u{FB66}\u{FB67}\u{FB68}\u{FB69}",
    "\u{67A}\u{FB5E}\u{FB5F}\u{FB60}\u{FB61}", "\u{67B}\u{FB52}\u{FB53}\u{FB54}\u{FB55}",
    "\u{67E}\u{FB56}\u{FB57}\u{FB58}\u{FB59}", "\u{67F}\u{FB62}\u{FB63}\u{FB64}\u{FB65}",
    "\u{680}\u{FB5A}\u{FB5B}\u{FB5C}\u{FB5D}", "\u{683}\u{FB76}\u{FB77}\u{FB78}\u{FB79}",
    "\u{684}\u{FB72}\u{FB73}\u{FB74}\u{FB75}", "\u{686}\u{FB7A}\u{FB7B}\u{FB7C}\u{FB7D}",
    "\u{687}\u{FB7E}\u{FB7F}\u{FB80}\u{FB81}", "\u{688}\u{FB88}\u{FB89}",
    "\u{68C}\u{FB84}\u{FB85}", "\u{68D}\u{FB82}\u{FB83}", "\u{68E}\u{FB86}\u{FB87}",
    "\u{691}\u{FB8C}\u{FB8D}", "\u{698}\u{FB8A}\u{FB8B}",
    "\u{6A4}\u{FB6A}\u{FB6B}\u{FB6C}\u{FB6D}", "\u{6A6}\u{FB6E}\u{FB6F}\u{FB70}\u{FB71}",
    "\u{6A9}\u{FB8E}\u{FB8F}\u{FB90}\u{FB91}", "\u{6AD}\u{FBD3}\u{FBD4}\u{FBD5}\u{FBD6}",
    "\u{6AF}\u{FB92}\u{FB93}\u{FB94}\u{FB95}", "\u{6B1}\u{FB9A}\u{FB9B}\u{FB9C}\u{FB9D}",
    "\u{6B3}\u{FB96}\u{FB97}\u{FB98}\u{FB99}", "\u{6BA}\u{FB9E}\u{FB9F}",
    "\u{6BB}\u{FBA0}\u{FBA1}\u{FBA2}\u{FBA3}", "\u{6BE}\u{FBAA}\u{FBAB}\u{FBAC}\u{FBAD}",
    "\u{6C1}\u{FBA6}\u{FBA7}\u{FBA8}\u{FBA9}", "\u{6C5}\u{FBE0}\u{FBE1}",
    "\u{6C6}\u{FBD9}\u{FBDA}", "\u{6C7}\u{FBD7}\u{FBD8}", "\u{6C8}\u{FBDB}\u{FBDC}",
    "\u{6C9}\u{FBE2}\u{FBE3}", "\u{6CB}\u{FBDE}\u{FBDF}",
    "\u{6CC}\u{FBFC}\u{FBFD}\u{FBFE}\u{FBFF}", "\u{6D0}\u{FBE4}\u{FBE5}\u{FBE6}\u{FBE7}",
    "\u{6D2}\u{FBAE}\u{FBAF}\u{FBB0}\u{FBB1}", "\u{6D5}\u{FBA4}\u{FBA5}", "ნჼ", "ᴂᵆ", "ᴖᵔ", "ᴗᵕ",
    "ᴜᶸ", "ᴝᵙ", "ᴥᵜ", "ᵻᶧ", "ᶅᶪ", "ⵡⵯ", "一⼀㆒", "丁㆜", "三㆔", "上㆖", "下㆘", "丙㆛", "丨⼁",
    "中㆗", "丶⼂", "丿⼃", "乙⼄㆚", "亅⼅", "二⼆㆓", "亠⼇", "人⼈㆟", "儿⼉", "入⼊", "八⼋",
    "冂⼌", "冖⼍", "冫⼎", "几⼏", "凵⼐", "刀⼑", "力⼒", "勹⼓", "匕⼔", "匚⼕", "匸⼖",
    "十⼗〸", "卄〹", "卅〺", "卜⼘", "卩⼙", "厂⼚", "厶⼛", "又⼜", "口⼝", "囗⼞", "四㆕",
    "土⼟", "地㆞", "士⼠", "夂⼡", "夊⼢", "夕⼣", "大⼤", "天㆝", "女⼥", "子⼦", "宀⼧",
    "寸⼨", "小⼩", "尢⼪", "尸⼫", "屮⼬", "山⼭", "巛⼮", "工⼯", "己⼰", "巾⼱", "干⼲",
    "幺⼳", "广⼴", "廴⼵", "廾⼶", "弋⼷", "弓⼸", "彐⼹", "彡⼺", "彳⼻", "心⼼", "戈⼽",
    "戶⼾", "手⼿", "支⽀", "攴⽁", "文⽂", "斗⽃", "斤⽄", "方⽅", "无⽆", "日⽇", "曰⽈",
    "月⽉", "木⽊", "欠⽋", "止⽌", "歹⽍", "殳⽎", "毋⽏", "母⺟", "比⽐", "毛⽑", "氏⽒",
    "气⽓", "水⽔", "火⽕", "爪⽖", "父⽗", "爻⽘", "爿⽙", "片⽚", "牙⽛", "牛⽜", "犬⽝",
    "玄⽞", "玉⽟", "瓜⽠", "瓦⽡", "甘⽢", "生⽣", "用⽤", "田⽥", "甲㆙", "疋⽦", "疒⽧",
    "癶⽨", "白⽩", "皮⽪", "皿⽫", "目⽬", "矛⽭", "矢⽮", "石⽯", "示⽰", "禸⽱", "禾⽲",
    "穴⽳", "立⽴", "竹⽵", "米⽶", "糸⽷", "缶⽸", "网⽹", "羊⽺", "羽⽻", "老⽼", "而⽽",
    "耒⽾", "耳⽿", "聿⾀", "肉⾁", "臣⾂", "自⾃", "至⾄", "臼⾅", "舌⾆", "舛⾇", "舟⾈",
    "艮⾉", "色⾊", "艸⾋", "虍⾌", "虫⾍", "血⾎", "行⾏", "衣⾐", "襾⾑", "見⾒", "角⾓",
    "言⾔", "谷⾕", "豆⾖", "豕⾗", "豸⾘", "貝⾙", "赤⾚", "走⾛", "足⾜", "身⾝", "車⾞",
    "辛⾟", "辰⾠", "辵⾡", "邑⾢", "酉⾣", "釆⾤", "里⾥", "金⾦", "長⾧", "門⾨", "阜⾩",
    "隶⾪", "隹⾫", "雨⾬", "靑⾭", "非⾮", "面⾯", "革⾰", "韋⾱", "韭⾲", "音⾳", "頁⾴",
    "風⾵", "飛⾶", "食⾷", "首⾸", "香⾹", "馬⾺", "骨⾻", "高⾼", "髟⾽", "鬥⾾", "鬯⾿",
    "鬲⿀", "鬼⿁", "魚⿂", "鳥⿃", "鹵⿄", "鹿⿅", "麥⿆", "麻⿇", "黃⿈", "黍⿉", "黑⿊",
    "黹⿋", "黽⿌", "鼎⿍", "鼓⿎", "鼠⿏", "鼻⿐", "齊⿑", "齒⿒", "龍⿓", "龜⿔", "龟⻳",
    "龠⿕", "ꜧꭜ", "ꝯꝰ", "ꬷꭝ", "ꭒꭟ",
  ]

  /// A character, followed by the letters and digits that it stands for.
  private static let sequences: [String] = [
    "Ĳij", "ĳij", "ŉʼn", "Ǆdz", "ǅdz", "ǆdz", "Ǉlj", "ǈlj", "ǉlj", "Ǌnj", "ǋnj", "ǌnj", "Ǳdz",
    "ǲdz", "ǳdz", "ևեւ", "\u{675}\u{627}\u{674}", "\u{676}\u{648}\u{674}",
    "\u{677}\u{6C7}\u{674}", "\u{678}\u{64A}\u{674}", "ໜຫນ", "ໝຫມ", "ẚaʾ", "₨rs", "№no", "Ⅱii",
    "Ⅲiii", "Ⅳiv", "Ⅵvi", "Ⅶvii", "Ⅷviii", "Ⅸix", "Ⅺxi", "Ⅻxii", "ⅱii", "ⅲiii", "ⅳiv", "ⅵvi",
    "ⅶvii", "ⅷviii", "ⅸix", "ⅺxi", "ⅻxii", "⑩10", "⑪11", "⑫12", "⑬13", "⑭14", "⑮15", "⑯16",
    "⑰17", "⑱18", "⑲19", "⑳20", "ゟより", "ヿコト", "㍱hpa", "㍲da", "㍳au", "㍴bar", "㍵ov",
    "㍶pc", "㍷dm", "㍸dm2", "㍹dm3", "㍺iu", "㍻平成", "㍼昭和", "㍽大正", "㍾明治",
    "㍿株式会社", "㎀pa", "㎁na", "㎂μa", "㎃ma", "㎄ka", "㎅kb", "㎆mb", "㎇gb", "㎈cal",
    "㎉kcal", "㎊pf", "㎋nf", "㎌μf", "㎍μg", "㎎mg", "㎏kg", "㎐hz", "㎑khz", "㎒mhz", "㎓ghz",
    "㎔thz", "㎕μl", "㎖ml", "㎗dl", "㎘kl", "㎙fm", "㎚nm", "㎛μm", "㎜mm", "㎝cm", "㎞km",
    "㎟mm2", "㎠cm2", "㎡m2", "㎢km2", "㎣mm3", "㎤cm3", "㎥m3", "㎦km3", "㎩pa", "㎪kpa",
    "㎫mpa", "㎬gpa", "㎭rad", "㎰ps", "㎱ns", "㎲μs", "㎳ms", "㎴pv", "㎵nv", "㎶μv", "㎷mv",
    "㎸kv", "㎹mv", "㎺pw", "㎻nw", "㎼μw", "㎽mw", "㎾kw", "㎿mw", "㏀kω", "㏁mω", "㏃bq",
    "㏄cc", "㏅cd", "㏈db", "㏉gy", "㏊ha", "㏋hp", "㏌in", "㏍kk", "㏎km", "㏏kt", "㏐lm",
    "㏑ln", "㏒log", "㏓lx", "㏔mb", "㏕mil", "㏖mol", "㏗ph", "㏙ppm", "㏚pr", "㏛sr", "㏜sv",
    "㏝wb", "ﬀff", "ﬁfi", "ﬂfl", "ﬃffi", "ﬄffl", "ﬅst", "ﬆst", "ﬓմն", "ﬔմե", "ﬕմի", "ﬖվն", "ﬗմխ",
    "\u{FB4F}\u{5D0}\u{5DC}", "\u{FBDD}\u{6C7}\u{674}", "\u{FBEA}\u{64A}\u{627}",
    "\u{FBEB}\u{64A}\u{627}", "\u{FBEC}\u{64A}\u{6D5}", "\u{FBED}\u{64A}\u{6D5}",
    "\u{FBEE}\u{64A}\u{648}", "\u{FBEF}\u{64A}\u{648}", "\u{FBF0}\u{64A}\u{6C7}",
    "\u{FBF1}\u{64A}\u{6C7}", "\u{FBF2}\u{64A}\u{6C6}", "\u{FBF3}\u{64A}\u{6C6}",
    "\u{FBF4}\u{64A}\u{6C8}", "\u{FBF5}\u{64A}\u{6C8}", "\u{FBF6}\u{64A}\u{6D0}",
    "\u{FBF7}\u{64A}\u{6D0}", "\u{FBF8}\u{64A}\u{6D0}", "\u{FBF9}\u{64A}\u{649}",
    "\u{FBFA}\u{64A}\u{649}", "\u{FBFB}\u{64A}\u{649}", "\u{FEF5}\u{644}\u{627}",
    "\u{FEF6}\u{644}\u{627}", "\u{FEF7}\u{644}\u{627}", "\u{FEF8}\u{644}\u{627}",
    "\u{FEF9}\u{644}\u{627}", "\u{FEFA}\u{644}\u{627}", "\u{FEFB}\u{644}\u{627}",
    "\u{FEFC}\u{644}\u{627}",
  ]
}
