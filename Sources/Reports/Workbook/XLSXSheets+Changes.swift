#if XLSX
  import LedgerDomain

  extension XLSXSheets {
    /// How balances moved, what moved most first.
    func writeChanges() throws(ReportError) {
      var columns: [(title: String, width: Double)] = [
        ("Account", 10), ("Name", 34), ("Currency", 10), ("Layer", 14), ("Balance", 20),
      ]
      var minorColumns = ["Balance"]
      for name in ["close before", "month end", "year ago"] {
        columns += [("Date, \(name)", 12), ("Balance, \(name)", 20)]
        columns += [("Change, \(name)", 20), ("%, \(name)", 10)]
        minorColumns += ["Balance, \(name)", "Change, \(name)"]
      }
      columns.append(("Review", 26))
      try table("Changes", columns, minorColumns: minorColumns) { table throws(ReportError) in
        for change in BalanceChange.all(record) { try table.add(cells(change)) }
      }
    }

    private func cells(_ change: BalanceChange) -> [XLSXCell] {
      let digits = change.key.currency.minorUnitDigits
      var cells: [XLSXCell] = [
        .text("\(change.key.account)"), .text(change.account?.name ?? ""),
        .text("\(change.key.currency)"), .text(change.key.layer.code),
        .amount(change.balanceMinor, digits: digits),
      ]
      var minor: [XLSXCell] = [.text(String(change.balanceMinor))]
      for (movement, earlier) in zip(change.movements, record.earlierBalances) {
        cells += [
          .text(earlier.totals == nil ? "no such date" : "\(earlier.date)"),
          .amount(movement.beforeMinor, digits: digits),
          amount(movement.changeMinor, digits: digits),
          movement.percentTenths.map { amount($0, digits: 1) } ?? .empty,
        ]
        minor += [.text(String(movement.beforeMinor)), .text(String(movement.changeMinor))]
      }
      return cells + [.text(ChangesCSV.review(change, record))] + minor
    }

    private func amount(_ value: Int128, digits: Int?) -> XLSXCell {
      if let narrow = Int64(exactly: value) { return .amount(narrow, digits: digits) }
      return .text(digits.map { AmountText.decimal(value, digits: $0) } ?? String(value))
    }
  }
#endif
