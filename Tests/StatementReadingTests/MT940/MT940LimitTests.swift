import LedgerDomain
import StatementReading
import Testing

@Suite("A long MT940 file")
struct MT940LimitTests {
  private let head = ":20:A\n:25:1\n:28C:1\n:60F:C260330EUR0,\n"

  @Test("has texts and references up to a limit, and a note says so")
  func longTextIsCut() {
    let text = String(repeating: "EREF+A ", count: 20_000)
    let file = MT940Sample.read(
      head + ":61:260331C1,NTRFNONREF\n:86:SHORT\n\(text)\n:62F:C260331EUR1,\n")
    #expect(file.statements.first?.entries.first?.text == "SHORT")
    #expect(file.notes.map(\.message).first?.contains("a text that is too long") == true)
    let details = (0..<1000).map { ":86:EREF+\($0)\n" }.joined()
    let many = MT940Sample.read(
      head + ":61:260331C1,NTRFNONREF\n\(details):62F:C260331EUR1,\n")
    #expect(many.statements.first?.entries.first?.references.count == 100)
  }

  @Test("has no field of money that is cut")
  func longFieldIsRefused() {
    let zeros = String(repeating: "0", count: 70_000)
    for text in [
      head + ":61:260331C\(zeros)1,NTRFNONREF\n:62F:C260331EUR1,\n",
      head + ":61:260331C1,NTRFNONREF\n:62F:C260331EUR\(zeros)1,\n",
    ] {
      let file = MT940Sample.read(text)
      #expect(file.statements.isEmpty && file.findings.count == 1)
      #expect(file.findings.first?.message.contains("that is too long") == true)
    }
  }

  @Test("has a finding for each of a thousand unusable statements, and one for the rest")
  func manyFaultsAreCounted() {
    let file = MT940Sample.read(
      String(repeating: ":20:A\n", count: 5000) + MT940Sample.text)
    #expect(file.statements.map(\.number) == [5001])
    #expect(file.findings.count == 1001)
    #expect(file.findings.last?.message.contains("has 4000 more statements") == true)
  }

  @Test("of hostile shape is read in time that grows with its length")
  func hostileShapesAreReadInLinearTime() {
    let entry = head + ":61:260331C1,NTRFNONREF\n"
    for text in [
      String(repeating: "{1:F01}{4:", count: 50_000), String(repeating: "{4:-}", count: 100_000),
      entry + ":86:" + String(repeating: "?20", count: 150_000),
      entry + ":86:\n" + String(repeating: "\n", count: 300_000),
      entry + String(repeating: ":86:A\n", count: 60_000),
      entry + String(repeating: ":\n86:/EREF/", count: 40_000),
    ] {
      let clock = ContinuousClock()
      let time = clock.measure { _ = MT940Sample.read(text) }
      #expect(time < .seconds(60), "\(text.prefix(60))")
    }
  }
}
