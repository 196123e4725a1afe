/// Sites known to answer programs with a status that says nothing about the page.
///
/// Pure data: a new site is a new line. Any other site that answers with 401, 403, 407, 429, 451 or
/// 999 is treated the same.
enum Habits {
  /// The end of the host name, and the site's statuses for programs.
  private static let sites: [(host: String, statuses: Set<Int>)] = [
    ("linkedin.com", [400, 404, 500, 503]), ("facebook.com", [400, 404, 500]),
    ("instagram.com", [400, 404, 500, 502]), ("x.com", [400, 404, 500, 503]),
    ("twitter.com", [400, 404, 500, 503]), ("t.co", [400, 404, 500]),
    ("threads.net", [400, 500]), ("tiktok.com", [400, 500, 503]),
    ("amazon.com", [404, 405, 500, 503]), ("amazon.co.uk", [404, 405, 500, 503]),
    ("amazon.de", [404, 405, 500, 503]), ("amazon.fr", [404, 405, 500, 503]),
    ("amazon.it", [404, 405, 500, 503]), ("amazon.es", [404, 405, 500, 503]),
    ("amazon.co.jp", [404, 405, 500, 503]), ("amazon.in", [404, 405, 500, 503]),
    ("amazon.ca", [404, 405, 500, 503]), ("imdb.com", [202, 405, 503]),
    ("quora.com", [400, 500]), ("reddit.com", [400, 500, 503]), ("medium.com", [400, 500]),
    ("glassdoor.com", [400, 500]), ("indeed.com", [400, 500]), ("zillow.com", [400, 404]),
    ("yelp.com", [400, 404, 503]), ("tripadvisor.com", [400, 500, 503]),
    ("ticketmaster.com", [400, 404, 500]), ("bloomberg.com", [400, 404]), ("wsj.com", [400, 404]),
    ("reuters.com", [400, 404, 406]), ("sciencedirect.com", [400, 404, 500]),
    ("researchgate.net", [400, 404, 500]), ("jstor.org", [400, 404, 420]),
    ("ieee.org", [202, 418, 502]), ("acm.org", [400, 503]), ("wiley.com", [400, 503]),
    ("springer.com", [400, 503]), ("canva.com", [400, 404]), ("udemy.com", [400, 404]),
    ("etsy.com", [400, 404, 503]), ("walmart.com", [400, 412, 520]), ("bestbuy.com", [400, 500]),
    ("homedepot.com", [400, 500, 503]), ("target.com", [400, 404]), ("nike.com", [400, 404]),
    ("adidas.com", [400, 404, 503]), ("stackoverflow.com", [400, 503]),
  ]

  /// Whether a site is known to answer programs with this status, whatever the page.
  static func knows(_ status: Int, of host: String) -> Bool {
    sites.contains { site in
      site.statuses.contains(status) && (host == site.host || host.hasSuffix("." + site.host))
    }
  }
}
