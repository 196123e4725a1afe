internal import Favourites
internal import Sync

/// Lists devices, or removes one.
struct SyncDevices: Command {
  static let synopsis = Synopsis<Self>(
    "List devices, or remove one that is gone",
    details: [
      "Lists each device with its name, the time of its last change that is known here, and its "
        + "id. --retire removes the files of a device from the remote, and keeps what only they "
        + "had. If the device comes back, it joins again by itself."
    ],
    options: [
      .text("retire", nil, "NAME", "remove the device with this name or id", \.retired)
    ] + WriteOptions.askingOptions.lifted(to: \.write),
    examples: [Example("favs sync devices --retire old-laptop", "remove a device that is gone")],
    exits: [
      .done, .incomplete, .usage, .notFound, .conflict, .busy, .database, .inputOutput,
    ],
    seeAlso: ["undo"])

  var operands: [String] = []
  var global = GlobalOptions()
  var retired: String?
  var write = WriteOptions()

  /// The other devices that have data on the remote, by name.
  static func others(_ state: SyncState) -> [(uid: UID, peer: SyncPeer)] {
    state.peers.filter { !state.mine.contains($0.key) && $0.value.seq > 0 }
      .sorted { ($0.value.name, $0.key) < ($1.value.name, $1.key) }
      .map { ($0.key, $0.value) }
  }

  func run(in context: inout Context) throws(Failure) -> ExitCode {
    let state = try state(context)
    if let retired { return try retire(retired, state, &context) }
    var devices: [(name: String, uid: UID, ms: Int64, isThis: Bool)] = Self.others(state).map {
      ($0.peer.name, $0.uid, $0.peer.ms, false)
    }
    if let me = state.me { devices.insert((state.host, me, state.ms, true), at: 0) }
    if global.isJSON {
      try context.output.write(arrayOf: devices) { (device, json) in
        json.beginObject()
        json.member("name", device.name)
        json.member("uid", device.uid.text)
        json.member("last", Timestamp(milliseconds: device.ms).text)
        json.member("this", device.isThis)
        json.endObject()
      }
      return .done
    }
    for device in devices {
      let name = Escaping.forTSV(device.name) + (device.isThis ? " (this one)" : "")
      try context.output.write(
        "\(name)\t\(Timestamp(milliseconds: device.ms).text)\t\(device.uid.text)\n")
    }
    return .done
  }

  private func state(_ context: Context) throws(Failure) -> SyncState {
    let store = try context.reading()
    guard let state = try context.opened(store.syncState()) else {
      throw SyncStatus.notSynced
    }
    return state
  }

  private func retire(
    _ name: String, _ state: SyncState, _ context: inout Context
  ) throws(Failure) -> ExitCode {
    let found = Self.others(state).filter { $0.peer.name == name || $0.uid.text == name }
    guard let device = found.first else {
      throw Failure(
        .notFound, "no other device is called '\(name)'", hint: "favs sync devices lists them")
    }
    guard found.count == 1 else {
      throw Failure(
        .conflict, "\(found.count) devices are called '\(name)'", hint: "use the id of one")
    }
    try context.confirmOrRefuse(
      "Remove '\(name)' from the remote?",
      otherwise: "a device that is still in use has to join again after this", write)
    var work = SyncWork()
    work.write = write
    work.request.isYes = write.isYes
    work.request.retired = [device.uid]
    let report = try work.run(in: &context)
    return try SyncPrinter.tell(report, isRehearsal: write.isRehearsal, &context)
  }
}
