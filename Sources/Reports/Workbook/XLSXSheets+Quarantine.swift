#if XLSX
  import LedgerDomain

  extension XLSXSheets {
    /// The quarantined records, a row for each currency and layer, and who decided about them.
    func writeQuarantine() throws(ReportError) {
      try table(
        "Quarantine",
        [
          ("File", 26), ("Record", 10), ("Code", 24), ("State", 14), ("Entry", 38),
          ("Currency", 10), ("Layer", 14), ("Debits", 20), ("Credits", 20), ("Accepted by", 26),
          ("Accepted at", 24), ("Why", 60),
        ]
      ) { table throws(ReportError) in
        for quarantined in record.quarantine.records {
          let totals = quarantined.totals.isEmpty ? [nil] : quarantined.totals.map { Optional($0) }
          for total in totals { try table.add(cells(quarantined, total)) }
        }
      }
    }

    private func cells(
      _ quarantined: QuarantinedRecord, _ total: CurrencyLayerTotals?
    ) -> [XLSXCell] {
      let acceptance = record.quarantine.acceptance(of: quarantined)
      let state =
        !quarantined.code.needsAcceptance ? "counted once" : acceptance == nil ? "open" : "accepted"
      return [
        .text(quarantined.place.file), .count(quarantined.place.record),
        .text(quarantined.code.rawValue), .text(state),
        .text(quarantined.entry.map { "\($0)" } ?? ""),
        .text(total.map { "\($0.pair.currency)" } ?? ""), .text(total?.pair.layer.code ?? ""),
        amount(total, \.debitMinor), amount(total, \.creditMinor),
        .text(acceptance?.name ?? ""), .text(acceptance?.acceptedAt ?? ""),
        .text(acceptance?.note ?? ""),
      ]
    }

    private func amount(
      _ total: CurrencyLayerTotals?, _ side: KeyPath<WideTotals, Int128>
    ) -> XLSXCell {
      guard let total else { return .empty }
      let (sum, digits) = (total.totals[keyPath: side], total.pair.currency.minorUnitDigits)
      if let narrow = Int64(exactly: sum) { return .amount(narrow, digits: digits) }
      return .text(digits.map { AmountText.decimal(sum, digits: $0) } ?? String(sum))
    }
  }
#endif
