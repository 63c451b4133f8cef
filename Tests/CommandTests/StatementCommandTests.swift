import Foundation
import Testing

@Suite("tieout statement")
struct StatementCommandTests {
  private static let account = "DE02120300000000202051"

  /// A statement from 10.00 to 12.00, with a batch of two and a text that would clear a screen.
  private static func document(closing: String = "12.00", text: String = "Invoice 12") -> String {
    func balance(_ code: String, _ amount: String) -> String {
      "<Bal><Tp><CdOrPrtry><Cd>\(code)</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">\(amount)</Amt>"
        + "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-31</Dt></Dt></Bal>"
    }
    func transaction(_ reference: String, _ amount: String) -> String {
      "<TxDtls><Refs><EndToEndId>\(reference)</EndToEndId></Refs>"
        + "<Amt Ccy=\"EUR\">\(amount)</Amt><CdtDbtInd>CRDT</CdtDbtInd>"
        + "<RmtInf><Ustrd>\(text)</Ustrd></RmtInf></TxDtls>"
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>
      <Id>S1</Id><Acct><Id><IBAN>\(account)</IBAN></Id><Ccy>EUR</Ccy></Acct>
      \(balance("OPBD", "10.00"))\(balance("CLBD", closing))
      <Ntry><Amt Ccy="EUR">2.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>\
      <BookgDt><Dt>2026-03-31</Dt></BookgDt><ValDt><Dt>2026-04-01</Dt></ValDt>\
      <AcctSvcrRef>A-1</AcctSvcrRef><NtryDtls>\(transaction("E-1", "0.50"))\
      \(transaction("E-2", "1.50"))</NtryDtls></Ntry>
      </Stmt></BkToCstmrStmt></Document>
      """
  }

  private static let job = """
    bank_accounts:
      - {ref: ops, account: 1000, currency: USD, number: "42", csv_date: Date,
         csv_amount: Amount, csv_balance: Balance}
      - {ref: fees, account: 1000, currency: USD, number: "43", csv_date: Date,
         csv_amount: Amount, csv_balance: Balance}

    """

  private func fields(_ text: String) -> [[String]] {
    text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  @Test("prints what a statement says, within 80 columns")
  func statementIsPrinted() throws {
    let place = try TestDirectory()
    try place.write("march.dat", Self.document())
    let outcome = try place.tieout("statement", "march.dat")
    #expect(outcome.exitCode == 0 && outcome.errors == "", "\(outcome.errors)")
    let lines = fields(outcome.output)
    #expect(lines.first == ["march.dat:", "camt.053"])
    for line in [
      ["Statement", "1", "of", "account", "\(Self.account),", "EUR"], ["identifier", "S1"],
      ["opening", "2026-03-31", "10.00"], ["closing", "2026-03-31", "12.00"],
      ["no", "booked", "value", "amount", "status"],
      ["1", "2026-03-31", "2026-04-01", "2.00", "booked"], ["1.1", "0.50"], ["1.2", "1.50"],
    ] {
      #expect(lines.contains(line), "\(line) in \(outcome.output)")
    }
    #expect(outcome.output.contains("account servicer A-1"))
    #expect(outcome.output.contains("end to end E-2"))
    #expect(outcome.output.contains("yes: 10.00 + 2.00 (1 booked entry) = 12.00"))
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("tells what does not prove itself, and exits with 1")
  func unprovedStatementExitsWith1() throws {
    let place = try TestDirectory()
    try place.write("march.xml", Self.document(closing: "13.00"))
    let outcome = try place.tieout("statement", "march.xml")
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("no: 10.00 + 2.00 (1 booked entry) = 12.00, not 13.00"))
  }

  @Test("does not blame one page of several, which prove a statement together")
  func pagesAreNotBlamed() throws {
    let place = try TestDirectory()
    let page = "<Stmt><Id>S1</Id><StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>"
    let document = Self.document(closing: "13.00")
    try place.write("march.xml", document.replacing("<Stmt>\n<Id>S1</Id>", with: page))
    let outcome = try place.tieout("statement", "march.xml")
    #expect(outcome.exitCode == 0, "\(outcome.output)")
    let words = outcome.output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(words.contains("= 12.00, not 13.00; other pages may have the rest"))
  }

  @Test("gives the same as JSON, with amounts in minor units and in decimals")
  func jsonHasTheSameContents() throws {
    let place = try TestDirectory()
    try place.write("march.xml", Self.document())
    let outcome = try place.tieout("statement", "--json", "march.xml")
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    let file = try #require((document["files"] as? [[String: Any]])?.first)
    #expect(file["format"] as? String == "camt.053")
    let statement = try #require((file["statements"] as? [[String: Any]])?.first)
    #expect(statement["account"] as? String == Self.account)
    #expect((statement["closing"] as? [String: Any])?["amount_minor"] as? String == "1200")
    #expect((statement["proof"] as? [String: Any])?["status"] as? String == "proved")
    let entry = try #require((statement["entries"] as? [[String: Any]])?.first)
    #expect(entry["amount"] as? String == "2.00" && entry["status"] as? String == "BOOK")
    let transactions = try #require(entry["transactions"] as? [[String: Any]])
    #expect(transactions.map { $0["amount_minor"] as? String } == ["50", "150"])
    #expect(outcome.output == (try place.tieout("statement", "--json", "march.xml").output))
  }

  @Test("shows hostile texts harmlessly, as text and as JSON")
  func hostileTextIsHarmless() throws {
    let place = try TestDirectory()
    let hostile = "a\u{202E}b\u{9B}2Jc\u{2028}d\u{200B}e"
    try place.write("march\u{1B}[2J.xml", Self.document(text: hostile))
    for option in ["--format=text", "--json"] {
      let output = try place.tieout("statement", option, "march\u{1B}[2J.xml").output
      let harmful = output.unicodeScalars.filter { scalar in
        scalar.value < 0x20 && scalar != "\n" || (0x7F...0x9F).contains(scalar.value)
          || [0x202E, 0x2028, 0x200B].contains(scalar.value)
      }
      #expect(harmful.isEmpty, "\(harmful)")
    }
    let text = try place.tieout("statement", "march\u{1B}[2J.xml").output
    #expect(text.contains("a\\u{202E}b\\u{9B}2Jc"))
    let json = try place.tieout("statement", "--json", "march\u{1B}[2J.xml").output
    #expect(json.contains("a\\u202eb\\u009b2Jc"))
    let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let name = (document?["files"] as? [[String: Any]])?.first?["file"] as? String
    #expect(name == "march\u{1B}[2J.xml")
  }

  @Test("reads CSV by the job's settings: by name, by --account, never by guess")
  func tablesNeedSettings() throws {
    let place = try TestDirectory()
    try place.write("job.yaml", Self.job)
    let table = "Date,Amount,Balance\n2026-03-31,2.00,12.00\n"
    try place.write("ops-march.csv", table)
    try place.write("march.csv", table)
    let named = try place.tieout("statement", "--job", "job.yaml", "ops-march.csv")
    #expect(named.exitCode == 0, "\(named.output)")
    #expect(named.output.contains("Statement 1 of account 42, USD"))
    let chosen = try place.tieout(
      "statement", "--job", "job.yaml", "--account", "fees", "march.csv")
    #expect(chosen.exitCode == 0 && chosen.output.contains("account 43, USD"))
    let ambiguous = try place.tieout("statement", "--job", "job.yaml", "march.csv")
    #expect(ambiguous.exitCode == 1 && ambiguous.output.contains("ops and fees"))
    let unmapped = try place.tieout("statement", "march.csv")
    #expect(unmapped.exitCode == 1 && unmapped.output.contains("csv_… settings"))
    let unknown = try place.tieout("statement", "--job", "job.yaml", "--account", "x", "march.csv")
    #expect(unknown.exitCode == 64 && unknown.errors.contains("it has ops, fees"))
  }

  /// The indented block that follows a text of the documentation.
  private func block(after text: String, in document: String) throws -> String {
    let start = try #require(document.range(of: text)).upperBound
    let lines = document[start...].split(separator: "\n", omittingEmptySubsequences: false)
    let block = lines.dropFirst().drop { $0.isEmpty }.prefix { $0.hasPrefix("    ") }
    return block.map { $0.dropFirst(4) + "\n" }.joined()
  }

  @Test("reads the example of docs/statements.md by the settings that describe it")
  func documentedExampleIsRead() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let document = try String(
      contentsOf: root.appendingPathComponent("docs/statements.md"), encoding: .utf8)
    let place = try TestDirectory()
    try place.write("march.csv", block(after: "what its columns mean. This file:", in: document))
    try place.write("job.yaml", block(after: "is described by", in: document))
    let outcome = try place.tieout("statement", "--job", "job.yaml", "march.csv")
    #expect(outcome.exitCode == 0, "\(outcome.output)")
    #expect(outcome.output.contains("yes: 5000.00 + 1170.00 (2 booked entries) = 6170.00"))
  }

  @Test("names what a file is that is none, and exits with 2 if one cannot be read")
  func unusableFilesAreNamed() throws {
    let place = try TestDirectory()
    try place.write("march.xml", Self.document())
    try place.write("march.pdf", "%PDF-1.7\n")
    let foreign = try place.tieout("statement", "march.pdf", "march.xml")
    #expect(foreign.exitCode == 1)
    #expect(foreign.output.contains("march.pdf: not understood"))
    #expect(foreign.output.contains("march.pdf is a PDF document."))
    #expect(foreign.output.contains("march.xml: camt.053"))
    let missing = try place.tieout("statement", "april.xml", "march.xml")
    #expect(missing.exitCode == 2)
    #expect(missing.errors.contains("april.xml: cannot be opened: No such file or directory."))
    #expect(missing.output.contains("march.xml: camt.053"))
    #expect(try place.tieout("statement").exitCode == 64)
    #expect(try place.tieout("statement", ".").exitCode == 2)
  }

  @Test("inflates gzip, whatever its name")
  func gzipIsInflated() throws {
    let place = try TestDirectory()
    try place.write("march.xml", try Gzip.member(Array(Self.document().utf8)))
    let outcome = try place.tieout("statement", "march.xml")
    #expect(outcome.exitCode == 0 && outcome.output.contains("march.xml: camt.053"))
  }
}
