import Testing

@testable import StatementReading

@Suite("The XML reader")
struct XMLReaderTests {
  /// The events of a document, one after the other.
  private func events(
    _ text: String, _ limits: StatementLimits = StatementLimits()
  ) throws(StatementFault) -> String {
    var xml = XMLReader(MemoryByteSource(Array(text.utf8)), limits: limits)
    var events = ""
    while true {
      switch try xml.next() {
      case .start:
        let attributes = xml.attributes.map {
          " \(String(decoding: $0.name, as: UTF8.self))=\(String(decoding: $0.value, as: UTF8.self))"
        }
        events += "<\(xml.namespaceNames[xml.namespace])\(attributes.joined())"
      case .end: events += "[\(String(decoding: xml.text, as: UTF8.self))]>"
      case .finished: return events
      }
    }
  }

  private static let documents: [(text: String, events: String)] = [
    ("<a/>", "<[]>"), ("<a></a >", "<[]>"), ("<a>x</a>\n", "<[x]>"),
    ("<a>x<b>y</b>z</a>", "<<[y]>[z]>"), ("<a>1&lt;2&amp;&#65;&#x20AC;&apos;</a>", "<[1<2&A€']>"),
    ("<a><![CDATA[<b>&amp;]]]]></a>", "<[<b>&amp;]]]>"), ("<a>1<!-- <b> -->2</a>", "<[12]>"),
    ("<a b='1' c = \"2&quot;>\"/>", "< b=1 c=2\">[]>"), ("<a\n\tb='é'\r\n/>", "< b=é[]>"),
    ("<a xmlns='u'><b xmlns=''/><c/></a>", "<u xmlns=u< xmlns=[]><u[]>[]>"),
    (
      "<p:a xmlns:p='u'><p:b xmlns:p='v'/><p:c/><d/></p:a>",
      "<u xmlns:p=u<v xmlns:p=v[]><u[]><[]>[]>"
    ),
    ("<q:a/>", "<[]>"), ("<é_-.1>ü</é_-.1>", "<[ü]>"), ("\u{FEFF}<a/><!-- b -->", "<[]>"),
    ("<a>]]&gt; > \"'</a>", "<[]]> > \"']>"),
  ]

  @Test("gives elements with their namespaces, attributes and texts")
  func documentsAreRead() throws {
    for (text, expected) in Self.documents {
      #expect(try events(text) == expected, "\(text)")
    }
  }

  @Test("refuses what is not well-formed, with its place")
  func malformedDocumentsAreRefused() {
    for text in [
      "<a>", "<a", "<a b", "<a></b>", "<a></a></a>", "</a>", "<a/><b/>", "<a/>x", "x<a/>",
      "<a b></a>", "<a b=1/>", "<a b='1/>", "<a b='1'c='2'/>", "<a b='1' b='2'/>", "<a b='<'/>",
      "<a <b/></a>", "< a/>", "<1a/>", "<a>&b;</a>", "<a>&</a>", "<a>&#0;</a>", "<a>&#xD800;</a>",
      "<a>&#x110000;</a>", "<a>&#-1;</a>", "<a>&#;</a>", "<a>&#x;</a>", "<a>&#99999999999;</a>",
      "<a b='&c;'/>", "<a><!-- </a>", "<a><![CDATA[</a>", "<a><!b></a>", "<a><?b?></a>",
      "<a>&#65</a>", "<a/>&#65;", "<a/><![CDATA[]]>", "<a/ >", "<a//>", "<>", "<a></>", "",
      "<a>\u{FFFE}</a>", "<a>\u{B}</a>",
    ] {
      #expect(throws: StatementFault.self, "\(text)") { try events(text) }
    }
  }

  @Test("names line and column of what it refuses")
  func faultsHaveTheirPlace() {
    for (text, line, column) in [
      ("<a>\n<b>\n</c></a>", 3, 1), ("<a>\n\n  x &y;</a>", 3, 5), ("<a b=1/>", 1, 1),
      ("<a>\n<b/>\u{1}</a>", 2, 5), ("<a>\n<b>", 2, 4),
    ] {
      let fault = #expect(throws: StatementFault.self) { try events(text) }
      #expect(fault?.line == line && fault?.column == column, "\(text): \(fault?.place ?? "")")
    }
  }

  @Test("keeps its limits")
  func limitsAreKept() throws {
    var limits = StatementLimits()
    limits.depthMax = 3
    limits.textBytesMax = 20
    #expect(try events("<a><b><c/></b></a>", limits) == "<<<[]>[]>[]>")
    #expect(try events("<a>12345678901234567890</a>", limits).count == 24)
    for text in [
      "<a><b><c><d/></c></b></a>", "<a>123456789012345678901</a>",
      "<a><![CDATA[12345678901]]>1234567890</a>",
      "<a>123456789&#65;&#66;1234567&#67;89012</a>", "<a b='1234567890123456789012'/>",
    ] {
      #expect(throws: StatementFault.self, "\(text)") { try events(text, limits) }
    }
    let attributes = (0..<65).map { " a\($0)=''" }.joined()
    #expect(throws: StatementFault.self) { try events("<a\(attributes)/>") }
    let namespaces = (0...1000).map { "<b xmlns='u\($0)'/>" }.joined()
    #expect(throws: StatementFault.self) { try events("<a>\(namespaces)</a>") }
    func declared(_ range: Range<Int>) -> String {
      range.map { " xmlns:p\($0)='u\($0)'" }.joined()
    }
    #expect(try events("<a\(declared(0..<60))><b\(declared(60..<100))/></a>").hasSuffix("[]>[]>"))
    #expect(throws: StatementFault.self) {
      try events("<a\(declared(0..<60))><b\(declared(60..<101))/></a>")
    }
  }

  /// Bytes as text, each the character of its number.
  private func latin1(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
  }

  @Test("reads a declared encoding in pieces of any size, and no other")
  func declaredEncodingIsRead() throws {
    let head = "<?xml version='1.0' encoding='ISO-8859-1'?><!-- Übertrag -->\n"
    for count in [1, 2, 3, 1000] {
      var xml = XMLReader(
        Trickle(latin1(head + "<a b='é'>Ä&#228;</a>"), count: count), limits: StatementLimits())
      #expect(try xml.next() == .start)
      #expect(xml.attribute("b").map { String(decoding: $0, as: UTF8.self) } == "é")
      #expect(try xml.next() == .end)
      #expect(String(decoding: xml.text, as: UTF8.self) == "Ää" && xml.line() == 2)
      #expect(try xml.next() == .finished)
      for text in ["<a>Ä</a>", head.replacing("ISO-8859-1", with: "UTF-8") + "<a/>"] {
        var other = XMLReader(Trickle(latin1(text), count: count), limits: StatementLimits())
        #expect(throws: StatementFault.self) { while try other.next() != .finished {} }
      }
      var cut = XMLReader(Trickle(latin1(head), count: count), limits: StatementLimits())
      #expect(throws: StatementFault.self) { try cut.next() }
    }
  }
}
