extension StatementContents {
  /// Faults of which each is told; of more, only how many there are.
  static let faultsMax = 1000

  /// Adds a fault, or counts it if there are very many.
  mutating func add(_ fault: StatementFault, further: inout Int) {
    if faults.count < Self.faultsMax {
      faults.append(fault)
    } else {
      further += 1
    }
  }

  /// Says how many statements cannot be used besides those that are told.
  ///
  /// - Parameter last: the number of the last one.
  mutating func addFurther(_ further: Int, last: Int) {
    guard further > 0 else { return }
    faults.append(
      StatementFault(
        "has \(further) more statements that cannot be used. Ask the bank to deliver it again.",
        statement: last))
  }
}

extension [StatementNote] {
  private static var countMax: Int { 1000 }

  /// Adds notes unless there are very many.
  mutating func add(_ notes: StatementNote...) {
    if count < Self.countMax { append(contentsOf: notes) }
  }

  /// Adds notes up to very many.
  mutating func add(contentsOf notes: [StatementNote]) {
    append(contentsOf: notes.prefix(Swift.max(0, Self.countMax - count)))
  }
}
