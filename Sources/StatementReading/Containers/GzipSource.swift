/// The inflated bytes of a gzip file, member by member.
///
/// Source: RFC 1952, sections 2.2 and 2.3.
final class GzipSource: ByteSource {
  static let magic: [UInt8] = [0x1F, 0x8B]
  private static let inputBytes = 64 << 10

  private let source: any ByteSource
  private let budget: InflationBudget
  private let inflater = InflateStream(.gzip)
  private var input: ArraySlice<UInt8> = []
  private var bytesTaken = 0
  private var isInMember = false
  /// Whether zlib may have more to give of the input that it has taken.
  private var isOutputPending = false
  private var memberCount = 0
  private var isAtEnd = false
  private var ownFault: StatementFault?

  init(_ source: any ByteSource, budget: InflationBudget) {
    self.source = source
    self.budget = budget
  }

  var fault: StatementFault? { source.fault ?? ownFault }

  /// Where the next byte of input is, in the file as it is stored.
  private var offset: Int { bytesTaken - input.count }

  func read(bytesMax count: Int) throws(StatementError) -> [UInt8] {
    while !isAtEnd {
      if input.isEmpty && !isOutputPending {
        input = try source.read(bytesMax: Self.inputBytes)[...]
        bytesTaken += input.count
        if input.isEmpty {
          end(isInMember ? "has gzip data that is truncated. Ask for the whole file." : nil)
          break
        }
      }
      if !isInMember {
        guard memberCount == 0 || input.first == Self.magic[0] else {
          end("has other data behind its gzip data. Ask the bank to deliver it again.")
          break
        }
        inflater?.reset()
        isInMember = true
      }
      let bytes = inflated(count)
      if !bytes.isEmpty { return bytes }
    }
    return []
  }

  private func inflated(_ count: Int) -> [UInt8] {
    guard let result = inflater?.inflate(&input, bytesMax: count) else {
      end("cannot be inflated: there is no memory. Run again.")
      return []
    }
    isOutputPending = false
    switch result.step {
    case .goesOn: isOutputPending = result.bytes.count == count
    case .finished:
      isInMember = false
      memberCount += 1
    case .corrupt(let reason):
      end("has gzip data that is corrupt (\(reason)). Ask the bank to deliver it again.")
      return []
    }
    guard budget.take(result.bytes.count) else {
      end("has more than \(budget.bytesMax) bytes once inflated. Ask for shorter statements.")
      return []
    }
    return result.bytes
  }

  private func end(_ message: String?) {
    isAtEnd = true
    ownFault = message.map { StatementFault($0, byteOffset: offset) }
  }
}

/// How many bytes a delivered file may have once inflated, all its gzip members together.
final class InflationBudget {
  let bytesMax: Int
  private var bytesLeft: Int

  init(bytesMax: Int) {
    self.bytesMax = bytesMax
    bytesLeft = bytesMax
  }

  /// - Returns: whether so many more bytes are allowed.
  func take(_ count: Int) -> Bool {
    bytesLeft -= count
    return bytesLeft >= 0
  }
}
