import SQLite
import TestSupport
import Testing

@testable import Favourites

struct RankingTests {
  @Test func `a favourite added at rank 1 of five thousand shifts the others down`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.changing { store throws(StoreError) in
        for number in 1...5_000 { try store.addTitled("\(number)", at: nil) }
      }
      try store.changing { store throws(StoreError) in try store.addTitled("first", at: 1) }
      let wanted = ["first"] + (1...5_000).map(String.init)
      #expect(try titles(path, in: "inbox") == wanted)
      #expect(try store.rank(of: 5_001) == 1)
      #expect(try store.rank(of: 1) == 2)
      #expect(try store.rank(of: 5_000) == 5_001)
      try checkStoreLaws(path)
    }
  }

  /// A listing of many counts the first places of a block, and reads the block for the others.
  @Test func `a rank is the same whether it is counted or looked up in its block`() throws {
    var store = try Store.inMemory(named: "memory")
    try store.changing { store throws(StoreError) in
      for number in 1...1_500 { try store.addTitled("\(number)", at: number % 3 == 0 ? 1 : nil) }
    }
    let places = try store.connection.prepare(
      """
      SELECT p.block, p.position, b.category FROM place p JOIN block b ON b.id = p.block
      ORDER BY b.key, p.position
      """)
    var inOrder: [(block: Int64, position: Int64, category: Int64)] = []
    while try places.step() {
      inOrder.append((places.integer(0), places.integer(1), places.integer(2)))
    }
    #expect(inOrder.count == 1_500 && Set(inOrder.map(\.block)).count > 2)
    var random = SplitMix(seed: 7)
    var cache = RankCache()
    for index in inOrder.indices.shuffled(using: &random) {
      let (block, position, category) = inOrder[index]
      let before = try cache.count(before: block, in: category, using: store.connection)
      let ordinal = try cache.ordinal(of: position, in: block, using: store.connection)
      #expect(before + ordinal == Int64(index) + 1)
    }
  }

  @Test(arguments: isFull ? [1, 2, 250, 2_500, 4_999] : [1, 250, 4_999])
  func `five thousand additions at one spot stand in the reverse order`(spot: Int) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.changing { store throws(StoreError) in
        for number in 1..<5_000 { try store.addTitled("old \(number)", at: nil) }
      }
      try store.changing { store throws(StoreError) in
        for number in 1...5_000 { try store.addTitled("new \(number)", at: Int64(spot)) }
      }
      let wanted =
        (1..<spot).map { "old \($0)" } + (1...5_000).reversed().map { "new \($0)" }
        + (spot..<5_000).map { "old \($0)" }
      #expect(try titles(path, in: "inbox") == wanted)
      try checkStoreLaws(path)
    }
  }

  @Test func `additions between two neighbours, now on one side and now on the other`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      var model: [String] = []
      try store.changing { store throws(StoreError) in
        for number in 0..<3_000 {
          let place = number % 2 == 0 ? model.count / 2 : (model.count + 1) / 2
          model.insert("\(number)", at: place)
          try store.addTitled("\(number)", at: Int64(place + 1))
        }
      }
      #expect(try titles(path, in: "inbox") == model)
      try checkStoreLaws(path)
    }
  }

  @Test func `ranks are found however many are asked for, and from either end of a block`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.changing { store throws(StoreError) in
        for number in 1...3_000 { try store.addTitled("\(number)", at: nil) }
      }
      // Blocks with gaps, and one in front of them all.
      try store.changing { store throws(StoreError) in
        try store.remove((1...3_000).filter { $0 % 7 == 0 }.map(Int64.init))
        try store.addTitled("first", at: 1)
      }
      let order = try store.favourites(in: 1)
      let ranks = Array(stride(from: 1, through: order.count, by: 13)) + [order.count, 2, 1]
      var reader = try Store.reading(path)
      let found = try reader.findAll(ranks.map { "inbox#\($0)" })
      #expect(found == ranks.map { order[$0 - 1] }.unique())
      for rank in ranks {
        var reader = try Store.reading(path)
        #expect(try reader.find("inbox#\(rank)") == order[rank - 1])
        #expect(try reader.rank(of: order[rank - 1]) == Int64(rank))
      }
      #expect(throws: StoreError.self) { try reader.find("inbox#\(order.count + 1)") }
      #expect(try reader.rank(of: order[5]) == 6)
    }
  }

  /// Ranks that were read before something was placed or displaced in the same change count no more.
  @Test func `within a change, ranks lead to what has them by then`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      try store.changing { store throws(StoreError) in
        for number in 1...1_500 { try store.addTitled("\(number)", at: nil) }
        var order = try store.favourites(in: 1)
        for turn in 0..<12 {
          let ranks = [1, 700 + turn, order.count, 3, order.count + 1 - turn].unique()
          let there = ranks.filter { $0 <= order.count }
          let found = try store.findAll(there.map { "inbox#\($0)" })
          #expect(found == there.map { order[$0 - 1] }.unique())
          for (index, id) in order.enumerated() where index % 97 == 0 || found.contains(id) {
            let rank = try store.rank(of: id)
            #expect(rank == Int64(index) + 1)
          }
          switch turn % 3 {
          case 0: try store.addTitled("at the end \(turn)", at: nil)
          case 1: try store.addTitled("within \(turn)", at: 2)
          default: try store.remove([order[0], order[800]])
          }
          order = try store.favourites(in: 1)
        }
      }
    }
  }

  @Test(arguments: [1, 2, 300, 512, 513, 514, 1_500, 1_536])
  func `favourites that are put next to each other move no others`(rank: Int) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.changing { store throws(StoreError) in
        for number in 1...1_536 { try store.addTitled("\(number)", at: nil) }
      }
      func places() throws -> [Int64: [Int64]] {
        let rows = try store.connection.prepare("SELECT favourite, block, position FROM place")
        var places: [Int64: [Int64]] = [:]
        while try rows.step() { places[rows.integer(0)] = [rows.integer(1), rows.integer(2)] }
        return places
      }
      let moved = (0..<40).map { Int64($0 * 30 + 5) }
      // One block is split by these.
      try store.changing { store throws(StoreError) in
        for number in 0..<40 { try store.addTitled("more \(number)", at: 700) }
      }
      let before = try places()
      try store.changing { store throws(StoreError) in
        var patch = Patch()
        patch.placing = .rank(Int64(rank))
        try store.edit(moved, patch)
      }
      let after = try places()
      let others = after.keys.filter { before[$0] != after[$0] && !moved.contains($0) }
      // Half a block, where one is split on the way; a block without gaps would be all of one.
      #expect(others.count <= 256)
      let now = try store.favourites(in: 1)
      #expect(Array(now[(rank - 1)..<(rank + 39)]) == moved)
      let blocks = try store.connection.integer("SELECT count(*) FROM block") ?? 0
      #expect(blocks <= 1 + 1_576 / 256)
      try checkStoreLaws(path)
    }
  }

  @Test func `nobody writes while several rows are read at once`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.adding(draft("a"))
      let other = try Connection(path: path, access: .readWrite, busyMilliseconds: 0)
      func isWritable() -> Bool {
        do {
          try other.execute("UPDATE totals SET trashed = 0")
          return true
        } catch {
          return false
        }
      }
      try store.atOnce { store throws(StoreError) in
        _ = try store.favourite(1)
        #expect(!isWritable())
        // Within another one.
        try store.atOnce { store throws(StoreError) in _ = try store.favourite(1) }
        #expect(!isWritable())
      }
      #expect(isWritable())
      #expect(throws: StoreError.self) {
        try store.atOnce { store throws(StoreError) in
          _ = try store.favourite(1)
          throw .noFavourite("x")
        }
      }
      #expect(isWritable())
      try store.adding(draft("b"))
    }
  }

  @Test(arguments: 1...6)
  func `any sequence of additions, moves and removals is that of a plain array`(
    seed: UInt64
  ) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      var random = SplitMix(seed: seed)
      var model: [Int64] = []
      // Odd seeds crowd at one end, so that blocks fill up and are split there.
      let crowd = seed % 2 == 1 ? 30 : Int.max
      for _ in 0..<12 {
        try store.changing { store throws(StoreError) in
          for _ in 0..<400 {
            let place = Int.random(in: 0...min(model.count, crowd), using: &random)
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<13:
              let id = try store.addTitled("x", at: Int64(place + 1))
              model.insert(id, at: place)
            case 13..<15:
              model.append(try store.addTitled("x", at: nil))
            case 15..<18 where !model.isEmpty:
              let id = model.remove(at: min(place, model.count - 1))
              try store.remove([id])
            default: break
            }
          }
        }
        for _ in 0..<20 where model.count > 3 {
          let id = model[Int.random(in: 0..<model.count, using: &random)]
          let rank = Int64.random(in: 1...Int64(model.count + 2), using: &random)
          var patch = Patch()
          patch.placing = .rank(rank)
          try store.changing { store throws(StoreError) in try store.edit([id], patch) }
          model.removeAll { $0 == id }
          model.insert(id, at: min(Int(rank) - 1, model.count))
        }
        try checkStoreLaws(path)
        #expect(try listed(path).map(\.id) == model)
      }
      for index in stride(from: 0, to: model.count, by: 97) {
        #expect(try store.rank(of: model[index]) == Int64(index + 1))
      }
    }
  }

  @Test(arguments: [0, -1] as [Int64])
  func `a rank below 1 is the first`(rank: Int64) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      for title in ["a", "b", "c"] { try store.adding(draft(title)) }
      let new = try draft("new", rank: rank)
      let outcome = Result { () throws -> Int64 in
        try store.adding(new)
      }
      let found = try titles(path, in: "inbox")
      #expect(throws: Never.self) { try outcome.get() }
      #expect(found == ["new", "a", "b", "c"])
    }
  }

  @Test func `a category that is emptied and filled again counts from 1`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let ids = try store.changing { store throws(StoreError) in
        var ids: [Int64] = []
        for number in 1...600 { ids.append(try store.addTitled("\(number)", at: nil)) }
        return ids
      }
      try store.changing { store throws(StoreError) in try store.remove(ids) }
      #expect(try titles(path, in: "inbox") == [])
      try checkStoreLaws(path)
      try store.adding(draft("again"))
      #expect(try titles(path, in: "inbox") == ["again"])
      try checkStoreLaws(path)
    }
  }

  @Test func `a rank read during a rehearsal is forgotten with it`() throws {
    try withScratch { scratch in
      var store = try Store.writing(scratch.file("favs.db"))
      let last = try store.changing { store throws(StoreError) in
        var last: Int64 = 0
        for number in 1...1_000 { last = try store.addTitled("\(number)", at: nil) }
        return last
      }
      let request = ChangeRequest(command: "rm 1", isRehearsal: true)
      let rehearsed = try store.change(request) { store throws(StoreError) in
        try store.remove([1])
        return try store.rank(of: last)
      }
      #expect(rehearsed.result == 999)
      let rank = try store.rank(of: last)
      #expect(rank == 1_000)
    }
  }

  @Test func `a rank is that of now, also after another program changed the file`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      let last = try store.changing { store throws(StoreError) in
        var last: Int64 = 0
        for number in 1...1_000 { last = try store.addTitled("\(number)", at: nil) }
        return last
      }
      #expect(try store.rank(of: last) == 1_000)
      var other = try Store.writing(path)
      try other.changing { store throws(StoreError) in try store.remove([1, 2, 3]) }
      let rank = try store.rank(of: last)
      #expect(rank == 997)
    }
  }

  @Test func `blocks without a gap between them are spread out`() throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.changing { store throws(StoreError) in
        for index in 0..<1_536 {
          var draft = Draft()
          draft.title = "\(index)"
          _ = try store.add(draft, duplicates: .allow)
        }
      }
      try Connection(unhardened: path, access: .readWrite).execute(
        "UPDATE block SET key = 10 + key / \(RankLayout.keyGap)")
      // At the beginning of a full block, and within one that has to be split.
      var expected = (0..<1_536).map(String.init)
      for (title, rank) in [("first", 513), ("second", 300), ("third", 1_400)] {
        try store.adding(draft(title, rank: Int64(rank)))
        expected.insert(title, at: rank - 1)
        #expect(try titles(path, in: "inbox") == expected)
        try checkStoreLaws(path)
      }
    }
  }

  @Test(arguments: [
    "UPDATE block SET count = 9223372036854775807", "UPDATE block SET count = -1",
    "UPDATE block SET key = 9223372036854700000 + key / 20",
    "UPDATE block SET key = -9223372036854775807 + key / 20",
    "UPDATE place SET position = position + 9223372036854200000",
    "UPDATE place SET position = position - 9223372036854200000",
    "UPDATE category SET count = 9223372036854775807",
  ])
  func `an order beyond all bounds is read or refused, and made anew`(sql: String) throws {
    try withScratch { scratch in
      let path = scratch.file("favs.db")
      var store = try Store.writing(path)
      try store.changing { (store) throws(StoreError) in
        for index in 0..<600 { try store.addTitled("\(index)", at: nil) }
      }
      try store.adding(draft("other", in: "others/own"))
      try Connection(unhardened: path, access: .readWrite).execute(
        "PRAGMA ignore_check_constraints=ON; " + sql)
      store = try Store.writing(path)
      for rank in [nil, 1, 300, 600] as [Int64?] {
        do throws(StoreError) {
          _ = try store.changing { (store) throws(StoreError) in
            try store.addTitled("more", at: rank)
          }
          _ = try store.undoing()
        } catch let error {
          #expect(error.isDamage)
        }
      }
      _ = try store.categories()
      let found = try store.change(ChangeRequest(command: "doctor", isRehearsal: true)) {
        (store) throws(StoreError) in try store.inspect()
      }.result
      #expect(found.contains { $0.problem != nil && $0.isRepairable })
      try store.changing("doctor --fix") { (store) throws(StoreError) in try store.repair() }
      #expect(try titles(path, in: "inbox") == (0..<600).map(String.init))
      try checkStoreLaws(path)
    }
  }
}

extension Store {
  /// Adds a title to the inbox.
  @discardableResult
  mutating func addTitled(_ title: String, at rank: Int64?) throws(StoreError) -> Int64 {
    var draft = Draft()
    draft.title = title
    draft.rank = rank
    return try add(draft, duplicates: .allow).id
  }
}
