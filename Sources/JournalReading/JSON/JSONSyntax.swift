/// Checks a whole JSON document by the same rules as a record.
public enum JSONSyntax {
  /// The first error of the text, with its offset in bytes; `nil` if the text is valid.
  ///
  /// - Complexity: O(n), plus O(k log k) for an object of k names.
  public static func fault(in text: some Collection<UInt8>) -> (reason: String, offset: Int)? {
    let count = text.count
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: count + Block.padding)
    defer { memory.deallocate() }
    memory.initialize(repeating: 0, count: count + Block.padding)
    for (index, byte) in text.enumerated() { memory[index] = byte }
    return fault(inPadded: memory, count: count)
  }

  private static func fault(
    inPadded memory: UnsafePointer<UInt8>, count: Int
  ) -> (reason: String, offset: Int)? {
    var walker = JSONWalker()
    let start = JSONScanner.skipWhitespace(memory)
    guard let end = walker.value(start, depth: 0) else {
      return (walker.faultReason.description, (walker.faultPosition ?? start) - memory)
    }
    let rest = JSONScanner.skipWhitespace(end)
    return rest - memory == count ? nil : ("there is text after the value", rest - memory)
  }
}
