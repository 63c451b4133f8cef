import LedgerDomain
import ReadingTestSupport
import StatementReading
import Testing

/// Gzip data of texts and bytes.
enum SampleGzip {
  static func member(_ text: String) throws -> [UInt8] { try Gzip.member(Array(text.utf8)) }
  static func member(_ bytes: [UInt8]) throws -> [UInt8] { try Gzip.member(bytes) }
}

@Suite("Statements that are compressed with gzip")
struct GzipSourceTests {
  private func message(
    _ bytes: [UInt8], limits: StatementLimits = StatementLimits()
  ) -> String? {
    let files = StatementReader.read(bytes, name: "a.gz", limits: limits)
    guard files.count == 1, files[0].statements.isEmpty, files[0].findings.count == 1 else {
      return nil
    }
    return files[0].findings[0].message
  }

  @Test("are read whatever their name, in one member or several, of any size")
  func membersAreRead() throws {
    let padding = String(repeating: " ", count: 300_000)
    let text = Array((SampleDocument.text + padding).utf8)
    for size in [1, 100, 5_000, 400_000] {
      var bytes: [UInt8] = []
      var rest = text[...]
      while !rest.isEmpty {
        bytes += try Gzip.member(rest.prefix(size == 1 ? 200_000 : size), level: 0)
        rest = rest.dropFirst(size == 1 ? 200_000 : size)
      }
      let files = StatementReader.read(bytes, name: "march.xml")
      #expect(files.map(\.name) == ["march.xml"])
      #expect(files[0].statements.map(\.closing.amountMinor) == [1200], "\(size)")
    }
  }

  @Test("that are cut off at any byte are refused, with the byte")
  func truncationIsFound() throws {
    let whole = try SampleGzip.member(SampleDocument.text)
    for count in 2..<whole.count {
      let found = message(Array(whole[..<count]))
      #expect(found?.contains("a.gz, byte \(count) has gzip data that is truncated.") == true)
    }
  }

  @Test("with any byte changed never give other statements")
  func damageIsFound() throws {
    let whole = try SampleGzip.member(SampleDocument.text)
    let truth = StatementReader.read(whole, name: "a.gz")[0].statements
    for index in whole.indices {
      for mask in [0x01, 0x10, 0xFF] as [UInt8] {
        var changed = whole
        changed[index] ^= mask
        let files = StatementReader.read(changed, name: "a.gz")
        #expect(files[0].statements.isEmpty || files[0].statements == truth, "byte \(index)")
      }
    }
  }

  @Test("with a wrong checksum or length, or with other data behind them, are refused")
  func checksumsAreCompared() throws {
    let whole = try SampleGzip.member(SampleDocument.text)
    for (index, reason) in [(whole.count - 8, "data check"), (whole.count - 4, "length check")] {
      var changed = whole
      changed[index] ^= 1
      #expect(message(changed)?.contains("corrupt (incorrect \(reason))") == true)
    }
    let found = message(whole + Array("more".utf8))
    #expect(found?.contains("byte \(whole.count) has other data behind its gzip data") == true)
    #expect(message(whole + [0, 0])?.contains("other data behind") == true)
  }

  @Test("past the limit are refused, however small they are")
  func bombIsRefused() throws {
    var limits = StatementLimits()
    limits.documentBytesMax = 1 << 20
    let bomb = try Gzip.member([UInt8](repeating: 0x20, count: 64 << 20), level: 9)
    #expect(message(bomb, limits: limits)?.contains("has more than 1048576 bytes") == true)
    let document = Array(SampleDocument.text.utf8)
    let late = try Gzip.member(document + [UInt8](repeating: 0x20, count: 2 << 20), level: 9)
    #expect(message(late, limits: limits)?.contains("1048576 bytes") == true)
  }
}
