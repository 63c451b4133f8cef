public import LedgerDomain

/// A statement as a bank delivered it.
public struct StatementDelivery: Hashable, Sendable {
  /// The statement, with the name of its file.
  public let statement: BankStatement
  /// Its place in the order in which files arrived: of two that the bank neither dates nor numbers, the
  /// higher is the later one.
  public let arrival: Int
  /// The date of the folder that it arrived in; `nil` if the folder names none.
  public let folderDate: BusinessDate?
  /// Whether it was read from a table by the job's mapping, so that a wrong setting may be why it does not
  /// add up.
  public let isMapped: Bool

  /// Creates a delivery.
  public init(
    _ statement: BankStatement, arrival: Int, folderDate: BusinessDate? = nil,
    isMapped: Bool = false
  ) {
    self.statement = statement
    self.arrival = arrival
    self.folderDate = folderDate
    self.isMapped = isMapped
  }
}
