import Foundation
import FoundationXML
import LedgerDomain

/// Reads a camt.053 document in one pass, with only the current entry in memory.
///
/// Elements are identified by their path and the document's namespace, whatever their prefix. Elements
/// not in `CamtElement` are skipped. An envelope of another namespace may enclose the document.
final class CamtParser: NSObject, XMLParserDelegate {
  private let name: String
  private let limits: StatementLimits
  private var fault: StatementFault?
  private var depth = 0
  /// The namespace of the current document, and the depth of its element.
  private var document: (namespace: String, depth: Int)?
  private var documentCount = 0
  /// The current positions in `CamtElement.nodes`; `nil` inside skipped elements.
  private var places: [Int?] = []
  private var text = ""
  private var textBytes = 0
  private var currency: String?
  private var isRootClosed = false
  private var stream: StatementStream?
  private var statements: [BankStatement] = []
  private var draft: CamtStatementDraft?

  init(name: String, limits: StatementLimits) {
    self.name = name
    self.limits = limits
  }

  /// The statements of the document, or what is wrong with it.
  func parse(_ stream: StatementStream) -> Result<[BankStatement], StatementFault> {
    if let fault = stream.fault { return .failure(fault) }
    self.stream = stream
    let parser = XMLParser(stream: stream)
    parser.shouldProcessNamespaces = true
    parser.shouldResolveExternalEntities = false
    parser.externalEntityResolvingPolicy = .never
    parser.delegate = self
    let isParsed = parser.parse()
    if let fault = stream.fault ?? fault { return .failure(fault) }
    if !isParsed || !isRootClosed {
      return .failure(
        StatementFault("is truncated: it ends inside an element. Ask the bank to deliver it again.")
      )
    }
    if documentCount == 0 {
      return .failure(
        StatementFault("contains no camt.053 document. Ask the bank for camt.053.001.02 to .08."))
    }
    if statements.isEmpty {
      return .failure(
        StatementFault("contains no statement (Stmt). Ask the bank to deliver it again."))
    }
    return .success(statements)
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    guard fault == nil else { return }
    depth += 1
    resetText()
    check(parser) { () throws(StatementFault) in
      guard depth <= limits.depthMax else {
        throw StatementFault(
          "nests elements more than \(limits.depthMax) deep. Find out who wrote this file.")
      }
      try count(attributes.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count })
      textBytes = 0
      try enter(name, namespaceURI ?? "", attributes)
    }
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    guard fault == nil else { return }
    check(parser) { () throws(StatementFault) in
      try count(string.utf8.count)
      if let place = places.last ?? nil, CamtElement.nodes[place].element != nil { text += string }
    }
  }

  func parser(_ parser: XMLParser, foundCDATA block: Data) {
    self.parser(parser, foundCharacters: String(decoding: block, as: UTF8.self))
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    guard fault == nil else { return }
    check(parser) { () throws(StatementFault) in try leave() }
    resetText()
    depth -= 1
    if depth == 0 { isRootClosed = true }
  }

  func parser(_ parser: XMLParser, parseErrorOccurred error: any Error) {
    let code = (error as NSError).code
    guard fault == nil, !Self.warnings.contains(code) else { return }
    stream?.stop()
    fault = StatementFault(
      Self.invalidText.contains(code)
        ? "contains bytes that are not UTF-8 or that XML does not allow. Ask the bank for UTF-8."
        : "is truncated or not well-formed XML (error \(code)). Ask the bank to deliver it again.",
      line: parser.lineNumber, column: parser.columnNumber)
  }

  /// The parser's errors for an invalid character, an encoding and its name.
  private static let invalidText: Set = [9, 31, 32, 79, 81]
  /// Its warnings: a namespace that is no URI, or a relative one.
  private static let warnings: Set = [99, 100]

  private func enter(
    _ name: String, _ namespace: String, _ attributes: [String: String]
  ) throws(StatementFault) {
    guard let document else {
      guard name == "Document" else { return }
      guard CamtElement.namespaces.contains(namespace) else {
        throw StatementFault(
          "has the namespace '\(namespace.prefix(80))', which is not camt.053.001.02 to .08. "
            + "Ask the bank for one of those.")
      }
      self.document = (namespace, depth)
      documentCount += 1
      places = [0]
      return
    }
    let parent = places.last ?? nil
    let place =
      namespace == document.namespace
      ? parent.flatMap { CamtElement.nodes[$0].children[name] } : nil
    places.append(place)
    guard let element = place.flatMap({ CamtElement.nodes[$0].element }) else { return }
    currency = attributes["Ccy"]
    if element == .statement {
      draft = CamtStatementDraft(file: self.name, number: statements.count + 1)
    } else {
      draft?.begin(element)
    }
  }

  private func leave() throws(StatementFault) {
    guard let document else { return }
    let place = places.popLast() ?? nil
    if depth == document.depth { self.document = nil }
    guard let element = place.flatMap({ CamtElement.nodes[$0].element }) else { return }
    if element == .statement {
      if let statement = try draft?.statement() { statements.append(statement) }
      draft = nil
    } else {
      let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
      try draft?.end(element, trimmed, currency: currency)
    }
  }

  private func resetText() {
    text.removeAll(keepingCapacity: true)
    textBytes = 0
  }

  private func count(_ bytes: Int) throws(StatementFault) {
    textBytes += bytes
    guard textBytes <= limits.textBytesMax else {
      throw StatementFault(
        "has a text longer than \(limits.textBytesMax) bytes. Find out who wrote this file.")
    }
  }

  /// Keeps the first fault, with its position, and ends the parser's input.
  ///
  /// Aborting the parser would free memory that it still uses.
  private func check(_ parser: XMLParser, _ body: () throws(StatementFault) -> Void) {
    do throws(StatementFault) {
      try body()
    } catch {
      var placed = error
      placed.line = parser.lineNumber
      placed.column = parser.columnNumber
      fault = placed
      stream?.stop()
    }
  }
}
