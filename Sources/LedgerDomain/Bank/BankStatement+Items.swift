extension StatementEntry {
  /// The entry as an item, or its transactions as items of a batch; none if it is not booked, or over
  /// zero.
  ///
  /// - Parameters:
  ///   - identity: the entry's; its transactions are `identity.1` and so on.
  ///   - place: where people find it.
  public func bankItems(identity: String, place: String) -> [BankItem] {
    guard status == .booked, amountMinor != 0 else { return [] }
    let moved = transactions.filter { $0.amountMinor != 0 }
    let isComplete =
      moved.reduce(Int128(0)) { $0 + Int128($1.amountMinor) } == Int128(amountMinor)
    guard moved.count > 1, isComplete else {
      // An entry of one transaction is known by the references of both. Transactions that do not add up
      // would lose money, so that the entry stays whole.
      return [
        BankItem(
          side: .bank, identity: identity, place: place,
          references: references + transactions.flatMap(\.references),
          text: moved.count == 1 ? moved[0].text ?? text : text, amountMinor: amountMinor,
          date: bookingDate,
          isReversal: isReversal)
      ]
    }
    let batch = BankBatch(
      identity: identity, references: references, text: text, amountMinor: amountMinor,
      count: moved.count)
    return moved.map { transaction in
      BankItem(
        side: .bank, identity: "\(identity).\(transaction.number)",
        place: "\(place).\(transaction.number)", references: transaction.references,
        text: transaction.text, amountMinor: transaction.amountMinor, date: bookingDate,
        batch: batch, isReversal: isReversal)
    }
  }
}
