package import Favourites

extension Number: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
  package init(integerLiteral value: Int) {
    guard let number = Number(value.description) else {
      preconditionFailure("a literal of 15 digits at most")
    }
    self = number
  }

  package init(floatLiteral value: Double) {
    guard let number = Number(value.description) else {
      preconditionFailure("a literal of 15 digits at most")
    }
    self = number
  }
}
