import Testing

@testable import Favourites

struct NumberTests {
  @Test(arguments: [
    "0", "-0", "8.0", "3.10", "12e5", "12E+05", "-1.50e-3", "123456789012345",
    "0.000123456789012345",
    "1e300", "0e9", "0.00",
  ])
  func `a number keeps its spelling`(text: String) throws {
    let number = try #require(Number(text))
    #expect(number.text == text)
    #expect(number.value == Double(text))
  }

  @Test(arguments: [
    "", "-", ".5", "5.", "+5", "007", "-01", "00", "1e", "1e+", "e5", "1_000", "1,5", " 1", "1 ",
    "0x10",
    "nan", "inf", "1e400", "1e-400", "1e-310", "1234567890123456", "1.000000000000000", "١",
    "1\u{301}",
    "0.\(String(repeating: "0", count: 70))1",
  ])
  func `what JSON calls no number, or a double does not hold, is none`(text: String) {
    #expect(Number(text) == nil)
  }

  @Test func `numbers are compared by value`() throws {
    #expect(Number("3.10") == Number("3.1"))
    #expect(Number("12e5") == Number("1200000"))
    #expect(Number("-0") == Number("0"))
    #expect(Number("3.10") != Number("3.11"))
    #expect(Set([Number("8.0"), Number("8")]).count == 1)
  }
}
