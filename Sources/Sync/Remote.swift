package import Favourites

/// The files of a remote, as a driver provides them.
package protocol RemoteFiles: AnyObject {
  /// The paths of all files that may belong to a set.
  var paths: Set<String> { get }
  /// The bytes of a file; nil if it does not exist, is incomplete, or exceeds a limit.
  func bytes(of path: String, atMost limit: Int) -> [UInt8]?
  /// The size of a file in bytes; nil if it does not exist.
  func size(of path: String) -> Int64?
  /// Announces the files to be read next, so that they can be fetched together.
  func prepare(_ paths: [String])
  /// Whether repeated reads of a file return the same bytes.
  var isFixed: Bool { get }
  /// Whether an existing file could not be read so far. Such a file is not missing, so the result
  /// of a run without it is invalid.
  var hasFailed: Bool { get }
}

/// The progress of a run.
package enum SyncStep: Equatable, Sendable {
  /// Files of other devices were read.
  case reading(Int, of: Int)
  /// Data in files of other devices was merged.
  case merging(Int, of: Int)
  /// Favourites and categories were prepared for sending.
  case preparing(Int, of: Int)
}

/// The state of a remote in one run: its set, and the data of its devices.
package struct RemoteView {
  package let files: any RemoteFiles
  /// The seal of the files; nil if they are not encrypted.
  package let seal: (any Seal)?
  /// Temporary storage for data to be sent; nil to keep all of it in memory.
  let spool: (any Spool)?
  /// Receives the progress of a run.
  package let watch: (SyncStep) -> Void
  /// The set; nil if there is none yet.
  package private(set) var set: UID?
  package private(set) var manifests: [UID: Manifest] = [:]
  /// The names of manifests: see `SHA256.name`.
  package private(set) var names: [UID: String] = [:]
  /// The devices whose manifests were rejected, with the reason.
  package private(set) var aside: [UID: SegmentError] = [:]

  /// Reads the manifests.
  ///
  /// - Parameters:
  ///   - marker: the marker of the remote; nil if there is none yet.
  ///   - seal: the seal of the files; the caller must have checked the key.
  ///   - spool: temporary storage for data to be sent; nil to keep all of it in memory.
  ///   - watch: receives the progress of a run.
  package init(
    _ files: any RemoteFiles, _ marker: Marker?, _ seal: (any Seal)? = nil,
    spool: (any Spool)? = nil, watch: @escaping (SyncStep) -> Void = { _ in }
  ) {
    self.files = files
    self.seal = seal
    self.spool = spool
    self.watch = watch
    set = marker?.set
    for path in files.paths.sorted() {
      guard let device = Self.device(ofManifest: path),
        let bytes = files.bytes(of: path, atMost: Manifest.longest)
      else { continue }
      do throws(SegmentError) {
        guard let plain = opened(bytes, atMost: Manifest.longest) else { throw .malformed }
        let manifest = try Manifest(plain, of: device)
        guard manifest.set == set || set == nil else { throw .malformed }
        manifests[device] = manifest
        names[device] = SHA256.name(bytes)
      } catch {
        aside[device] = error
      }
    }
  }

  private static func device(ofManifest path: String) -> UID? {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].elementsEqual("d".utf8),
      parts[2].elementsEqual("manifest".utf8)
    else { return nil }
    return UID(hex: String(decoding: parts[1], as: UTF8.self))
  }

  /// The contents of a file, unsealed; nil if that fails.
  func opened(_ bytes: [UInt8], atMost limit: Int) -> [UInt8]? {
    if let seal { seal.opened(bytes, atMost: limit) } else { bytes }
  }

  /// The bytes of a file, sealed if necessary.
  func sealed(_ bytes: [UInt8]) -> [UInt8] { seal?.sealed(bytes) ?? bytes }

  /// Whether anything has failed, so that the run is invalid.
  var hasFailed: Bool {
    files.hasFailed || seal?.hasFailed == true || spool?.hasFailed == true
  }

  /// The bytes of a segment as stored on the remote; nil if they are incomplete, or do not match
  /// the manifest.
  ///
  /// - Parameter isChecked: whether they were checked before, and cannot have changed.
  func bytes(_ part: Manifest.Part, of device: UID, isChecked: Bool = false) -> [UInt8]? {
    guard let bytes = files.bytes(of: part.path(of: device), atMost: Segment.longest),
      isChecked || SHA256.name(bytes) == part.hash
    else { return nil }
    return bytes
  }

  /// A segment; nil if it is incomplete.
  ///
  /// - Parameter isKnown: whether it was read before.
  func segment(
    _ part: Manifest.Part, of device: UID, in set: UID, isKnown: Bool = false
  ) throws(SegmentError) -> Segment? {
    guard let bytes = bytes(part, of: device, isChecked: isKnown && files.isFixed) else {
      return nil
    }
    return try segment(bytes, of: device, in: set)
  }

  /// A scan of a segment, without its lines for favourites; nil if it is incomplete.
  func glance(
    at part: Manifest.Part, of device: UID, in set: UID
  ) throws(SegmentError) -> SegmentGlance? {
    guard let bytes = bytes(part, of: device) else { return nil }
    guard let plain = opened(bytes, atMost: Segment.longest) else { throw .malformed }
    return try SegmentGlance(plain, of: device, in: set)
  }

  /// A segment from its bytes on the remote, unsealed.
  func segment(_ bytes: [UInt8], of device: UID, in set: UID) throws(SegmentError) -> Segment {
    guard let plain = opened(bytes, atMost: Segment.longest) else { throw .malformed }
    return try Segment(plain, of: device, in: set)
  }

  /// The segments of a device that exist with the right size. Their contents are checked when they
  /// are read.
  func whole(_ device: UID) -> [Manifest.Part] {
    (manifests[device]?.parts ?? []).filter { files.size(of: $0.path(of: device)) == $0.bytes }
  }

  /// Fetches the segments that were not merged yet.
  package func prepare(for state: SyncState) {
    files.prepare(news(for: state))
  }

  /// The paths of segments that were not merged yet, in the order of reading.
  func news(for state: SyncState) -> [String] {
    var paths: [String] = []
    for (device, manifest) in manifests.sorted(by: { $0.key < $1.key }) where device != state.me {
      paths += manifest.parts(newTo: state.peers[device]).map { $0.path(of: device) }
    }
    return paths
  }

  /// The segments in a device's folder, whether listed in a manifest or not.
  func segmentPaths(of device: UID) -> [String] {
    let folder = "d/\(device.hex)/"
    return files.paths.filter { $0.utf8.starts(with: folder.utf8) && $0.hasSuffix(".seg") }.sorted()
  }
}

/// Why a run was refused.
package enum SyncRefusal: Error, Equatable, Sendable {
  /// The clock of this machine is too far off.
  case clock
  /// The marker of the remote, or a device's manifest, is missing.
  case lost(String)
  /// The remote contains an older state of a device than the one merged.
  case wentBack(String)
  /// The remote contains another set.
  case otherSet
  /// More would change than is allowed without confirmation.
  case tooMuch(Excess, count: Int, of: Int)
  /// The remote is from a newer favs, or not a set at all.
  case unreadable(SegmentError)
  /// An existing file could not be read.
  case unread
  /// Corrections do not terminate.
  case endless

  /// The kind of changes that are too many.
  package enum Excess: Sendable {
    case trashed, changed, added, trashedElsewhere
  }
}

/// The options of a run.
package struct SyncRequest: Sendable {
  /// Whether large changes are allowed.
  package var isYes = false
  /// Whether nothing of it is kept, so that large changes are allowed too.
  var isRehearsal = false
  /// Whether to restore the remote from here, after it went back to an older state.
  package var isAgain = false
  /// Whether a first sync treats favourites with the same link in a category as the same.
  package var matches = true
  /// Devices whose folders this one takes over.
  package var retired: [UID] = []
  /// The number of lines for favourites to hold at a time.
  package var portion = 8_192
  /// Whether to read all lines before merging, however many there are.
  var readsAllFirst = false

  package init() {}
}

/// The result of a run, and the files to change on the remote.
package struct SyncOutcome {
  /// The files to write, with manifests and the marker last.
  package var puts: [(path: String, payload: Payload)] = []
  /// Own files that are no longer listed.
  package var deletes: [String] = []
  package var tally = MergeTally()
  package var conflicts = 0
  /// The number of lines sent.
  package var sent = 0
  package var change: Int64?
  /// Whether anything was purged, so that older copies of the data must be removed.
  package var hasForgotten = false
  package var isJoining = false
  package var refusal: SyncRefusal?
  /// What a dry run did that a run needs a confirmation for.
  package var excess: SyncRefusal?
  /// Whether it was refused because a segment differs from what a scan showed; reading everything
  /// first reveals the reason.
  var isSurprised = false

  package init() {}

  /// Whether the files to write include a manifest.
  package var publishes: Bool { puts.contains { $0.path.hasSuffix("/manifest") } }
}
