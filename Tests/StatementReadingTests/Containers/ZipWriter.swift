import CZlib
import Foundation

/// Writes zip archives for tests, honest ones and others.
struct ZipWriter {
  /// A member, and what its headers say of it.
  struct Member {
    var name: [UInt8]
    var contents: [UInt8]
    var isDeflated = true
    var hasDescriptor = false
    var isZip64 = false
    var flags = 0
    var method: Int?
    var host = 3
    var attributes = 0o100644 << 16
    /// What the headers say of size and checksum; the truth if `nil`.
    var size: Int?
    var crc: UInt32?

    init(_ name: String, _ contents: [UInt8]) {
      self.name = Array(name.utf8)
      self.contents = contents
    }

    init(_ name: String, _ text: String) { self.init(name, Array(text.utf8)) }

    /// The member after changes.
    func with(_ change: (inout Member) -> Void) -> Member {
      var copy = self
      change(&copy)
      return copy
    }

    var data: [UInt8] { isDeflated ? ZipWriter.deflated(contents) : contents }
    var headerFlags: Int { flags | (hasDescriptor ? 8 : 0) }
    var headerMethod: Int { method ?? (isDeflated ? 8 : 0) }
    var headerSize: Int { size ?? contents.count }
    var headerCRC: Int { Int(crc ?? UInt32(crc32(0, contents, UInt32(contents.count)))) }
  }

  /// Whether the directory's end is that of zip64.
  var isZip64 = false
  var comment: [UInt8] = []

  /// An archive of these members.
  static func archive(_ members: Member...) -> [UInt8] { ZipWriter().archive(members) }

  func archive(_ members: [Member]) -> [UInt8] {
    var bytes: [UInt8] = []
    var directory: [UInt8] = []
    for member in members {
      let data = member.data
      directory += Self.directoryEntry(member, dataCount: data.count, offset: bytes.count)
      bytes += Self.localHeader(member, dataCount: data.count) + data
      if member.hasDescriptor {
        bytes += [0x50, 0x4B, 0x07, 0x08] + Self.number(member.headerCRC, 4)
        bytes += Self.number(data.count, 4) + Self.number(member.headerSize, 4)
      }
    }
    return bytes + directory + end(members.count, directory.count, bytes.count)
  }

  private static func localHeader(_ member: Member, dataCount: Int) -> [UInt8] {
    let isKnown = !member.hasDescriptor
    return [0x50, 0x4B, 0x03, 0x04] + number(member.isZip64 ? 45 : 20, 2)
      + number(member.headerFlags, 2) + number(member.headerMethod, 2) + number(0, 4)
      + number(isKnown ? member.headerCRC : 0, 4) + number(isKnown ? dataCount : 0, 4)
      + number(isKnown ? member.headerSize : 0, 4) + number(member.name.count, 2) + number(0, 2)
      + member.name
  }

  private static func directoryEntry(_ member: Member, dataCount: Int, offset: Int) -> [UInt8] {
    func value(_ real: Int) -> [UInt8] { number(member.isZip64 ? 0xFFFF_FFFF : real, 4) }
    let extra =
      member.isZip64
      ? number(1, 2) + number(24, 2) + number(member.headerSize, 8) + number(dataCount, 8)
        + number(offset, 8) : []
    return [0x50, 0x4B, 0x01, 0x02, 20, UInt8(member.host)] + number(20, 2)
      + number(member.headerFlags, 2) + number(member.headerMethod, 2) + number(0, 4)
      + number(member.headerCRC, 4) + value(dataCount) + value(member.headerSize)
      + number(member.name.count, 2) + number(extra.count, 2) + number(0, 6)
      + number(member.attributes, 4) + value(offset) + member.name + extra
  }

  private func end(_ count: Int, _ size: Int, _ start: Int) -> [UInt8] {
    var record: [UInt8] = []
    if isZip64 {
      record = [0x50, 0x4B, 0x06, 0x06] + Self.number(44, 8) + Self.number(45, 4)
      record += Self.number(0, 8) + Self.number(count, 8) + Self.number(count, 8)
      record += Self.number(size, 8) + Self.number(start, 8)
      record += [0x50, 0x4B, 0x06, 0x07] + Self.number(0, 4) + Self.number(start + size, 8)
      record += Self.number(1, 4)
    }
    record += [0x50, 0x4B, 0x05, 0x06] + Self.number(0, 4)
    record += Self.number(isZip64 ? 0xFFFF : count, 2) + Self.number(isZip64 ? 0xFFFF : count, 2)
    record += Self.number(isZip64 ? 0xFFFF_FFFF : size, 4)
    record += Self.number(isZip64 ? 0xFFFF_FFFF : start, 4)
    return record + Self.number(comment.count, 2) + comment
  }

  static func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    guard tieout_deflate_init(&stream, 6, -15) == Z_OK else { return [] }
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(input.count))))
    let capacity = output.count
    input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(capacity)
        deflate(&stream, Z_FINISH)
      }
    }
    return Array(output[..<(capacity - Int(stream.avail_out))])
  }
}
