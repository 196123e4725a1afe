import SQLite
import Testing

struct ResultCodeTests {
  @Test func `an extended code has its primary code`() {
    #expect(ResultCode(rawValue: 776).primary == .readOnly)
    #expect(ResultCode.readOnlyRollback == ResultCode(rawValue: 776))
    #expect(ResultCode.inputOutputLock == ResultCode(rawValue: 3_850))
    #expect(ResultCode(rawValue: 2_067).primary == .constraint)
    #expect(ResultCode.busy.primary == .busy)
  }
}
