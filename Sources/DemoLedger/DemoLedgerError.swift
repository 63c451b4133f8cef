/// Why a demo ledger could not be written.
public struct DemoLedgerError: Error, CustomStringConvertible {
  /// A sentence that says what is wrong and what to do about it.
  public let description: String

  /// An error with its sentence.
  init(_ description: String) {
    self.description = description
  }
}
