extension SyncState {
  /// The text that the file keeps.
  var stored: String {
    var json = JSONWriter()
    json.beginObject()
    json.member("set", set?.text)
    if !recipients.isEmpty {
      json.key("recipients")
      json.beginArray()
      for recipient in recipients { json.string(recipient) }
      json.endArray()
    }
    json.member("me", me?.text)
    json.member("host", host)
    Self.write("mine", mine, to: &json)
    json.member("last", last)
    json.member("seen", seen)
    json.member("ahead", ahead)
    json.member("seq", seq)
    json.member("ms", ms)
    Self.write(recent, to: &json)
    json.member("manifest", manifest)
    if let pending {
      json.key("pending")
      json.beginObject()
      json.member("manifest", pending.manifest)
      json.member("seq", pending.seq)
      json.member("ms", pending.ms)
      Self.write(pending.recent, to: &json)
      json.member("whole", pending.isWhole ? 1 : 0)
      json.member("purged", pending.purged)
      json.endObject()
    }
    json.member("first", isFirst ? 1 : 0)
    json.member("unclean", isUnclean ? 1 : 0)
    json.member("churn", churn)
    json.key("was")
    json.beginObject()
    for (device, ms) in was.sorted(by: { $0.key < $1.key }) { json.member(device.text, ms) }
    json.endObject()
    Self.write("retired", retired, to: &json)
    json.key("peers")
    json.beginObject()
    for (device, peer) in peers.sorted(by: { $0.key < $1.key }) {
      json.key(device.text)
      json.beginObject()
      json.member("name", peer.name)
      json.member("seq", peer.seq)
      json.member("publication", peer.publication)
      json.member("ms", peer.ms)
      Self.write(peer.recent, to: &json)
      json.member("manifest", peer.manifest)
      json.endObject()
    }
    json.endObject()
    json.member("listing", listing)
    json.member("synced_at", syncedAt)
    json.endObject()
    return String(decoding: json.bytes, as: UTF8.self)
  }

  private static func write(_ name: String, _ uids: Set<UID>, to json: inout JSONWriter) {
    json.key(name)
    json.beginArray()
    for uid in uids.sorted() { json.string(uid.text) }
    json.endArray()
  }

  private static func write(_ recent: [Publication], to json: inout JSONWriter) {
    json.key("recent")
    json.beginArray()
    for publication in recent { publication.write(to: &json) }
    json.endArray()
  }

  /// Parses the output of `stored`; nil if the text is damaged.
  init?(stored text: String) {
    guard case .object(let object)? = try? JSONValue.parse(Array(text.utf8)) else { return nil }
    set = object.uid("set")
    me = object.uid("me")
    if case .array(let values)? = object["recipients"] { recipients = values.compactMap(\.text) }
    host = object.text("host")
    mine = object.uids("mine")
    last = object.whole("last")
    seen = object.whole("seen")
    ahead = object.whole("ahead")
    seq = object.whole("seq")
    ms = object.whole("ms")
    recent = object.publications
    manifest = object.text("manifest")
    if case .object(let pending)? = object["pending"] {
      self.pending = PendingPublication(
        manifest: pending.text("manifest"), seq: pending.whole("seq"), ms: pending.whole("ms"),
        recent: pending.publications, isWhole: pending.whole("whole") == 1,
        purged: pending.whole("purged"))
    }
    isFirst = object.whole("first") == 1
    isUnclean = object.whole("unclean") == 1
    churn = object.whole("churn")
    if case .object(let was)? = object["was"] {
      for member in was.members {
        if let uid = UID(text: member.key), let ms = member.value.whole { self.was[uid] = ms }
      }
    }
    retired = object.uids("retired")
    if case .object(let peers)? = object["peers"] {
      for member in peers.members {
        guard let uid = UID(text: member.key), case .object(let values) = member.value else {
          continue
        }
        var peer = SyncPeer()
        peer.name = values.text("name")
        peer.seq = values.whole("seq")
        peer.publication = values.text("publication")
        peer.ms = values.whole("ms")
        peer.recent = values.publications
        peer.manifest = values.text("manifest")
        self.peers[uid] = peer
      }
    }
    listing = object.text("listing")
    syncedAt = object.whole("synced_at")
  }
}

extension JSONObject {
  fileprivate func text(_ key: String) -> String { self[key]?.text ?? "" }
  fileprivate func whole(_ key: String) -> Int64 { self[key]?.whole ?? 0 }
  fileprivate func uid(_ key: String) -> UID? { self[key]?.text.flatMap(UID.init(text:)) }

  fileprivate func uids(_ key: String) -> Set<UID> {
    guard case .array(let values)? = self[key] else { return [] }
    return Set(values.compactMap { $0.text.flatMap(UID.init(text:)) })
  }

  fileprivate var publications: [Publication] {
    guard case .array(let values)? = self["recent"] else { return [] }
    return values.compactMap(Publication.init)
  }
}
