/// How the tables of one account of the job are read.
public struct NamedMapping: Hashable, Sendable {
  /// The account's reference in the job, with which the names of its files may begin.
  public let reference: String
  /// The meaning of the columns.
  public let mapping: StatementCSVMapping

  /// A mapping of an account.
  public init(reference: String, mapping: StatementCSVMapping) {
    self.reference = reference
    self.mapping = mapping
  }
}
