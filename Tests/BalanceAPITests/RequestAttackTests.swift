import NIOCore
import TestSupport
import Testing

@testable import BalanceAPI

/// One attack: bytes as a client could send them, and the decided answers.
struct RequestAttack: Sendable, CustomStringConvertible {
  let description: String
  let bytes: [UInt8]
  /// The statuses of the responses; the last is 200 if the connection stays open for the next request.
  let statuses: [Int]

  init(_ description: String, _ text: String, _ statuses: [Int]) {
    self.init(description, Array(text.utf8), statuses)
  }

  init(_ description: String, _ bytes: [UInt8], _ statuses: [Int]) {
    (self.description, self.bytes, self.statuses) = (description, bytes, statuses)
  }

  /// The answer is a refusal that ends the connection.
  private static let refused = [400]
  /// The answer is a refusal, after which the next request is answered.
  private static let refusedAndOpen = [400, 200]
  private static let live = "GET /v1/health/live HTTP/1.1\r\n"

  static let all = protocols + lines + targets + hosts + fields + framing + chunks

  private static let protocols = [
    ("RTSP/1.0", refused), ("RTSP/1.1", refused), ("ICE/1.0", refused), ("http/1.1", refused),
    ("HTTPS/1.1", refused), ("HTTP/1", refused), ("HTTP/11", refused), ("HTTP/1.1x", refused),
    ("HTTP/1,1", refused), ("HTTP/a.1", refused), ("HTTP/+1.1", refused), ("", refused),
    ("HTTP/0.9", [505]), ("HTTP/1.2", [505]), ("HTTP/2.0", [505]), ("HTTP/3.0", [505]),
  ].map { name, statuses in
    RequestAttack(
      "protocol '\(name)'", "GET /v1/health/live \(name)\r\nHost: a\r\n\r\n", statuses)
  }

  private static let lines = [
    RequestAttack("HTTP/0.9", "GET /v1/health/live\r\n\r\n", refused),
    RequestAttack("two spaces", "GET  /v1/health/live HTTP/1.1\r\nHost: a\r\n\r\n", refused),
    RequestAttack("a tab", "GET\t/v1/health/live HTTP/1.1\r\nHost: a\r\n\r\n", refused),
    RequestAttack("a space in front", " GET /v1/health/live HTTP/1.1\r\nHost: a\r\n\r\n", refused),
    RequestAttack("a space behind", "GET /v1/health/live HTTP/1.1 \r\nHost: a\r\n\r\n", refused),
    RequestAttack("no method", " /v1/health/live HTTP/1.1\r\nHost: a\r\n\r\n", refused),
    RequestAttack(
      "a method with a colon", "G:T /v1/health/live HTTP/1.1\r\nHost: a\r\n\r\n", refused),
    RequestAttack("LF alone", "GET /v1/health/live HTTP/1.1\nHost: a\n\n", refused),
    RequestAttack("LF alone after a field", live + "Host: a\n\r\n", refused),
    RequestAttack("CR alone", "GET /v1/health/live HTTP/1.1\rHost: a\r\r\n", refused),
    RequestAttack("two empty lines in front", "\r\n\r\n" + live + "Host: a\r\n\r\n", refused),
    RequestAttack("one empty line in front", "\r\n" + live + "Host: a\r\n\r\n", [200, 200]),
    RequestAttack("NUL", "GET /v1/health/live\0 HTTP/1.1\r\nHost: a\r\n\r\n", refused),
    RequestAttack("a TLS handshake", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01], refused),
    RequestAttack(
      "an unknown method", "BREW /v1/health/live HTTP/1.1\r\nHost: a\r\n\r\n", [405, 200]),
    RequestAttack(
      "a method in lower case", "get /v1/health/live HTTP/1.1\r\nHost: a\r\n\r\n", [405, 200]),
  ]

  private static let targets =
    [
      ("*v1/health/live", refusedAndOpen), ("v1/health/live", refusedAndOpen),
      ("*", refusedAndOpen),
      ("**", refusedAndOpen), ("?a", refusedAndOpen), ("//", [404, 200]), ("a:1", refusedAndOpen),
      ("localhost/v1/health/live", refusedAndOpen), ("file:///v1/health/live", refusedAndOpen),
      ("ftp://a/v1/health/live", refusedAndOpen), ("http:/v1/health/live", refusedAndOpen),
      ("http:v1/health/live", refusedAndOpen), ("http:///v1/health/live", refusedAndOpen),
      ("https://", refusedAndOpen), ("http://:80/v1/health/live", refusedAndOpen),
      ("http://a:x/v1/health/live", refusedAndOpen), ("http://u@a/v1/health/live", refusedAndOpen),
      ("http://u:p@a/v1/health/live", refusedAndOpen),
      ("http://[::1/v1/health/live", refusedAndOpen),
      ("http://a:65536/v1/health/live", refusedAndOpen),
      ("http://a%2f/v1/health/live", refusedAndOpen),
      ("http://a\\b/v1/health/live", refusedAndOpen), ("/v1/health/live#a", refusedAndOpen),
      ("/v1/health/live?a=<b>", refusedAndOpen), ("/v1/health/live?a=\"", refusedAndOpen),
      ("\\v1\\health\\live", refusedAndOpen), ("/v1/health/live?a={}", refusedAndOpen),
      ("/v1/health/%6", [404, 200]), ("/v1/health/%00live", [404, 200]),
      ("http://a/v1/health/live", [200, 200]), ("HTTPS://a:443/v1/health/live", [200, 200]),
      ("http://[::1]:3000/v1/health/live", [200, 200]), ("/%76%31/health/live", [200, 200]),
    ].map { target, statuses in
      RequestAttack("target \(target)", "GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n", statuses)
    } + [
      RequestAttack("OPTIONS *", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", [405, 200]),
      RequestAttack("CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", [405]),
      RequestAttack(
        "CONNECT to a path", "CONNECT /v1/health/live HTTP/1.1\r\nHost: a\r\n\r\n", [405]),
      RequestAttack(
        "a target in UTF-8", "GET /v1/h\u{E9}alth HTTP/1.1\r\nHost: a\r\n\r\n", refused),
      RequestAttack(
        "a target with DEL", "GET /v1/\u{7F} HTTP/1.1\r\nHost: a\r\n\r\n", refused),
      RequestAttack(
        "a long target", "GET /\(String(repeating: "a", count: 5_000)) HTTP/1.1\r\nHost: a\r\n\r\n",
        [414, 200]),
      RequestAttack(
        "a target without end", "GET /\(String(repeating: "a", count: 70_000))", [414]),
    ]

  private static let hosts =
    [
      "", "a b", "a/b", "x:y", "x:99999999", "x:65536", "x:-1", "x:+1", "x:1:2", "[::1", "::1",
      "[::1]x", "[]",
      "[v1.a]", "[127.0.0.1]", "[fe80::1%25eth0]", "@", "u@a", "a,b", "a, b", "a;b", "a?b", "a#b",
      "a\\b", "<a>",
      "a%41", "%", "a\"b", "http://a", ":80", "é", "\u{212A}", "a\tb",
      String(repeating: "a", count: 256),
    ].map { RequestAttack("Host '\($0)'", live + "Host: \($0)\r\n\r\n", refusedAndOpen) }
    + ["a", "a:", "a:80", "A.example:65535", "[::1]", "[2001:db8::1]:443", "127.0.0.1:3000", "a_b"]
    .map {
      RequestAttack("valid Host '\($0)'", live + "Host: \($0)\r\n\r\n", [200, 200])
    } + [
      RequestAttack("two Host fields", live + "Host: a\r\nHost: a\r\n\r\n", refusedAndOpen),
      RequestAttack("no Host field", live + "\r\n", refusedAndOpen),
      RequestAttack(
        "two Host fields in HTTP/1.0", "GET /v1/health/live HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n",
        refused),
      RequestAttack(
        "an invalid Host field in HTTP/1.0", "GET /v1/health/live HTTP/1.0\r\nHost: a b\r\n\r\n",
        refused),
      RequestAttack("no Host field in HTTP/1.0", "GET /v1/health/live HTTP/1.0\r\n\r\n", [200]),
      RequestAttack(
        "Host with invalid UTF-8", Array((live + "Host: a").utf8) + [0xFF] + Array("\r\n\r\n".utf8),
        refusedAndOpen),
      RequestAttack("Host with NUL", live + "Host: a\0\r\n\r\n", refused),
      RequestAttack("Host with a control character", live + "Host: a\u{1}\r\n\r\n", refused),
      RequestAttack(
        "an absolute target with an invalid Host",
        "GET http://a/v1/health/live HTTP/1.1\r\nHost: a b\r\n\r\n", refusedAndOpen),
    ]

  private static let fields =
    [
      "Host : a\r\n", "Host\t: a\r\n", ": a\r\n", "Host a\r\n", "H\u{E9}: a\r\n", "H(: a\r\n",
      "X: a\r\n b\r\n", "X: a\r\n\tb\r\n", " X: a\r\n", "X: a\u{0}b\r\n", "X: a\u{8}b\r\n",
      "X: a\u{7F}b\r\n", "X: a\rb\r\n",
    ].map { RequestAttack("field \($0.debugDescription)", live + "Host: a\r\n\($0)\r\n", refused) }
    + [
      RequestAttack(
        "201 fields", live + "Host: a\r\n" + String(repeating: "X: y\r\n", count: 200) + "\r\n",
        [431]),
      RequestAttack(
        "a field without end", live + "Host: a\r\nX: " + String(repeating: "y", count: 70_000),
        [431]),
      RequestAttack(
        "20,000 bytes of fields",
        live + "Host: a\r\nX: " + String(repeating: "y", count: 20_000) + "\r\n\r\n", [431, 200]),
    ]

  private static let framing =
    [
      "Content-Length: 3\r\nContent-Length: 3\r\n", "Content-Length: 3\r\nContent-Length: 4\r\n",
      "Content-Length: 3, 3\r\n", "Content-Length: +3\r\n", "Content-Length: -1\r\n",
      "Content-Length: 0x3\r\n",
      "Content-Length: 3.0\r\n", "Content-Length: \r\n", "Content-Length: 3 3\r\n",
      "Content-Length: 99999999999999999999\r\n", "Content-Length: 18446744073709551619\r\n",
      "Content-Length: \u{663}\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
      "Transfer-Encoding: gzip, chunked\r\n", "Transfer-Encoding: chunked, identity\r\n",
      "Transfer-Encoding: identity\r\n",
      "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
      "Transfer-Encoding: xchunked\r\n", "Transfer-Encoding: chunked;q=1\r\n",
      "Transfer-Encoding: \"chunked\"\r\n",
      "Transfer-Encoding:\r\n", "Transfer-Encoding: chun\u{212A}ed\r\n",
    ].map {
      RequestAttack("framing \($0.debugDescription)", live + "Host: a\r\n\($0)\r\nabc", refused)
    } + [
      RequestAttack(
        "chunks in HTTP/1.0",
        "GET /v1/health/live HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", refused),
      RequestAttack("content", live + "Host: a\r\nContent-Length: 3\r\n\r\nabc", [200, 200]),
      RequestAttack(
        "content that is a request",
        live + "Host: a\r\nContent-Length: 43\r\n\r\n" + live + "Host: b\r\n\r\nab", [200, 200]),
    ]

  private static func chunked(_ content: String) -> String {
    live + "Host: a\r\nTransfer-Encoding: chunked\r\n\r\n" + content
  }

  private static let chunks =
    [
      ("no size", ";a\r\n"), ("a size with a sign", "+3\r\nabc\r\n0\r\n\r\n"),
      ("a size with 0x", "0x3\r\nabc\r\n0\r\n\r\n"), ("a negative size", "-1\r\n\r\n"),
      ("a size of 64 bits", "FFFFFFFFFFFFFFFF\r\nabc"),
      ("a size of 17 digits", "00000000000000003\r\nabc"),
      ("a space after the size", "3 \r\nabc\r\n0\r\n\r\n"), ("a comma", "3,a\r\nabc\r\n0\r\n\r\n"),
      ("a space in front of the size", " 3\r\nabc\r\n0\r\n\r\n"), ("LF alone", "3\nabc\n0\n\n"),
      ("a chunk that is longer", "3\r\nabcd\r\n0\r\n\r\n"),
      ("a chunk that is shorter", "3\r\nab\r\n0\r\n\r\n"),
      ("a control character in an extension", "3;a=\u{1}\r\nabc\r\n0\r\n\r\n"),
      ("a trailer without a name", "0\r\nabc\r\n\r\n"),
      ("a trailer that goes on", "0\r\nA: b\r\n c\r\n\r\n"),
    ].map { RequestAttack("chunked: \($0)", chunked($1), refused) } + [
      RequestAttack(
        "a long chunk extension", chunked("3;" + String(repeating: "a", count: 5_000) + "\r\n"),
        [413]),
      RequestAttack(
        "a chunk extension without end", chunked("3;" + String(repeating: "a", count: 200_000)),
        [413]),
      RequestAttack(
        "many chunk extensions",
        chunked(
          String(repeating: "1;" + String(repeating: "a", count: 90) + "\r\nx\r\n", count: 50)),
        [413]),
      RequestAttack(
        "trailers without end", chunked("0\r\n" + String(repeating: "A: b\r\n", count: 20_000)),
        [413]),
      RequestAttack(
        "a trailer without end", chunked("0\r\nA: " + String(repeating: "b", count: 20_000)), [413]),
      RequestAttack(
        "an extension and a trailer", chunked("3;a=b\r\nabc\r\n0;c\r\nHost: b\r\nX: y\r\n\r\n"),
        [200, 200]),
      RequestAttack(
        "4,096 chunks of a byte",
        chunked(String(repeating: "1\r\na\r\n", count: 4_096) + "0\r\n\r\n"),
        [200, 200]),
    ]
}

@Suite("Requests as an attacker would send them")
struct RequestAttackTests {
  @Test("every attack gets its decided answer and nothing else")
  func attacksAreAnsweredAsDecided() async throws {
    let listener = try await Listener()
    let next = Array("GET /v1/health/live HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
    #expect(RequestAttack.all.count > 150)
    for attack in RequestAttack.all {
      let text = await listener.exchange(attack.bytes + next)
      let statuses = text.matches(of: #/HTTP/1\.1 ([0-9]{3}) /#).compactMap { Int($0.1) }
      #expect(statuses == attack.statuses, "\(attack): \(text.prefix(400))")
    }
  }

  @Test("a request gets the same answer however its bytes are cut")
  func cutsMakeNoDifference() throws {
    for attack in RequestAttack.all where attack.bytes.count < 2_000 {
      let whole = parsed([attack.bytes])
      let cut = parsed(attack.bytes.map { [$0] })
      #expect(whole.last == cut.last && whole.filter(isKept) == cut.filter(isKept), "\(attack)")
    }
  }

  /// Content arrives in pieces of any size.
  private func isKept(_ part: String) -> Bool { !part.hasPrefix("content") }

  /// The parts of a connection's bytes, and the problem that ends it.
  private func parsed(_ pieces: [[UInt8]]) -> [String] {
    var (parser, buffer, parts) = (RequestParser(), ByteBuffer(), [String]())
    do {
      for piece in pieces {
        buffer.writeBytes(piece)
        while let part = try parser.next(&buffer) { parts.append("\(part)") }
      }
    } catch {
      parts.append(error.code.rawValue)
    }
    return parts
  }
}
