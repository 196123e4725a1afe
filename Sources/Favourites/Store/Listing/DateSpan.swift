/// Dates between which a date of a favourite is.
struct DateSpan: Equatable {
  let field: Query.DateField
  /// The limits, all of which hold.
  let limits: [Limit]

  struct Limit: Equatable {
    let bound: Query.DateBound
    let time: Timestamp
  }

  /// The condition on favourites.
  var condition: Condition {
    let tests = limits.map { field.test($0.bound, $0.time, in: "f") }
    return Condition(
      test: tests.count == 1
        ? tests[0] : Fragment(sql: "(") + .joined(tests, by: " AND ") + Fragment(sql: ")"),
      candidates: candidates, findsLive: true, span: self)
  }

  /// The ids of the favourites that pass, from indexes.
  private var candidates: Fragment {
    guard field == .created || field == .modified else {
      return Fragment(sql: Self.select) + compared("f.\(field.column)")
    }
    let parts = DatePart.parts(by: field == .created ? .createdAt : .modifiedAt, of: "f")
    return .joined(
      parts.map { Fragment(sql: "\(Self.select)\($0.test) AND ") + compared($0.date) },
      by: " UNION ALL ")
  }

  private static let select = "SELECT f.id AS favourite FROM favourite f WHERE "

  private func compared(_ column: String) -> Fragment {
    .joined(limits.map { field.compared(column, $0.bound, $0.time) }, by: " AND ")
  }
}
