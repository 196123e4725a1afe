import Foundation
import TestSupport
import Testing

/// Public and private addresses, TLS and proxies, on a network that ends at this machine.
struct PublicNetworkTests {
  @Test func `a public link leads to public pages only`() throws {
    let done = try python(["Tests/Web/public.py", Favs.program], in: DocumentationTests.root)
    // Only root can make such a network.
    guard done.code != 77 else { return }
    #expect(done.code == 0 && done.output.isEmpty, "\(done.output)")
  }
}
