import Foundation

/// Passes a document to the parser, after checking its size and its prolog.
final class StatementStream: InputStream {
  /// Why reading from the source failed.
  private(set) var sourceError: StatementError?
  /// What is wrong with the bytes themselves.
  private(set) var fault: StatementFault?
  /// Whether the source has ended.
  private(set) var isAtEnd = false

  private let source: any ByteSource
  private let limits: StatementLimits
  private var head: ArraySlice<UInt8> = []
  private var bytesRead = 0
  private var xmlGuard = XMLGuard()
  private var isStopped = false

  init(_ source: any ByteSource, limits: StatementLimits) {
    self.source = source
    self.limits = limits
    super.init(data: Data())
    examineProlog()
  }

  /// Reads until the first element begins, or the prolog is refused.
  private func examineProlog() {
    var bytes: [UInt8] = []
    while sourceError == nil && fault == nil {
      let chunk = next(bytesMax: 4096)
      bytes.append(contentsOf: chunk)
      switch XMLProlog.examine(bytes, isWhole: chunk.isEmpty) {
      case .fine(let declarationEnd):
        // The XML declaration looks like a processing instruction, but is not one.
        let declaration = bytes[..<declarationEnd].map { $0 == UInt8(ascii: "<") ? 0x20 : $0 }
        fault = fault ?? xmlGuard.examine(declaration[...])
        fault = fault ?? xmlGuard.examine(bytes[declarationEnd...])
        head = bytes[...]
        return
      case .refused(let fault): self.fault = self.fault ?? fault
      case .unfinished where bytes.count >= limits.prologBytesMax:
        fault = StatementFault(
          "has no element in its first \(bytes.count) bytes. Check that it is a camt.053 document.")
      case .unfinished: break
      }
    }
  }

  private func next(bytesMax: Int) -> [UInt8] {
    do throws(StatementError) {
      let chunk = try source.read(bytesMax: bytesMax)
      bytesRead += chunk.count
      if chunk.isEmpty { isAtEnd = true }
      if bytesRead > limits.documentBytesMax { fault = .tooLarge(limits.documentBytesMax) }
      return fault == nil ? chunk : []
    } catch {
      sourceError = error
      return []
    }
  }

  /// Ends the parser's input, because the document is already refused.
  func stop() { isStopped = true }

  override func open() {}
  override func close() {}
  override var hasBytesAvailable: Bool { !isAtEnd && sourceError == nil && fault == nil }
  override var streamError: (any Error)? { sourceError }

  override func read(_ buffer: UnsafeMutablePointer<UInt8>, maxLength bytesMax: Int) -> Int {
    guard sourceError == nil, fault == nil, !isStopped, bytesMax > 0 else { return 0 }
    if head.isEmpty {
      head = next(bytesMax: bytesMax)[...]
      fault = fault ?? xmlGuard.examine(head)
      guard fault == nil else { return 0 }
    }
    let chunk = head.prefix(bytesMax)
    head = head.dropFirst(chunk.count)
    chunk.withUnsafeBufferPointer { bytes in
      if let start = bytes.baseAddress { buffer.update(from: start, count: bytes.count) }
    }
    return chunk.count
  }
}
