public import LedgerDomain

extension ReferenceTables {
  /// What was outstanding at the bank on the day before the first close:
  /// `bank_account,side,date,amount_minor,reference[,text][,tenant_id]`.
  ///
  /// `side` says where the item is booked: `ledger`, so that the bank is yet to book it, or `bank`. The amount
  /// is positive where the account grows.
  ///
  /// - Parameters:
  ///   - tenant: the tenant whose items are read; rows of other tenants are skipped.
  ///   - isForOneTenant: whether a file without the column `tenant_id` can only be that tenant's.
  /// - Returns: the items by the account's reference, in the order of the file.
  /// - Throws: `ReadingError` that names the line.
  public static func openingOutstanding(
    at path: String, tenant: TenantID, isForOneTenant: Bool
  ) throws(ReadingError) -> [String: [OutstandingItem]] {
    let table = try TextTable.read(
      at: path, required: ["bank_account", "side", "date", "amount_minor", "reference"],
      optional: ["text", "tenant_id"])
    var items: [String: [OutstandingItem]] = [:]
    for row in table.rows {
      guard
        try table.isRow(
          row, naming: row.cells[6], of: tenant, isForOneTenant: isForOneTenant, what: "items")
      else { continue }
      let item = try outstandingItem(row, in: table)
      items[row.cells[0] ?? "", default: []].append(item)
    }
    return items
  }

  private static func outstandingItem(
    _ row: TextTable.Row, in table: TextTable
  ) throws(ReadingError) -> OutstandingItem {
    guard let side = BankSide(rawValue: row.cells[1] ?? "") else {
      throw table.fault(
        row, "has the side '\(row.cells[1] ?? "")', which is neither ledger nor bank")
    }
    guard let date = BusinessDate(row.cells[2] ?? "") else {
      throw table.fault(row, "has the date '\(row.cells[2] ?? "")', which is not YYYY-MM-DD")
    }
    guard let amount = AmountMinor(row.cells[3] ?? ""), amount != 0, amount > AmountMinor.min else {
      throw table.fault(
        row, "has the amount '\(row.cells[3] ?? "")', which is not an integer other than 0")
    }
    let reference = row.cells[4] ?? ""
    let kind: BankReference.Kind = side == .ledger ? .external : .accountServicer
    return OutstandingItem(
      item: BankItem(
        side: side, identity: "opening/\(row.line)",
        references: reference.isEmpty ? [] : [BankReference(kind, reference)], text: row.cells[5],
        amountMinor: amount, date: date), since: date, ambiguousGroup: nil)
  }
}
