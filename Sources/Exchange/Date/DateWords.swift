/// Names of months and weekdays in languages other than English, in lower case. Includes only
/// languages whose names are unambiguous. (`listopada` is November in Polish, but October in
/// Croatian.)
enum DateWords {
  /// Months from 1 to 12 by name, in full and abbreviated.
  static let months: [String: Int] = {
    var months: [String: Int] = [:]
    for (index, names) in names.enumerated() {
      for name in names.split(separator: " ") { months[String(name)] = index + 1 }
    }
    return months
  }()

  /// German, French, Spanish, Italian, Portuguese, Dutch, the Scandinavian languages, Russian and
  /// Turkish.
  private static let names = [
    "januar jänner jän janvier janv enero ene gennaio gen janeiro januari января январь янв ocak",
    "februar feber février fevrier févr fevr fév febrero febbraio fevereiro fev februari "
      + "февраля февраль фев февр şubat",
    "märz mrz maerz mär mars marzo março mar maart mrt марта март мар mart",
    "avril avr abril abr aprile april апреля апрель апр nisan",
    "mai mayo maggio mag maio mei maj мая май mayıs",
    "juni juin junio giugno giu junho июня июнь июн haziran",
    "juli juillet juil julio luglio lug julho июля июль июл temmuz",
    "août aout agosto ago augustus augusti августа август авг ağustos",
    "septembre septiembre setembro settembre sett set sept septembris сентября сентябрь сен сент "
      + "eylül",
    "oktober okt octobre octubre ottobre ott outubro out октября октябрь окт ekim",
    "novembre noviembre novembro ноября ноябрь ноя нояб kasım",
    "dezember dez décembre decembre déc diciembre dic dicembre dezembro desember des december "
      + "декабря декабрь дек aralık",
  ]

  /// Days of the week, in full and abbreviated; `mar` always means March.
  static let weekdays: Set<String> = Set(
    """
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so \
    lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim \
    lunes martes miércoles miercoles jueves viernes sábado sabado domingo mié jue vie sáb dom \
    lunedì martedì mercoledì giovedì venerdì sabato domenica gio \
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma wo vr za zo \
    måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag \
    понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
    """.split(separator: " ").map(String.init))
}
