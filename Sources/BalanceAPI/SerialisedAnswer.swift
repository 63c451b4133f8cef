import NIOCore
import NIOHTTP1

/// An answer as it goes over the wire. Source: RFC 9112, sections 4 and 5.
struct SerialisedAnswer {
  let bytes: ByteBuffer
  /// Whether nothing follows it on the connection.
  let endsConnection: Bool

  /// - Parameter sendsBody: `false` for what `HEAD` is answered with.
  init(_ answer: Answer, sendsBody: Bool, allocator: ByteBufferAllocator) {
    var bytes = allocator.buffer(capacity: 640 + answer.body.count)
    bytes.writeString("HTTP/1.1 ")
    bytes.writeString(String(answer.status.code))
    bytes.writeString(" ")
    bytes.writeString(answer.status.reasonPhrase)
    for (name, value) in answer.fields {
      bytes.writeString("\r\n")
      bytes.writeString(name)
      bytes.writeString(": ")
      Self.write(value, to: &bytes)
    }
    bytes.writeString("\r\n\r\n")
    if sendsBody { bytes.writeBytes(answer.body) }
    self.bytes = bytes
    endsConnection = answer.fields[.connection] == "close"
  }

  /// Writes a field's value. None of ours holds a control character; if one did, a space takes its place, so
  /// that no value can begin a line. Source: RFC 9110, section 5.5.
  private static func write(_ value: String, to bytes: inout ByteBuffer) {
    if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
      bytes.writeString(value)
    } else {
      bytes.writeBytes(value.utf8.map { $0 >= 0x20 && $0 != 0x7F ? $0 : 0x20 })
    }
  }
}
