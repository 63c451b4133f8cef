import Foundation

/// A directory with a ledger on one bank account, and what its bank delivers, for the built command.
///
///     let bank = try BankDirectory()
///     try bank.export("2026-01-05", [500])
///     try bank.deliver("main.xml", SampleStatement("2026-01-05", from: 0, [500]).camt)
///     try bank.close("2026-01-05").exitCode  // 0
struct BankDirectory {
  static let iban = "DE89370400440532013000"

  let place: TestDirectory
  /// What is given to every command.
  let settings: [String]

  init(_ more: [String] = []) throws {
    place = try TestDirectory()
    try place.write("statements/.keep", "")
    settings =
      [
        "--store", "books.sqlite", "--reports", "reports", "--statements", "statements",
        "--bank-account", "ref=main,account=1000,currency=USD,iban=\(Self.iban)",
      ] + more
  }

  /// Exports a date whose entries move these amounts onto the bank account.
  func export(_ date: String, _ amounts: [Int], effective: String? = nil) throws {
    let day = Int(date.suffix(2)) ?? 0
    let entries = amounts.enumerated().map { index, amount in
      TestDirectory.entry(
        day * 100 + index, on: date, effective: effective, "\(abs(amount))",
        debit: amount > 0 ? "1000" : "3000", credit: amount > 0 ? "3000" : "1000")
    }
    try place.export(date, entries)
  }

  func deliver(_ name: String, _ text: String) throws {
    try place.write("statements/tenant_id=\(TestDirectory.tenant)/\(name)", text)
  }

  func remove(_ name: String) throws {
    try place.remove("statements/tenant_id=\(TestDirectory.tenant)/\(name)")
  }

  func close(_ date: String, _ more: [String] = []) throws -> CommandOutcome {
    try run(
      ["close", "--exports", "exports", "--chart", "chart.csv", "--date", date, "--verbose"] + more)
  }

  func reconcile(_ more: String...) throws -> CommandOutcome {
    try run(["reconcile", "--verbose"] + more)
  }

  func start(_ arguments: [String], launcher: [String] = []) throws -> TieoutProcess {
    try TieoutProcess(arguments + settings, in: place, launcher: launcher)
  }

  func run(_ arguments: [String]) throws -> CommandOutcome { try start(arguments).wait() }

  /// How each date stands in the store: `2026-01-05 reconciled 0`.
  func standing() throws -> [String] {
    try place.store().rows(
      """
      SELECT business_date || ' ' || status || ' ' || difference_minor
      FROM current_bank_reconciliation ORDER BY business_date
      """)
  }

  /// The codes of the findings about statements, as they are known now.
  func findings() throws -> [String] {
    try place.store().rows(
      "SELECT DISTINCT code FROM finding WHERE code LIKE 'statement%' ORDER BY code")
  }

  /// How the bank account stands in a date's report.
  func reported(_ date: String) throws -> String? {
    struct Document: Decodable {
      struct Account: Decodable {
        let status: String
      }
      let bank_accounts: [Account]
    }
    let text = try place.text("reports/\(TestDirectory.tenant)/\(date)/reconciliation.json")
    return try JSONDecoder().decode(Document.self, from: Data(text.utf8)).bank_accounts.first?
      .status
  }
}

/// A statement as a test writes it: amounts in minor units, all booked on its closing date.
struct SampleStatement {
  struct Entry {
    var amount: Int
    var date: String
    var reference: String?
  }

  var identifier = "S"
  var iban = BankDirectory.iban
  var sequence: Int?
  var created = "2026-01-09T06:00:00Z"
  var page: (number: Int, isLast: Bool)?
  /// Whether other pages come before it, and after it.
  var (hasEarlier, hasLater) = (false, false)
  var opening: Int
  var entries: [Entry]
  var date: String
  /// The date of its opening balance, if it is not the closing date.
  var openingDate: String?
  var hasClosing = true

  init(_ date: String, from opening: Int, _ amounts: [Int]) {
    (self.date, self.opening) = (date, opening)
    entries = amounts.map { Entry(amount: $0, date: date) }
  }

  var closing: Int { entries.reduce(opening) { $0 + $1.amount } }

  func with(_ change: (inout SampleStatement) -> Void) -> SampleStatement {
    var copy = self
    change(&copy)
    return copy
  }

  /// A camt.053 document with this statement alone.
  var camt: String { Self.camt([self]) }

  static func camt(
    _ statements: [SampleStatement], message: String = "camt.053", _ element: String = "Stmt",
    _ document: String = "BkToCstmrStmt"
  ) -> String {
    let parts = statements.map { "<\(element)>\($0.camtContent)</\(element)>" }.joined()
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:\(message).001.08"><\(document)><GrpHdr>\
      <MsgId>M</MsgId><CreDtTm>2026-01-09T06:00:00Z</CreDtTm></GrpHdr>\(parts)</\(document)></Document>
      """
  }

  private var camtContent: String {
    let pages = page.map {
      "<StmtPgntn><PgNb>\($0.number)</PgNb><LastPgInd>\($0.isLast)</LastPgInd></StmtPgntn>"
    }
    let number = sequence.map { "<ElctrncSeqNb>\($0)</ElctrncSeqNb>" }
    let closed =
      hasClosing ? Self.balance(hasLater ? "ITBD" : "CLBD", closing, date) : ""
    return "<Id>\(identifier)</Id>" + (pages ?? "") + (number ?? "")
      + "<CreDtTm>\(created)</CreDtTm><Acct><Id><IBAN>\(iban)</IBAN></Id><Ccy>USD</Ccy></Acct>"
      + Self.balance(hasEarlier ? "ITBD" : "OPBD", opening, openingDate ?? date) + closed
      + entries.map { entry in
        "<Ntry>\(Self.money(entry.amount))<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>\(entry.date)</Dt></BookgDt>"
          + (entry.reference.map { "<AcctSvcrRef>\($0)</AcctSvcrRef>" } ?? "") + "</Ntry>"
      }.joined()
  }

  private static func balance(_ code: String, _ minor: Int, _ date: String) -> String {
    "<Bal><Tp><CdOrPrtry><Cd>\(code)</Cd></CdOrPrtry></Tp>\(money(minor))<Dt><Dt>\(date)</Dt></Dt></Bal>"
  }

  private static func money(_ minor: Int) -> String {
    "<Amt Ccy=\"USD\">\(decimal(minor, "."))</Amt>"
      + "<CdtDbtInd>\(minor < 0 ? "DBIT" : "CRDT")</CdtDbtInd>"
  }

  /// An MT940 message with this statement.
  var mt940: String {
    let day = date.dropFirst(2).filter { $0 != "-" }
    let balance = { (minor: Int) in
      "\(minor < 0 ? "D" : "C")\(day)USD\(Self.decimal(minor, ","))"
    }
    let lines = entries.map { entry in
      let booked = entry.date.dropFirst(2).filter { $0 != "-" }
      return ":61:\(booked)\(booked.dropFirst(2))\(entry.amount < 0 ? "D" : "C")"
        + "\(Self.decimal(entry.amount, ","))NTRF\(entry.reference ?? "NONREF")"
    }
    let number = sequence.map { "\($0)/\(page?.number ?? 1)" } ?? "1/1"
    return
      ([
        ":20:\(identifier)", ":25:\(iban)", ":28C:\(number)",
        ":60\(hasEarlier ? "M" : "F"):\(balance(opening))",
      ] + lines + [":62\(hasLater ? "M" : "F"):\(balance(closing))", "-", ""]).joined(
        separator: "\r\n")
  }

  private static func decimal(_ minor: Int, _ separator: String) -> String {
    let digits = String(abs(minor))
    let padded = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
    return padded.dropLast(2) + separator + padded.suffix(2)
  }
}
