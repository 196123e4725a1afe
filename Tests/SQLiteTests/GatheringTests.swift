import CSQLite
import TestSupport
import Testing

/// What SQLite writes to a file is gathered: see `gathering.h`.
struct GatheringTests {
  @Test func `pieces that follow on each other are written at once, when they are synced`() {
    withGathering(isJournal: true) { file, disk in
      var wanted: [UInt8] = []
      for page in 0..<10 {
        for piece in [4, 4_096, 4] {
          let bytes = [UInt8](repeating: UInt8(page + piece % 7), count: piece)
          #expect(file.write(bytes, at: wanted.count) == SQLITE_OK)
          wanted += bytes
        }
      }
      #expect(disk.writes.isEmpty)
      #expect(file.size() == wanted.count)
      #expect(file.sync() == SQLITE_OK)
      #expect(disk.writes == [0..<41_040])
      #expect(disk.bytes == wanted)
      #expect(disk.syncs == 1)
    }
  }

  @Test func `what is written elsewhere, or is too much, lets the rest go first`() {
    withGathering(isJournal: false) { file, disk in
      file.write([1, 2], at: 0)
      file.write([9], at: 100)
      #expect(disk.writes == [0..<2])
      // Over what waits: later bytes win.
      file.write([8], at: 100)
      file.write([UInt8](repeating: 7, count: 70_000), at: 101)
      #expect(disk.writes == [0..<2, 100..<101, 100..<101, 101..<70_101])
      for place in 0..<17 {
        file.write([UInt8](repeating: 5, count: 4_096), at: 70_101 + place * 4_096)
      }
      #expect(disk.writes.last == 70_101..<135_637)
      file.unlock()
      #expect(disk.writes.last == 135_637..<139_733)
      #expect(disk.bytes.prefix(3).elementsEqual([1, 2, 0]))
      #expect(disk.bytes[99..<103].elementsEqual([0, 8, 7, 7]))
    }
  }

  @Test func `what SQLite tells instead of a sync passes everything on`() {
    withGathering(isJournal: false) { file, disk in
      file.write([1], at: 0)
      file.control(SQLITE_FCNTL_SIZE_HINT)
      #expect(disk.writes.isEmpty)
      file.control(SQLITE_FCNTL_SYNC)
      #expect(disk.writes == [0..<1])
    }
  }

  @Test func `a journal that the disk has no room for can be read to its end`() {
    withGathering(isJournal: true) { file, disk in
      let page = [UInt8](repeating: 3, count: 4_096)
      for place in 0..<16 { file.write(page, at: place * 4_096) }
      disk.failure = SQLITE_FULL
      #expect(file.write(page, at: 65_536) == SQLITE_FULL)
      #expect(file.sync() == SQLITE_FULL)
      #expect(file.size() == 65_536)
      #expect(file.read(4_096, at: 61_440) == (SQLITE_OK, page))
      disk.failure = SQLITE_OK
      file.close()
      #expect(disk.writes.isEmpty)
      #expect(disk.isClosed)
    }
  }

  @Test func `a page of a database that could not be written is not written later`() {
    withGathering(isJournal: false) { file, disk in
      file.write([1, 1], at: 0)
      file.sync()
      file.write([2, 2], at: 0)
      disk.failure = SQLITE_FULL
      #expect(file.sync() == SQLITE_FULL)
      disk.failure = SQLITE_OK
      #expect(file.read(2, at: 0) == (SQLITE_OK, [1, 1]))
      file.write([3], at: 1)
      file.close()
      #expect(disk.bytes == [1, 3])
    }
  }

  @Test(arguments: 1...20)
  func `a file reads like one that gathers nothing`(seed: UInt64) {
    var random = SplitMix(seed: seed)
    withGathering(isJournal: seed % 2 == 0) { file, disk in
      var model: [UInt8] = []
      for step in 0..<2_000 {
        let place = Int.random(in: 0..<200_000, using: &random)
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<50:
          // Most go on where the last ended.
          let start = Bool.random(using: &random) ? model.count : place
          let count = [1, 4, 512, 4_096, 66_000].randomElement(using: &random) ?? 1
          guard start + count < 400_000 else { continue }
          let bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: step), count: count)
          #expect(file.write(bytes, at: start) == SQLITE_OK)
          model += [UInt8](repeating: 0, count: max(start + count - model.count, 0))
          model.replaceSubrange(start..<(start + count), with: bytes)
        case 50..<85:
          let count = [1, 100, 4_096, 80_000].randomElement(using: &random) ?? 1
          let start = Bool.random(using: &random) ? max(model.count - count / 2, 0) : place
          let there = Array(model.dropFirst(start).prefix(count))
          let wanted = there + [UInt8](repeating: 0, count: count - there.count)
          let code = there.count < count ? shortRead : SQLITE_OK
          let (found, bytes) = file.read(count, at: start)
          #expect(found == code && bytes == wanted, "\(count) at \(start)")
        case 85..<95: #expect(file.size() == model.count)
        case 95..<97:
          let size = min(place, model.count)
          #expect(file.truncate(size) == SQLITE_OK)
          model.removeLast(model.count - size)
        default:
          #expect(file.sync() == SQLITE_OK)
          #expect(disk.bytes == model)
        }
      }
    }
  }
}

/// `SQLITE_IOERR_SHORT_READ`: a macro that Swift does not import.
private let shortRead: Int32 = SQLITE_IOERR | 2 << 8

/// A file in memory that notes what is done to it.
private final class Disk {
  var bytes: [UInt8] = []
  var writes: [Range<Int>] = []
  var syncs = 0
  var isClosed = false
  /// What writing to it ends with.
  var failure = SQLITE_OK

  /// The disk behind a file: its address stands after the file.
  static func behind(_ file: UnsafeMutablePointer<sqlite3_file>?) -> Disk {
    let address = UnsafeRawPointer(file!.advanced(by: 1)).load(as: UnsafeRawPointer.self)
    return Unmanaged<Disk>.fromOpaque(address).takeUnretainedValue()
  }

  static func methods() -> sqlite3_io_methods {
    var methods = sqlite3_io_methods()
    methods.iVersion = 1
    methods.xClose = { file in
      Disk.behind(file).isClosed = true
      return SQLITE_OK
    }
    methods.xWrite = { file, bytes, count, start in
      let disk = Disk.behind(file)
      guard disk.failure == SQLITE_OK else { return disk.failure }
      let range = Int(start)..<(Int(start) + Int(count))
      disk.writes.append(range)
      disk.bytes += [UInt8](repeating: 0, count: max(range.upperBound - disk.bytes.count, 0))
      disk.bytes.replaceSubrange(
        range, with: UnsafeRawBufferPointer(start: bytes, count: Int(count)))
      return SQLITE_OK
    }
    methods.xRead = { file, bytes, count, start in
      let there = Disk.behind(file).bytes.dropFirst(Int(start)).prefix(Int(count))
      let place = UnsafeMutableRawBufferPointer(start: bytes, count: Int(count))
      place.copyBytes(from: there + [UInt8](repeating: 0, count: Int(count) - there.count))
      return there.count < Int(count) ? shortRead : SQLITE_OK
    }
    methods.xTruncate = { file, size in
      let disk = Disk.behind(file)
      disk.bytes.removeLast(max(disk.bytes.count - Int(size), 0))
      return SQLITE_OK
    }
    methods.xSync = { file, _ in
      Disk.behind(file).syncs += 1
      return SQLITE_OK
    }
    methods.xFileSize = { file, size in
      size?.pointee = Int64(Disk.behind(file).bytes.count)
      return SQLITE_OK
    }
    methods.xUnlock = { _, _ in SQLITE_OK }
    methods.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
    return methods
  }
}

/// A file that gathers what is written to a disk.
private struct Gathering {
  let file: UnsafeMutablePointer<sqlite3_file>

  private var methods: sqlite3_io_methods { file.pointee.pMethods.pointee }

  @discardableResult
  func write(_ bytes: [UInt8], at start: Int) -> Int32 {
    bytes.withUnsafeBytes {
      methods.xWrite(file, $0.baseAddress, Int32($0.count), Int64(start))
    }
  }

  func read(_ count: Int, at start: Int) -> (Int32, [UInt8]) {
    var bytes = [UInt8](repeating: 0xEE, count: count)
    let code = bytes.withUnsafeMutableBytes {
      methods.xRead(file, $0.baseAddress, Int32(count), Int64(start))
    }
    return (code, bytes)
  }

  func truncate(_ size: Int) -> Int32 { methods.xTruncate(file, Int64(size)) }

  @discardableResult
  func sync() -> Int32 { methods.xSync(file, 0) }

  func size() -> Int {
    var size: Int64 = -1
    _ = methods.xFileSize(file, &size)
    return Int(size)
  }

  func unlock() { _ = methods.xUnlock(file, SQLITE_LOCK_NONE) }

  func control(_ operation: Int32) { _ = methods.xFileControl(file, operation, nil) }

  func close() { _ = methods.xClose(file) }
}

private func withGathering(isJournal: Bool, _ body: (Gathering, Disk) -> Void) {
  let disk = Disk()
  let own = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
  own.initialize(to: Disk.methods())
  defer { own.deallocate() }
  let memory = UnsafeMutableRawPointer.allocate(
    byteCount: Int(favs_gathering_size_in_memory()) + 64, alignment: 16)
  defer { memory.deallocate() }
  let file = memory.bindMemory(to: sqlite3_file.self, capacity: 1)
  let real = favs_gathering_real(file)!
  real.pointee.pMethods = UnsafePointer(own)
  UnsafeMutableRawPointer(real.advanced(by: 1)).storeBytes(
    of: UnsafeRawPointer(Unmanaged.passUnretained(disk).toOpaque()), as: UnsafeRawPointer.self)
  favs_gathering_begin(file, isJournal ? 1 : 0)
  withExtendedLifetime(disk) {
    body(Gathering(file: file), disk)
    if !disk.isClosed { Gathering(file: file).close() }
  }
}
