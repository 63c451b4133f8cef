/// Why a demo ledger could not be written.
public struct DemoLedgerError: Error, CustomStringConvertible {
  /// What is wrong, and what to do about it.
  public let description: String

  /// An error with that description.
  init(_ description: String) {
    self.description = description
  }
}
