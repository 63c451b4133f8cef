import LedgerDomain
import Reconciliation
import Testing

@Suite("Comparing an export with its close")
struct ExportComparisonTests {
  private let closed = [
    InputPart(file: "a", bytes: 10, sha256: "aa", records: 1),
    InputPart(file: "b", bytes: 20, sha256: "bb", records: 2),
  ]

  private func differences(
    _ present: [(String, Int?)], listed: [ExportedPart]? = nil
  ) -> [PartDifference] {
    ExportComparison.differences(
      closed: closed, present: present.map { ExportedPart(file: $0.0, bytes: $0.1) },
      listed: listed)
  }

  @Test("the same names and sizes are the same export, in any order")
  func same() {
    #expect(differences([("a", 10), ("b", 20)]) == [])
    #expect(differences([("b", 20), ("a", 10)]) == [])
    #expect(ExportComparison.differences(closed: [], present: [], listed: nil) == [])
  }

  @Test("added, removed, resized and unreadable parts differ, in the order of their names")
  func parts() {
    #expect(
      differences([("b", 21), ("c", 1)]) == [
        PartDifference("a", .removed), PartDifference("b", .resized(from: 20, to: 21)),
        PartDifference("c", .added),
      ])
    #expect(differences([("a", nil), ("b", 20)]) == [PartDifference("a", .unreadable)])
    // Two parts of one name cannot be in a directory; if they were, neither would be overlooked.
    #expect(differences([("a", 10), ("a", 10), ("b", 20)]) == [PartDifference("a", .added)])
  }

  @Test("what the manifest says differently differs")
  func manifest() {
    let present = [("a", 10), ("b", 20)] as [(String, Int?)]
    func listed(_ parts: ExportedPart...) -> [PartDifference] {
      differences(present, listed: parts)
    }
    let (a, b) = (ExportedPart(file: "a", bytes: nil), ExportedPart(file: "b", bytes: 20))
    #expect(listed(a, b) == [])
    #expect(listed(a) == [PartDifference("b", .unlisted)])
    #expect(
      listed(a, b, ExportedPart(file: "c", bytes: 1)) == [PartDifference("c", .listedOnly)])
    #expect(
      listed(ExportedPart(file: "a", bytes: 11), b)
        == [PartDifference("a", .listedSize(from: 10, to: 11))])
    #expect(
      listed(ExportedPart(file: "a", bytes: 10, sha256: "ab"), b)
        == [PartDifference("a", .listedDigest)])
    #expect(listed() == [PartDifference("a", .unlisted), PartDifference("b", .unlisted)])
  }

  @Test("a phrase names the first few of many")
  func phrase() {
    let many = (0..<1_000).map { PartDifference("part-\($0)", .added) }
    let text = ExportComparison.phrase(many)
    #expect(text.hasPrefix("part-0 is new, part-1 is new"))
    #expect(text.hasSuffix("part-4 is new, and 995 more differences"))
    #expect(
      ExportComparison.phrase([PartDifference("a", .resized(from: 2, to: 1))])
        == "a has 1 byte instead of 2")
  }
}
