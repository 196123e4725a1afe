import Testing

@testable import Favourites

struct LinkCleaningTests {
  @Test(arguments: [
    ("https://x.org/?utm_source=a&id=1&fbclid=b", "https://x.org/?id=1"),
    ("https://x.org/p?id=1&UTM_Medium=a#part", "https://x.org/p?id=1#part"),
    ("https://x.org/?gclid=1", "https://x.org/"), ("https://x.org/?_ga#top", "https://x.org/#top"),
    ("https://x.org/?a=1&mc_eid=2&&b=%20", "https://x.org/?a=1&&b=%20"),
  ])
  func `what tells visitors apart goes`(url: String, cleaned: String) {
    #expect(LinkCleaning.cleaned(url) == cleaned)
  }

  @Test(arguments: [
    "https://x.org/", "https://x.org/?", "https://x.org/?id=1&&b", "https://x.org/?utm=1",
    "https://x.org/?my_utm_source=1", "https://x.org/?q=gclid", "https://x.org/#?gclid=1",
    "https://x.org/?q=caf\u{E9}&gclids=1", "geo:1,2?z=3", "",
  ])
  func `anything else stays to the letter`(url: String) {
    #expect(Array(LinkCleaning.cleaned(url).utf8) == Array(url.utf8))
  }
}
