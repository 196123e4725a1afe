internal import Favourites

/// Titles, in lower case, that identify interstitial pages, which are shown instead of the
/// requested one.
///
/// Pure data: a new title is a new line.
package enum PageMarks {
  /// Titles of pages that check whether the visitor is human; `*` at the end matches any
  /// continuation.
  private static let challenges = [
    "just a moment*", "attention required*", "checking your browser*", "ddos-guard",
    "ddos protection*",
    "one moment, please*", "please wait*", "access to this page has been denied*",
    "are you a robot*", "are you a human*", "are you human*", "robot or human*", "robot check*",
    "human verification*", "verify you are human*", "verifying you are human*",
    "verifying your browser*",
    "security checkpoint*", "vercel security checkpoint*", "bot verification*",
    "client challenge*", "pardon our interruption*", "request rejected*",
    "request blocked*", "you have been blocked*", "sorry, you have been blocked*",
    "security check required*", "making sure you’re not a bot*",
    "you are being redirected*", "making sure you're not a bot*",
    "loading challenge*", "challenge validation*",
    "einen moment*", "un momento*", "un instant*", "browser check*", "browser verification*",
    "un petit instant*", "bitte warten*", "veuillez patienter*", "подождите*", "проверка браузера*",
    "请稍候*", "安全验证*", "人机验证*", "しばらくお待ちください*", "robot-check*",
    "error 1020*", "sucuri website firewall*",
  ]

  /// Beginnings of such titles that are sufficient by themselves.
  private static let challengeBeginnings = [
    "checking your browser before ", "checking if the site ", "please verify you are ",
    "please verify that you are ", "verify that you are ", "confirm you are human",
    "prove you are human", "please complete the security check",
  ]

  /// Such titles that articles may have too: those have other metadata as well.
  private static let challengeWords = [
    "access denied*", "captcha*", "recaptcha*", "security check*", "unusual traffic*",
    "403 forbidden", "one more step*", "incapsula*", "perimeterx*",
  ]

  /// Titles of login and consent pages, either alone or before the name of the site.
  private static let doors: Set<String> = [
    "sign in", "signin", "sign-in", "log in", "login", "log-in", "log on", "logon", "sign up",
    "sign in to continue", "log in to continue", "please log in", "please sign in",
    "single sign-on",
    "authentication required", "login required", "anmelden", "anmeldung", "einloggen", "connexion",
    "se connecter", "iniciar sesión", "inicia sesión", "acceder", "entrar",
    "accedi", "inloggen", "logga in", "zaloguj się", "logowanie", "войти", "вход", "авторизация",
    "登录", "ログイン", "로그인", "before you continue", "cookie consent",
    "your privacy choices", "we value your privacy", "privacy preferences",
    "continue to your account", "session expired",
  ]

  /// Such titles that articles may have too.
  private static let doorWords: Set<String> = ["cookies", "consent", "identification"]

  /// Titles that say nothing about a page, such as placeholders and error messages, either alone or
  /// before the name of the site; `*` at the end matches any continuation.
  private static let blanks = [
    "loading*", "redirecting*", "untitled*", "document", "new page", "new page 1", "index", "title",
    "page title", "react app", "vite app", "next app", "create next app", "vite + react",
    "javascript is disabled*", "javascript required*", "javascript is not available*",
    "please enable javascript*", "page not found*", "not found", "404*", "404 not found",
    "error 404*", "seite nicht gefunden*", "page introuvable*", "página no encontrada*",
    "pagina non trovata*", "страница не найдена*", "error", "null", "undefined",
  ]

  /// Titles of sites that give them to all their pages, unless programs get more from the metadata.
  private static let sitesAlone: Set<String> = [
    "youtube", "- youtube", "reddit - dive into anything", "reddit - the heart of the internet",
    "reddit", "instagram", "facebook", "x", "twitter", "x. it’s what’s happening / x",
    "x. it's what's happening / x", "tiktok", "tiktok - make your day", "threads", "vimeo",
    "spotify", "spotify – web player", "soundcloud", "linkedin", "pinterest", "tumblr", "discord",
    "twitch", "medium", "google maps", "google docs", "google drive", "amazon.com",
  ]

  /// Whether a title says nothing about its page.
  ///
  /// - Parameter isFront: whether it is the front page of the site, whose title may be the site's
  ///   name.
  static func isBlank(_ title: String, isFront: Bool) -> Bool {
    let title = title.foldedName
    if !isFront, sitesAlone.contains(title) { return true }
    let first = firstPart(of: title)
    return blanks.contains { matches(title, $0) || matches(first, $0) }
  }

  /// Beginnings of titles of login and consent pages that are sufficient by themselves.
  private static let doorBeginnings = [
    "before you continue to ", "sign in to ", "log in to ", "login to ", "log into ",
    "sign in with ",
    "sign in - google", "bevor sie fortfahren", "avant d'accéder à", "avant de continuer",
    "antes de continuar", "prima di continuare",
  ]

  /// The kind of a page with a title.
  ///
  /// - Parameter saysMore: whether the page has other metadata.
  static func kind(ofTitle title: String, saysMore: Bool) -> PageHead.Kind {
    let title = title.foldedName
    let isChallenge =
      challenges.contains { matches(title, $0) } || begins(title, challengeBeginnings, 80)
      || !saysMore && challengeWords.contains { matches(title, $0) }
    if isChallenge { return .challenge }
    let first = firstPart(of: title)
    if doors.contains(title) || doors.contains(first) || begins(title, doorBeginnings, 60) {
      return .door
    }
    return !saysMore && doorWords.contains(first) ? .door : .page
  }

  private static func begins(_ title: String, _ beginnings: [String], _ longest: Int) -> Bool {
    // The titles of articles about such pages begin like this too, but are longer.
    title.utf8.count <= longest && beginnings.contains { title.utf8.starts(with: $0.utf8) }
  }

  /// A title with `*` at the end must not continue with a letter: `please wait…`, but not
  /// `please waiter`.
  private static func matches(_ title: String, _ mark: String) -> Bool {
    guard title.utf8.first == mark.utf8.first else { return false }
    guard mark.utf8.last == UInt8(ascii: "*") else {
      return title.utf8.elementsEqual(mark.utf8)
    }
    let beginning = mark.utf8.dropLast()
    guard title.utf8.starts(with: beginning) else { return false }
    let rest = String(decoding: title.utf8.dropFirst(beginning.count), as: UTF8.self)
    guard let next = rest.unicodeScalars.first(where: { $0 != " " }) else { return true }
    return !next.properties.isAlphabetic
  }

  /// The part before the name of the site.
  private static func firstPart(of title: String) -> String {
    for separator in [" | ", " · ", " • ", " - ", " – ", " — ", " :: ", " : ", ": "] {
      if let range = title[...].firstRange(ofASCII: separator) {
        return String(title[..<range.lowerBound])
      }
    }
    return title
  }

  /// Names in the paths of login and consent pages.
  private static let doorNames: Set<String> = [
    "login", "log-in", "log_in", "signin", "sign-in", "sign_in", "logon", "auth", "oauth",
    "oauth2", "authorize", "authenticate", "sso", "saml", "saml2", "consent", "challenge",
    "captcha", "checkpoint", "login.php", "login.html", "login.aspx", "login.jsp", "wp-login.php",
    "servicelogin",
  ]

  /// First names in the hosts of login and consent pages.
  private static let doorHosts: Set<String> = [
    "accounts", "login", "auth", "signin", "sso", "consent", "idp", "passport",
  ]

  /// Whether an address is that of a login or consent page.
  package static func isDoor(host: String, path: String) -> Bool {
    let first = host.utf8.prefix { $0 != UInt8(ascii: ".") }
    return doorHosts.contains(String(decoding: Array(first), as: UTF8.self))
      || path.lowercased().utf8.split(separator: UInt8(ascii: "/")).contains { name in
        doorNames.contains(String(decoding: Array(name), as: UTF8.self))
      }
  }
}
