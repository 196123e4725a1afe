package import Favourites

/// What a remote holds, as a driver has it before it.
package protocol RemoteFiles: AnyObject {
  /// The paths of all files that may be of a set.
  var paths: Set<String> { get }
  /// The bytes of a file; nil for one that is not there, not there yet, or larger than a limit.
  func bytes(of path: String, atMost limit: Int) -> [UInt8]?
  /// How many bytes a file has; nil for one that is not there.
  func size(of path: String) -> Int64?
  /// Says which files are going to be read, so that they can be fetched at once.
  func prepare(_ paths: [String])
  /// Whether a file has the same bytes each time it is read.
  var isFixed: Bool { get }
  /// Whether anything that is there could not be read so far. It is not for that a file that is not there, and what a run
  /// made of the rest does not count.
  var hasFailed: Bool { get }
}

/// How far a run has come: so many of so many.
package enum SyncStep: Equatable, Sendable {
  /// Files of other devices were looked at.
  case reading(Int, of: Int)
  /// What stands in files of other devices was merged.
  case merging(Int, of: Int)
  /// Favourites and categories were made ready to be sent.
  case preparing(Int, of: Int)
}

/// A remote as one run finds it: its set, and what its devices have.
package struct RemoteView {
  package let files: any RemoteFiles
  /// What the files are sealed with; nil where all can read them.
  package let seal: (any Seal)?
  /// Where what is to be sent is kept; nil to hold all of it in memory.
  let spool: (any Spool)?
  /// Is told how far a run has come.
  package let watch: (SyncStep) -> Void
  /// The set; nil where there is none yet.
  package private(set) var set: UID?
  package private(set) var manifests: [UID: Manifest] = [:]
  /// The names of the manifests: see `SHA256.name`.
  package private(set) var names: [UID: String] = [:]
  /// Devices whose manifest is not taken, and why.
  package private(set) var aside: [UID: SegmentError] = [:]

  /// Reads the manifests.
  ///
  /// - Parameters:
  ///   - marker: that of the remote; nil where there is none yet.
  ///   - seal: what opens them; that it fits is for the caller to find out.
  ///   - spool: where what is to be sent is kept, where it is much; nil to hold all of it in memory.
  ///   - watch: is told how far a run with it has come.
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

  /// What a file holds; nil for what cannot be opened.
  func opened(_ bytes: [UInt8], atMost limit: Int) -> [UInt8]? {
    if let seal { seal.opened(bytes, atMost: limit) } else { bytes }
  }

  /// A file of these bytes.
  func sealed(_ bytes: [UInt8]) -> [UInt8] { seal?.sealed(bytes) ?? bytes }

  /// Whether anything went wrong, so that what came of a run does not count.
  var hasFailed: Bool {
    files.hasFailed || seal?.hasFailed == true || spool?.hasFailed == true
  }

  /// The bytes of a segment as the remote has them; nil where they are not all there, or are others than the manifest says.
  ///
  /// - Parameter isChecked: whether they were looked at before, and are the same.
  func bytes(_ part: Manifest.Part, of device: UID, isChecked: Bool = false) -> [UInt8]? {
    guard let bytes = files.bytes(of: part.path(of: device), atMost: Segment.longest),
      isChecked || SHA256.name(bytes) == part.hash
    else { return nil }
    return bytes
  }

  /// A segment; nil where it is not all there.
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

  /// The same without its lines of favourites.
  func glance(
    at part: Manifest.Part, of device: UID, in set: UID
  ) throws(SegmentError) -> SegmentGlance? {
    guard let bytes = bytes(part, of: device) else { return nil }
    guard let plain = opened(bytes, atMost: Segment.longest) else { throw .malformed }
    return try SegmentGlance(plain, of: device, in: set)
  }

  /// A segment as the remote has it, opened.
  func segment(_ bytes: [UInt8], of device: UID, in set: UID) throws(SegmentError) -> Segment {
    guard let plain = opened(bytes, atMost: Segment.longest) else { throw .malformed }
    return try Segment(plain, of: device, in: set)
  }

  /// The segments of a device that are there, as long as they should be. What is in them is looked at when it is read.
  func whole(_ device: UID) -> [Manifest.Part] {
    (manifests[device]?.parts ?? []).filter { files.size(of: $0.path(of: device)) == $0.bytes }
  }

  /// Fetches what a file with this state has not merged yet.
  package func prepare(for state: SyncState) {
    files.prepare(news(for: state))
  }

  /// The segments that a file with this state has not merged yet, in the order in which they are read.
  func news(for state: SyncState) -> [String] {
    var paths: [String] = []
    for (device, manifest) in manifests.sorted(by: { $0.key < $1.key }) where device != state.me {
      paths += manifest.parts(newTo: state.peers[device]).map { $0.path(of: device) }
    }
    return paths
  }

  /// The segments in a device's folder, whether a manifest names them or not.
  func segmentPaths(of device: UID) -> [String] {
    let folder = "d/\(device.hex)/"
    return files.paths.filter { $0.utf8.starts(with: folder.utf8) && $0.hasSuffix(".seg") }.sorted()
  }
}

/// Why a run changed nothing.
package enum SyncRefusal: Error, Equatable, Sendable {
  /// The clock of this machine is past all use.
  case clock
  /// The remote has lost its marker, or a device's manifest.
  case lost(String)
  /// The remote holds an older state of a device than was merged.
  case wentBack(String)
  /// The remote holds another set.
  case otherSet
  /// More than is done without being asked.
  case tooMuch(Excess, count: Int, of: Int)
  /// What is there is of a newer favs, or no set.
  case unreadable(SegmentError)
  /// Something that is there could not be read.
  case unread
  /// Corrections do not come to an end.
  case endless

  /// What there is too much of.
  package enum Excess: Sendable {
    case trashed, changed, added, trashedElsewhere
  }
}

/// How a run is to be made.
package struct SyncRequest: Sendable {
  /// Whether much may change at once.
  package var isYes = false
  /// Whether the remote is to be made whole from here, after it went back.
  package var isAgain = false
  /// Whether links of one category are taken for the same at a first sync.
  package var matches = true
  /// Devices whose folders this one is to take over.
  package var retired: [UID] = []
  /// So many lines of favourites are held at a time.
  package var portion = 8_192
  /// Whether all lines are read before any is merged, however many there are.
  var readsAllFirst = false

  package init() {}
}

/// What a run wants of a remote, and what it brought.
package struct SyncOutcome {
  /// Files to be written, manifests and the marker last.
  package var puts: [(path: String, payload: Payload)] = []
  /// Files of its own that nothing names any more.
  package var deletes: [String] = []
  package var tally = MergeTally()
  package var conflicts = 0
  /// How many lines are sent.
  package var sent = 0
  package var change: Int64?
  /// Whether anything was emptied, so that older copies of the text are to go.
  package var hasForgotten = false
  package var isJoining = false
  package var refusal: SyncRefusal?
  /// Whether it was refused since a segment is other than it seemed at a glance: reading all first tells why.
  var isSurprised = false

  package init() {}

  /// Whether a manifest is among what is written.
  package var publishes: Bool { puts.contains { $0.path.hasSuffix("/manifest") } }
}
