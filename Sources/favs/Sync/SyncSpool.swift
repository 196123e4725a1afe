internal import Host
internal import Sync

/// The data that a sync is going to send, in an unnamed file.
final class SyncSpool: Spool {
  /// The file, created when something is first written.
  private final class Place {
    let file: File

    init(in folder: String) throws(HostError) {
      try Directory.createPrivate(folder)
      file = try File.nameless(in: folder)
    }
  }

  private let folder: String
  private var place: Place?
  private var end: Int64 = 0
  private(set) var failure: Failure?

  /// - Parameter folder: where to create the file; only this user may write there.
  init(in folder: String) { self.folder = folder }

  var hasFailed: Bool { failure != nil }

  func keep(_ bytes: [UInt8]) -> Int64 {
    let start = end
    end += Int64(bytes.count)
    do throws(HostError) {
      let place: Place
      if let known = self.place { place = known } else { place = try Place(in: folder) }
      self.place = place
      try place.file.put(bytes, at: start)
    } catch {
      if failure == nil { failure = Failure(error) }
    }
    return start
  }

  func bytes(at place: Int64, count: Int) -> [UInt8]? {
    do throws(HostError) {
      let bytes = try self.place?.file.read(at: place, count: count)
      return bytes?.count == count ? bytes : nil
    } catch {
      if failure == nil { failure = Failure(error) }
      return nil
    }
  }
}
