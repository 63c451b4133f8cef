import LedgerDomain

/// What a bank reconciliation says: findings and the tie-out.
enum BankFindings {
  private static let namedMax = 6

  /// One finding for each ambiguous group.
  static func ambiguous(_ outstanding: [OutstandingItem], _ account: BankAccount) -> [Finding] {
    var groups: [Int: [BankItem]] = [:]
    for open in outstanding {
      if let number = open.ambiguousGroup { groups[number, default: []].append(open.item) }
    }
    return groups.sorted { $0.key < $1.key }.map { number, items in
      let ledger = items.count { $0.side == .ledger }
      let named = items.prefix(namedMax).map {
        "\($0.place) (\(text($0.amountMinor, account)))"
      }.joined(separator: ", ")
      return finding(
        .bankItemAmbiguous, account,
        "group \(number): \(ledger.counted("ledger item")) and "
          + "\((items.count - ledger).counted("bank item")) match in more than one way: \(named)"
          + "\(items.count > namedMax ? ", …" : ""). None was matched. "
          + "Give both sides a common reference, or match them with `tieout settle`.")
    }
  }

  /// A settlement that finds one of its items not open.
  static func void(_ settlement: BankSettlement, _ account: BankAccount) -> Finding {
    finding(
      .bankSettlementUnused, account,
      "settlement \(settlement.number) of \(settlement.date) changes nothing, as one of its items is not "
        + "open: \(settlement.items.prefix(namedMax).map(\.identity).joined(separator: ", ")). "
        + "Undo it, and settle what is still open.")
  }

  /// The tie-out of a date with a statement.
  static func tieOut(
    _ reconciliation: BankReconciliation, breaks: [StatementBreak], date: BusinessDate
  ) -> TieOut {
    let account = reconciliation.account
    return TieOut(
      .bankReconciliation, scope: account.reference,
      status: reconciliation.status == .reconciled ? .pass : .fail,
      expectedMinor: reconciliation.statement?.closingMinor,
      actualMinor: reconciliation.ledgerClosingMinor,
      differenceMinor: reconciliation.differenceMinor,
      detail: reconciliation.status == .reconciled
        ? agreement(reconciliation) : difference(reconciliation, breaks))
  }

  private static func agreement(_ reconciliation: BankReconciliation) -> String {
    let account = reconciliation.account
    let writtenOff =
      reconciliation.writtenOffMinor == 0
      ? "" : ", but for \(text(reconciliation.writtenOffMinor, account)) written off"
    return "Account \(account.account) agrees with the statement of \(account.reference)"
      + "\(writtenOff); nothing is outstanding."
  }

  private static func difference(
    _ reconciliation: BankReconciliation, _ breaks: [StatementBreak]
  ) -> String {
    let account = reconciliation.account
    let items = reconciliation.outstanding.count.counted("outstanding item")
    let kept = breaks.first.map { $0.message + " " } ?? ""
    return "\(account.reference): \(kept)\(items); "
      + "\(text(reconciliation.unexplainedMinor, account)) of the difference is unexplained."
  }

  /// The tie-out of a date without a statement.
  ///
  /// - Parameter overdueDays: the banking days in which it should have come; `nil` if they have not passed.
  static func pendingTieOut(
    _ reconciliation: BankReconciliation, date: BusinessDate, overdueDays: Int?
  ) -> TieOut {
    let reference = reconciliation.account.reference
    let overdue = overdueDays.map {
      ", and \($0.counted("banking day has", "banking days have")) passed. Fetch it from the bank, or "
        + "complete the holidays in the job."
    }
    return TieOut(
      .bankReconciliation, scope: reference, status: overdue == nil ? .inconclusive : .fail,
      expectedMinor: nil, actualMinor: reconciliation.ledgerClosingMinor, differenceMinor: nil,
      detail: "\(reference) has no statement that covers \(date) yet\(overdue ?? ".")")
  }

  /// `reference: message`, with the account.
  static func finding(_ code: FindingCode, _ account: BankAccount, _ message: String) -> Finding {
    var finding = Finding(code, message: "\(account.reference), \(message)")
    finding.account = account.account
    finding.currency = account.currency
    return finding
  }

  /// An amount with the currency: `12,500.75 EUR`.
  static func text(_ amountMinor: some BinaryInteger, _ account: BankAccount) -> String {
    AmountText.decimal(amountMinor, digits: account.currency.minorUnitDigits ?? 0)
      + " \(account.currency)"
  }
}
