import DemoLedger
import Foundation
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// A statement as whoever reads the files has it; amounts in minor units.
struct Statement {
  struct Item: Hashable {
    var reference: String
    var amount: Int
    var valueDate: String
  }

  var opening = 0
  var closing = 0
  var items: [Item] = []
}

extension DemoTree {
  /// The statements of a tenant's date by the names the bank gives to accounts.
  func statements(_ tenant: String, _ date: String) throws -> [String: Statement] {
    var statements: [String: Statement] = [:]
    let directory = "statements/tenant_id=\(tenant)/date=\(date)/"
    for path in try files() where path.hasPrefix(directory) {
      let found = path.hasSuffix(".csv") ? try table(path) : try message(path, date)
      statements.merge(found) { one, _ in
        Issue.record("\(path) tells an account twice")
        return one
      }
    }
    return statements
  }

  private func table(_ path: String) throws -> [String: Statement] {
    var statements: [String: Statement] = [:]
    let lines = String(decoding: try bytes(of: path), as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    var statement = Statement()
    // The one account with tables is in euros.
    func minor(_ text: String) throws -> Int { try #require(Int(text.filter { $0 != "." })) }
    for line in lines {
      switch line[0] {
      case "Opening balance": statement.opening = try minor(line[1])
      case "Closing balance": statement.closing = try minor(line[1])
      case "account": #expect(line.joined(separator: ",").hasSuffix("value_date,amount,reference"))
      default:
        statements[line[0]] = Statement()
        statement.items.append(
          Statement.Item(reference: line[5], amount: try minor(line[4]), valueDate: line[3]))
      }
    }
    return statements.mapValues { _ in statement }
  }

  private func message(_ path: String, _ date: String) throws -> [String: Statement] {
    let document = try XMLDocument(data: bytes(of: path))
    let root = try #require(document.rootElement())
    #expect(root.uri == "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08")
    let message = try #require(root.child("BkToCstmrStmt"))
    var statements: [String: Statement] = [:]
    for element in message.elements(forName: "Stmt") {
      let identification = try #require(element.child("Acct/Id"))
      let name = identification.text("IBAN") ?? identification.text("Othr/Id")
      statements[try #require(name)] = try Self.statement(element, date)
    }
    return statements
  }

  private static func statement(_ element: XMLElement, _ date: String) throws -> Statement {
    var statement = Statement()
    let currency = try #require(element.text("Acct/Ccy"))
    for balance in element.elements(forName: "Bal") {
      #expect(balance.text("Dt/Dt") == date)
      let amount = try amount(balance, currency)
      switch balance.text("Tp/CdOrPrtry/Cd") {
      case "OPBD": statement.opening = amount
      case "CLBD": statement.closing = amount
      default: Issue.record("a balance of another kind")
      }
    }
    statement.items = try element.elements(forName: "Ntry").map { entry in
      #expect(entry.text("Sts/Cd") == "BOOK" && entry.text("BookgDt/Dt") == date)
      let reference = entry.text("AcctSvcrRef") ?? ""
      #expect(reference.count <= 35)
      let endToEnd = entry.text("NtryDtls/TxDtls/Refs/EndToEndId")
      #expect(endToEnd == (reference.hasPrefix("PMT-") ? reference : nil))
      return Statement.Item(
        reference: reference, amount: try amount(entry, currency),
        valueDate: entry.text("ValDt/Dt") ?? "")
    }
    #expect(element.text("TxsSummry/TtlNtries/NbOfNtries") == String(statement.items.count))
    return statement
  }

  private static func amount(_ element: XMLElement, _ currency: String) throws -> Int {
    let amount = try #require(element.child("Amt"))
    #expect(amount.attributes?.map(\.stringValue) == [currency])
    let digits = try #require(amount.stringValue)
    let decimals = digits.split(separator: ".").dropFirst().first?.count ?? 0
    #expect(decimals == (currency == "JPY" ? 0 : 2))
    let minor = try #require(Int(digits.filter { $0 != "." }))
    return element.text("CdtDbtInd") == "CRDT" ? minor : -minor
  }
}

extension XMLElement {
  fileprivate func child(_ path: String) -> XMLElement? {
    path.split(separator: "/").reduce(self) { element, name in
      element?.elements(forName: String(name)).first
    }
  }

  fileprivate func text(_ path: String) -> String? { child(path)?.stringValue }
}
