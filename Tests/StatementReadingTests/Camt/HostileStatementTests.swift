import Foundation
import LedgerDomain
import Testing

@testable import StatementReading

@Suite("A hostile statement")
struct HostileStatementTests {
  /// The document with a document type declaration before its first element.
  private func declaring(_ declaration: String, reference: String) -> String {
    SampleDocument.with("Ä-1", reference)
      .replacingOccurrences(of: "<Document", with: "\(declaration)\n<Document")
  }

  @Test("with a document type declaration is refused before it is parsed")
  func documentTypeDeclarationIsRefused() {
    for declaration in [
      "<!DOCTYPE Document>", "<!DOCTYPE Document SYSTEM \"http://localhost/a.dtd\">",
      "<!DOCTYPE Document [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;\">]>",
      "<!-- a -->\n<!DOCTYPE Document [<!ENTITY % a SYSTEM \"file:///etc/hosts\"> %a;]>",
      "<!doctype Document>", "<!ENTITY a \"b\">",
    ] {
      let fault = SampleDocument.fault(declaring(declaration, reference: "&b;"))
      #expect(fault?.contains("document type declaration") == true, "\(declaration)")
      #expect(fault?.contains(", line ") == true)
    }
  }

  @Test("cannot include another file")
  func externalEntityIsNotRead() throws {
    let path = NSTemporaryDirectory() + "tieout-secret-" + UUID().uuidString
    try Data("SECRET-REFERENCE".utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = SampleDocument.read(
      declaring("<!DOCTYPE Document [<!ENTITY x SYSTEM \"file://\(path)\">]>", reference: "&x;"))
    #expect(file.statements.isEmpty && file.findings.count == 1)
    #expect(!"\(file)".contains("SECRET"))
    let included = SampleDocument.with(
      "Ä-1",
      "<x:include xmlns:x=\"http://www.w3.org/2001/XInclude\" href=\"\(path)\" parse=\"text\"/>")
    #expect(!"\(SampleDocument.read(included))".contains("SECRET"))
  }

  @Test("too deep, with too long a text, attribute or prolog, or too large, is refused")
  func documentPastALimitIsRefused() {
    let deep = String(repeating: "<a>", count: 100)
    let long = String(repeating: "x", count: 70_000)
    for (piece, replacement, message) in [
      ("<Stmt>", "<Stmt>\(deep)", "nests elements more than 64 deep"),
      ("Ä-1", long, "has a text longer than 65536"),
      ("<Id>S1", "<Nm>\(long)</Nm><Id>S1", "has a text longer than 65536"),
      ("<Id>S1", "<Id a=\"\(long)\">S1", "has a text longer than 65536"),
      ("<Document", "<!--\(long)--><Document", "has no element in its first"),
    ] {
      let fault = SampleDocument.fault(SampleDocument.with(piece, replacement))
      #expect(fault?.contains(message) == true, "\(message): \(fault?.prefix(200) ?? "none")")
    }
    var limits = StatementLimits()
    limits.documentBytesMax = 1000
    let bytes = Array(SampleDocument.text.utf8) + Array(repeating: 0x20, count: 1000)
    let file = StatementReader.camt053(bytes, name: "bank.xml", limits: limits)
    #expect(file.statements.isEmpty)
    #expect(file.findings.first?.message.contains("is larger than 1000 bytes") == true)
  }

  @Test("that is not a file is an error, not a finding")
  func missingFileIsAnError() throws {
    let missing = #expect(throws: StatementError.self) {
      try StatementReader.camt053(at: "/nowhere/bank.xml", name: "bank.xml")
    }
    #expect(missing?.code == .cannotOpen && missing?.file == "bank.xml")
    let directory = #expect(throws: StatementError.self) {
      try StatementReader.camt053(at: NSTemporaryDirectory(), name: "a")
    }
    #expect(directory?.code == .notAFile)
  }

  /// A long document that is never whole in memory.
  private final class Repeating: ByteSource {
    private var pieces: [[UInt8]]
    private var rest: Int

    init(times: Int) throws {
      let text = SampleDocument.text
      let start = try #require(text.range(of: "<Ntry>")).lowerBound
      let end = try #require(text.range(of: "</Ntry>\n")).upperBound
      let note = "<AddtlNtryInf>" + String(repeating: "x", count: 3000) + "</AddtlNtryInf></Ntry>\n"
      let entry = text[start..<end].replacingOccurrences(of: "</Ntry>\n", with: note)
      pieces = [text[..<start], entry[...], text[end...]].map { Array($0.utf8) }
      rest = times
    }

    func read(bytesMax: Int) -> [UInt8] {
      if pieces.count == 3 { return pieces.removeFirst() }
      if pieces.isEmpty { return [] }
      if rest == 0 {
        defer { pieces = [] }
        return pieces[1]
      }
      rest -= 1
      return pieces[0]
    }
  }

  @Test("of any length is read in little memory")
  func longDocumentIsReadInLittleMemory() async {
    await #expect(processExitsWith: .success) {
      let source = try Repeating(times: 10_000)
      let file = try StatementReader.camt053(
        from: source, name: "long.xml", limits: StatementLimits())
      precondition(file.statements.first?.entries.count == 10_000)
      // What resource usage says of a process begins with what its parent had.
      let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
      let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      let peakKiB = peak?.split { !$0.isNumber }.first.flatMap { Int($0) }
      precondition((peakKiB ?? .max) < 100_000, "took \(peak ?? "")")
    }
  }
}
