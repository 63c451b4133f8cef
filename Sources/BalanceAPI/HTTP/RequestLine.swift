import NIOHTTP1

/// The first line of a request: `GET /v1/health/live HTTP/1.1`. Source: RFC 9112, section 3.
struct RequestLine {
  let method: HTTPMethod
  let target: String
  let version: HTTPVersion

  /// - Throws: `bad_request`, or `http_version_not_supported` for a version other than 1.0 and 1.1.
  init(_ line: [UInt8]) throws(Problem) {
    let parts = line.split(separator: 0x20, omittingEmptySubsequences: false)
    guard parts.count == 3, !parts[0].isEmpty, parts[0].allSatisfy(FieldLine.isTokenCharacter),
      !parts[1].isEmpty
    else { throw RequestParser.malformed("Its first line is not a method, a target and a version") }
    guard parts[1].allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw RequestParser.malformed("The target has characters outside of ASCII")
    }
    version = try Self.version(parts[2])
    method = HTTPMethod(rawValue: String(decoding: parts[0], as: UTF8.self))
    target = String(decoding: parts[1], as: UTF8.self)
  }

  private static func version(_ bytes: ArraySlice<UInt8>) throws(Problem) -> HTTPVersion {
    let name = bytes.dropLast(3)
    let number = Array(bytes.suffix(3))
    guard name.elementsEqual("HTTP/".utf8), number[1] == UInt8(ascii: "."),
      (0x30...0x39).contains(number[0]), (0x30...0x39).contains(number[2])
    else { throw RequestParser.malformed("Its protocol is not HTTP") }
    guard number[0] == UInt8(ascii: "1"), number[2] <= UInt8(ascii: "1") else {
      throw Problem(.versionNotSupported, "The server supports HTTP/1.1 and HTTP/1.0.")
    }
    return number[2] == UInt8(ascii: "1") ? .http1_1 : .http1_0
  }
}

/// A line `name: value` of a request's head or trailers. Source: RFC 9112, section 5.
enum FieldLine {
  /// The field of a line.
  ///
  /// - Throws: `bad_request`, also for a line that continues the one before it.
  static func parse(_ line: [UInt8]) throws(Problem) -> (String, String) {
    let name = line.prefix { $0 != UInt8(ascii: ":") }
    guard !name.isEmpty, name.count < line.count, name.allSatisfy(isTokenCharacter) else {
      throw RequestParser.malformed("A header field has no valid name")
    }
    var value = line[(name.count + 1)...].drop(while: isBlank)
    while let last = value.last, isBlank(last) { value.removeLast() }
    guard value.allSatisfy(isAllowedInValue) else {
      throw RequestParser.malformed("A header field has control characters")
    }
    return (String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Source: RFC 9110, section 5.5, `field-content`.
  static func isAllowedInValue(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != 0x7F || byte == 0x09
  }

  /// Source: RFC 9110, section 5.6.2, `tchar`.
  static func isTokenCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"),
      UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "_"),
      UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}

/// How long a request's content is. Source: RFC 9112, section 6.
enum ContentFraming {
  case none
  case length(Int)
  case chunked

  /// - Throws: `bad_request` if the head leaves any doubt.
  init(_ head: HTTPRequestHead) throws(Problem) {
    let lengths = head.headers[FieldName.contentLength.rawValue]
    let encodings = head.headers[FieldName.transferEncoding.rawValue]
    guard encodings.isEmpty else {
      guard encodings.count == 1, encodings[0].utf8.elementsEqual("chunked".utf8, by: Self.isSame),
        lengths.isEmpty, head.version == .http1_1
      else {
        throw RequestParser.malformed(
          "Transfer-Encoding must be chunked, alone, without Content-Length, in HTTP/1.1")
      }
      self = .chunked
      return
    }
    guard let text = lengths.first else {
      self = .none
      return
    }
    guard lengths.count == 1, (1...19).contains(text.utf8.count),
      text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(text)
    else { throw RequestParser.malformed("Content-Length must be one number") }
    self = count == 0 ? .none : .length(count)
  }

  private static func isSame(_ byte: UInt8, _ lowercase: UInt8) -> Bool {
    byte | ((0x41...0x5A).contains(byte) ? 0x20 : 0) == lowercase
  }
}
