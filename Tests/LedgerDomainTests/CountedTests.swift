import LedgerDomain
import Testing

@Suite("A number with its noun")
struct CountedTests {
  @Test("has the singular for one only")
  func pluralsFollowNumbers() {
    #expect([0, 1, 2].map { $0.counted("close") } == ["0 closes", "1 close", "2 closes"])
    #expect([1, 2].map { $0.counted("entry", "entries") } == ["1 entry", "2 entries"])
  }
}
