import Foundation
import TestSupport
import Testing

/// Public and private addresses, TLS and proxies, on a network that ends at this machine.
struct PublicNetworkTests {
  static let canMakeNetworks: Bool = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
    process.arguments = ["--net", "--mount", "true"]
    process.standardError = nil
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  @Test(.enabled(if: PublicNetworkTests.canMakeNetworks, "this user cannot make a network"))
  func `a public link leads to public pages only`() throws {
    let done = try python(["Tests/Web/public.py", Favs.program], in: DocumentationTests.root)
    #expect(done.code == 0 && done.output.isEmpty, "\(done.output)")
  }
}
