import CZlib

/// The bytes of a zip archive's member, whose size and checksum are compared with the archive's.
final class ZipMemberSource: ByteSource {
  private let size: Int
  private let crc: UInt32
  private let inflater: InflateStream?
  private let isDeflated: Bool
  private var input: ArraySlice<UInt8>
  private var bytesGiven = 0
  private var crcGiven = CZlib.crc32(0, nil, 0)
  private var isAtEnd = false
  private(set) var fault: StatementFault?

  init(_ data: ArraySlice<UInt8>, size: Int, crc: UInt32, isDeflated: Bool) {
    input = data
    self.size = size
    self.crc = crc
    self.isDeflated = isDeflated
    inflater = isDeflated ? InflateStream(.raw) : nil
  }

  func read(bytesMax: Int) -> [UInt8] {
    guard !isAtEnd else { return [] }
    let bytes = isDeflated ? inflated(bytesMax) : stored(bytesMax)
    bytesGiven += bytes.count
    guard bytesGiven <= size else {
      end("has more bytes than its zip archive says. Ask the bank to deliver it again.")
      return []
    }
    crcGiven = bytes.withUnsafeBufferPointer { buffer in
      CZlib.crc32(crcGiven, buffer.baseAddress, UInt32(buffer.count))
    }
    if isAtEnd && fault == nil { finish() }
    return fault == nil ? bytes : []
  }

  private func stored(_ bytesMax: Int) -> [UInt8] {
    let bytes = input.prefix(bytesMax)
    input = input.dropFirst(bytesMax)
    isAtEnd = bytes.isEmpty
    return Array(bytes)
  }

  /// The next bytes; none only at the end.
  private func inflated(_ bytesMax: Int) -> [UInt8] {
    while true {
      let inputBefore = input.count
      guard let result = inflater?.inflate(&input, bytesMax: bytesMax) else {
        end("cannot be inflated: there is no memory. Run again.")
        return []
      }
      switch result.step {
      case .finished:
        isAtEnd = true
        if !input.isEmpty {
          end("has other data behind its deflate data. Ask the bank to deliver it again.")
        }
        return result.bytes
      case .corrupt(let reason):
        end("has deflate data that is corrupt (\(reason)). Ask the bank to deliver it again.")
        return []
      case .goesOn:
        if !result.bytes.isEmpty { return result.bytes }
        if input.count == inputBefore {
          end("has deflate data that is truncated. Ask the bank to deliver it again.")
          return []
        }
      }
    }
  }

  private func finish() {
    if bytesGiven != size {
      end("has fewer bytes than its zip archive says. Ask the bank to deliver it again.")
    } else if UInt32(truncatingIfNeeded: crcGiven) != crc {
      end("has another checksum (CRC-32) than its zip archive says. Ask for it again.")
    }
  }

  private func end(_ message: String) {
    isAtEnd = true
    fault = StatementFault(message, byteOffset: input.startIndex)
  }
}
