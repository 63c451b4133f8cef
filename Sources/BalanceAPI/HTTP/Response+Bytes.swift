import NIOCore
import NIOHTTP1

extension Response {
  /// The response as sent over the network. Source: RFC 9112, sections 4 and 5.
  ///
  /// - Parameter toHead: whether the request's method is `HEAD`, whose response has no body.
  func bytes(toHead: Bool, _ allocator: ByteBufferAllocator) -> ByteBuffer {
    var bytes = allocator.buffer(capacity: 640 + body.count)
    bytes.writeString("HTTP/1.1 ")
    bytes.writeString(String(status.code))
    bytes.writeString(" ")
    bytes.writeString(status.reasonPhrase)
    for (name, value) in fields {
      bytes.writeString("\r\n")
      bytes.writeString(name)
      bytes.writeString(": ")
      Self.write(value, to: &bytes)
    }
    bytes.writeString("\r\n\r\n")
    if !toHead { bytes.writeBytes(body) }
    return bytes
  }

  /// Writes a field's value. Control characters, which no field of ours has, become spaces, so that no value
  /// can start a new line. Source: RFC 9110, section 5.5.
  private static func write(_ value: String, to bytes: inout ByteBuffer) {
    if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) {
      bytes.writeString(value)
    } else {
      bytes.writeBytes(value.utf8.map { $0 >= 0x20 && $0 != 0x7F ? $0 : 0x20 })
    }
  }
}
