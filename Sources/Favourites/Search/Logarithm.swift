extension Double {
  /// The natural logarithm of a positive number, to twelve digits: the C library's is not linked.
  ///
  /// Computed by halving to 0.7…1.4 and the series of the inverse hyperbolic tangent: Abramowitz
  /// and Stegun, 4.1.27.
  var naturalLogarithm: Double {
    precondition(self > 0, "numbers above 0 have logarithms")
    var (fraction, power) = (significand, Double(exponent))
    if fraction > 1.414_213_562_373_095_1 {
      fraction /= 2
      power += 1
    }
    let z = (fraction - 1) / (fraction + 1)
    let square = z * z
    var (term, sum) = (z, 0.0)
    for n in stride(from: 1.0, to: 30.0, by: 2.0) {
      sum += term / n
      term *= square
    }
    return power * 0.693_147_180_559_945_3 + 2 * sum
  }
}
