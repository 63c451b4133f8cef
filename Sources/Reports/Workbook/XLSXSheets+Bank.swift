#if XLSX
  import LedgerDomain

  extension XLSXSheets {
    func writeBank() throws(ReportError) {
      try table(
        "Bank",
        [
          ("Bank account", 24), ("Account", 10), ("Currency", 10), ("Status", 14), ("Ledger", 20),
          ("Statement", 20), ("Difference", 20), ("Unexplained", 20), ("Outstanding", 12),
        ]
      ) { table throws(ReportError) in
        for bank in record.bankReconciliations {
          let digits = bank.account.currency.minorUnitDigits
          try table.add([
            .text(bank.account.reference), .text("\(bank.account.account)"),
            .text("\(bank.account.currency)"), .text(bank.status.rawValue),
            .amount(bank.ledgerClosingMinor, digits: digits),
            bank.statement.map { .amount($0.closingMinor, digits: digits) } ?? .empty,
            .amount(bank.differenceMinor, digits: digits),
            .amount(bank.unexplainedMinor, digits: digits), .count(bank.outstanding.count),
          ])
        }
      }
    }

    func writeOutstanding() throws(ReportError) {
      try table(
        "Outstanding",
        [
          ("Bank account", 24), ("Missing from", 12), ("Date", 12), ("Age in days", 12),
          ("Amount", 20), ("Reference", 38), ("Second reference", 38), ("Item", 46),
          ("Ambiguous group", 12),
        ]
      ) { table throws(ReportError) in
        for bank in record.bankReconciliations {
          for outstanding in bank.outstanding { try table.add(cells(outstanding, bank)) }
        }
      }
    }

    func writeMatched() throws(ReportError) {
      try table(
        "Matched",
        [
          ("Bank account", 24), ("Match", 8), ("Rule", 14), ("Shared reference", 38), ("Side", 10),
          ("Date", 12), ("Amount", 20), ("References", 46), ("Item", 46), ("Settled by", 24),
          ("Why", 46),
        ]
      ) { table throws(ReportError) in
        for bank in record.bankAccounts {
          let reconciliation = bank.version.reconciliation
          let digits = reconciliation.account.currency.minorUnitDigits
          for (index, match) in reconciliation.matches.enumerated() {
            for item in match.items {
              let settlement = match.rule == .settlement ? bank.settlement(of: item) : nil
              try table.add([
                .text(reconciliation.account.reference), .count(index + 1),
                .text(match.rule.rawValue), .text(match.reference ?? ""),
                .text(item.side.rawValue), .text("\(item.date)"),
                .amount(item.amountMinor, digits: digits), .text(BankWording.references(item)),
                .text(item.identity), .text(settlement?.name ?? ""),
                .text(settlement?.note ?? ""),
              ])
            }
          }
        }
      }
    }

    private func cells(_ outstanding: OutstandingItem, _ bank: BankReconciliation) -> [XLSXCell] {
      let item = outstanding.item
      return [
        .text(bank.account.reference), .text(item.side == .ledger ? "bank" : "ledger"),
        .text("\(item.date)"), .count(outstanding.ageDays(on: record.header.businessDate)),
        .amount(item.amountMinor, digits: bank.account.currency.minorUnitDigits),
        .text(item.references.first?.value ?? ""),
        .text(item.references.dropFirst().first?.value ?? ""), .text(item.identity),
        outstanding.ambiguousGroup.map { .count($0) } ?? .empty,
      ]
    }

    func writeLoans() throws(ReportError) {
      try table(
        "Loans",
        [
          ("Loan", 38), ("Currency", 10), ("Cause", 20), ("Ledger", 20), ("Loan tape", 20),
        ]
      ) { table throws(ReportError) in
        for difference in record.portfolioRollup?.differences ?? [] {
          let digits = difference.currency.minorUnitDigits
          try table.add([
            .text("\(difference.loan)"), .text("\(difference.currency)"),
            .text(difference.cause.rawValue),
            difference.ledgerMinor.map { .amount($0, digits: digits) } ?? .empty,
            difference.tapeMinor.map { .amount($0, digits: digits) } ?? .empty,
          ])
        }
      }
    }

    func writeParts() throws(ReportError) {
      try table("Parts", [("File", 40), ("Bytes", 16), ("Records", 12), ("SHA-256", 70)]) {
        table throws(ReportError) in
        for part in record.parts {
          try table.add([
            .text(part.file), .count(part.bytes), .count(part.records), .text(part.sha256),
          ])
        }
      }
    }
  }
#endif
