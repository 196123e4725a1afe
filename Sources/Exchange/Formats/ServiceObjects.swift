internal import Favourites

// JSON objects of services, read as the rows of a table.

extension Format {
  /// GitHub's API response for starred repositories, with or without the dates. Only fields of
  /// interest to people are kept; API addresses, the owner, and all but two counts are skipped.
  ///
  /// Source: docs.github.com, "REST API endpoints for starring".
  static let github = objects(
    "github", summary: "GitHub's stars, JSON",
    TableLayout(
      columns: [
        "full_name": .field(.title), "html_url": .field(.url), "description": .field(.note),
        "topics": .field(.tags), "starred_at": .field(.createdAt),
        "language": .metadata("language"), "stargazers_count": .metadata("stargazers_count"),
        "forks_count": .metadata("forks_count"), "homepage": .metadata("homepage"),
        "license.spdx_id": .metadata("license"), "created_at": .metadata("repository_created"),
        "pushed_at": .metadata("pushed"),
        "archived": .custom { $0.set("archived", when: $1 == "yes") },
        "fork": .custom { $0.set("fork", when: $1 == "yes") },
        "private": .custom { $0.set("private", when: $1 == "yes") },
      ], others: .ignored)
  ) { sniff, json in
    json.has("full_name", "html_url", "stargazers_count")
      || json.has("starred_at") && json.holds(anyOf: "repo.full_name")
  }

  /// GoodLinks' export.
  ///
  /// Source: `url`, `title`, `summary`, `tags`, `addedAt`, `readAt`, `starred`, in its exports.
  static let goodlinks = objects(
    "goodlinks", summary: "GoodLinks, JSON",
    TableLayout(
      columns: [
        "summary": .field(.note),
        "readat": .custom { $0.set("read", ForeignDate.any($1)?.text ?? $1) },
        "starred": .custom { $0.set("starred", when: $1 == "yes") },
      ])
  ) { _, json in json.has("addedAt", "url") }

  /// Trakt's export: films, series and episodes that are on a list, or were rated or watched.
  ///
  /// Source: trakt.docs.apiary.io, "Sync"; the files of its exports contain the same objects.
  static let trakt = objects(
    "trakt", summary: "Trakt, JSON",
    TableLayout(
      columns: [
        "id": .ignored, "rank": .ignored, "ids.slug": .ignored, "notes": .field(.note),
        "ids.imdb": .metadata("imdb"), "ids.tmdb": .metadata("tmdb"),
        "ids.tvdb": .metadata("tvdb"), "ids.trakt": .metadata("trakt"),
      ])
  ) { sniff, json in
    (json.has("movie") || json.has("show") || json.has("episode") || json.has("season"))
      && sniff.contains("\"ids\"") && sniff.contains("\"trakt\"")
  }
}
