import Foundation

/// The rules for names, said a second time and more plainly: a model that asked the store for them
/// would be wrong wherever the store is. They are enough for the names that the samples have.
enum ModelNames {
  /// Names are the same where only their case differs.
  static func areSame(_ one: String, _ other: String) -> Bool {
    one == other || folded(one) == folded(other)
  }

  static func folded(_ name: String) -> String { name.lowercased() }

  /// Numbers that are compared one by one, the first first.
  struct Order: Comparable {
    let places: [Int]

    init(_ places: [Int]) { self.places = places }

    static func < (one: Order, other: Order) -> Bool {
      one.places.lexicographicallyPrecedes(other.places)
    }
  }

  /// What names are sorted by: their letters without case and accents, their numbers by value.
  static func order(_ name: String) -> Order { Order(places(name)) }

  /// What categories are sorted by: those that stand in one follow it directly.
  static func treeOrder(_ path: String) -> Order {
    Order(Array(path.split(separator: "/").map { places(String($0)) }.joined(separator: [1])))
  }

  private static func places(_ name: String) -> [Int] {
    var places: [Int] = []
    var digits = ""
    func endNumber() {
      guard let number = Int(digits) else { return }
      // Among signs where its first digit would be; a longer number is higher.
      places += [0x30 + String(number).count, number]
      digits = ""
    }
    for scalar in folded(name).decomposedStringWithCanonicalMapping.unicodeScalars {
      if ("0"..."9").contains(scalar) {
        digits.unicodeScalars.append(scalar)
      } else if scalar.properties.generalCategory != .nonspacingMark {
        endNumber()
        places.append(max(0x20, Int(scalar.value)))
      }
    }
    endNumber()
    return places
  }
}
