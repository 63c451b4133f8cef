#if XLSX
  import LedgerDomain

  /// The sheets of a close's workbook.
  struct XLSXSheets {
    let workbook: XLSXWorkbook
    let record: CloseRecord
    let rowsMax: Int

    func write() throws(ReportError) {
      try writeSummary()
      try writeTieOuts()
      try writeTrialBalance()
      try writeRollforward()
      try writeFindings()
      try writeRestatements()
      try writeOutstanding()
      try writeLoans()
      try writeParts()
    }

    private func table(
      _ name: String, _ columns: [(title: String, width: Double)],
      _ rows: (XLSXTable) throws(ReportError) -> Void
    ) throws(ReportError) {
      let table = try XLSXTable(workbook, name, columns, rowsMax: rowsMax)
      try rows(table)
      table.end()
    }

    // MARK: summary

    private func writeSummary() throws(ReportError) {
      let header = record.header
      try table("Summary", [("What", 34), ("Value", 40), ("Debits", 22), ("Credits", 22)]) {
        table throws(ReportError) in
        let facts: [(String, String)] = [
          ("Tenant", "\(header.tenant)"), ("Business date", "\(header.businessDate)"),
          ("Close", "\(header.closeID)"),
          (
            "Outcome",
            header.status == .clean ? "Everything ties out" : "Breaks or quarantined records"
          ),
          ("Finished", header.finishedAt), ("Input digest", header.inputDigest),
          ("Chain digest", header.chainDigest),
          ("Certified", certification),
        ]
        for fact in facts { try table.add([.text(fact.0), .text(fact.1)]) }
        try table.add([.text("Records read"), .count(header.recordsRead)])
        try table.add([.text("Records accepted"), .count(header.entriesAccepted)])
        try table.add([.text("Records quarantined"), .count(header.recordsQuarantined)])
        for check in TieOutCheck.allCases {
          try table.add([
            .text("Tie-out \(check.rawValue)"), .text(record.tieOuts.status(of: check).rawValue),
          ])
        }
        for total in totals {
          try table.add([
            .text("Total \(total.pair)"), .empty,
            total.cell(\.debitMinor, column: "H", record, rowsMax),
            total.cell(\.creditMinor, column: "I", record, rowsMax),
          ])
        }
      }
    }

    private var certification: String {
      guard let certification = record.certification else { return "no" }
      let by = "by \(certification.name) at \(certification.certifiedAt)"
      return certification.withdrawnBy.map { "\(by), withdrawn by close \($0)" } ?? by
    }

    private var totals: [PairTotal] {
      var totals: [CurrencyLayer: PairTotal] = [:]
      for row in record.rollforward {
        totals[row.key.pair, default: PairTotal(pair: row.key.pair)].add(row.closing)
      }
      return totals.values.sorted { $0.pair < $1.pair }
    }

    private func writeTieOuts() throws(ReportError) {
      try table(
        "Tie-outs",
        [
          ("Check", 22), ("Scope", 26), ("Status", 14), ("Expected minor", 20),
          ("Actual minor", 20),
          ("Difference minor", 20), ("Detail", 80),
        ]
      ) { table throws(ReportError) in
        for tieOut in record.tieOuts {
          let figures = [tieOut.expectedMinor, tieOut.actualMinor, tieOut.differenceMinor].map {
            $0.map { XLSXCell.amount($0, digits: 0) } ?? .empty
          }
          try table.add(
            [.text(tieOut.check.rawValue), .text(tieOut.scope), .text(tieOut.status.rawValue)]
              + figures
              + [.text(tieOut.detail)])
        }
      }
    }

    // MARK: balances

    private func writeTrialBalance() throws(ReportError) {
      try table(
        "Trial balance",
        [
          ("Account", 10), ("Name", 34), ("Normal side", 8), ("Currency", 10), ("Layer", 14),
          ("Debits minor", 22), ("Credits minor", 22), ("Debits", 20), ("Credits", 20),
          ("Balance", 20),
        ]
      ) { table throws(ReportError) in
        for row in record.rollforward {
          let digits = row.key.currency.minorUnitDigits
          let account = record.chart[row.key.account]
          let normal = account.map { row.closing.normalBalanceMinor(on: $0.normalSide) }
          try table.add(
            [
              .text("\(row.key.account)"), .text(account?.name ?? ""),
              .text(account?.normalSide.code ?? ""), .text("\(row.key.currency)"),
              .text(row.key.layer.code), .text(String(row.closing.debitMinor)),
              .text(String(row.closing.creditMinor)),
              .amount(row.closing.debitMinor, digits: digits),
              .amount(row.closing.creditMinor, digits: digits),
              normal.map { .amount($0, digits: digits) } ?? .empty,
            ])
        }
      }
    }

    private func writeRollforward() throws(ReportError) {
      let parts = ["Opening", "Backdated", "Movement", "Closing"]
      try table(
        "Roll-forward",
        [("Account", 10), ("Name", 34), ("Currency", 10), ("Layer", 14)]
          + parts.flatMap { [("\($0) debits", 20), ("\($0) credits", 20)] }
      ) { table throws(ReportError) in
        for row in record.rollforward {
          let digits = row.key.currency.minorUnitDigits
          try table.add(
            key(row.key)
              + [row.opening, row.backdated, row.movement, row.closing].flatMap {
                [.amount($0.debitMinor, digits: digits), .amount($0.creditMinor, digits: digits)]
              })
        }
      }
    }

    private func key(_ key: BalanceKey) -> [XLSXCell] {
      [
        .text("\(key.account)"), .text(record.chart[key.account]?.name ?? ""),
        .text("\(key.currency)"), .text(key.layer.code),
      ]
    }

    // MARK: findings and restatements

    private func writeFindings() throws(ReportError) {
      try table(
        "Findings",
        [
          ("Code", 24), ("Severity", 10), ("File", 26), ("Record", 10), ("Byte offset", 12),
          ("Entry", 38), ("Field", 22), ("Account", 10), ("Currency", 10), ("Layer", 14),
          ("Debits", 20), ("Credits", 20), ("Message", 100),
        ]
      ) { table throws(ReportError) in
        for finding in record.findings { try table.add(cells(finding)) }
        for count in record.findingCounts where count.count > count.kept {
          try table.add([
            .text(count.code.rawValue), .text(count.code.severity.rawValue),
            .text("\(count.count - count.kept) more, past the limit of rows"),
          ])
        }
      }
    }

    private func cells(_ finding: Finding) -> [XLSXCell] {
      let digits = finding.currency?.minorUnitDigits
      return [
        .text(finding.code.rawValue), .text(finding.code.severity.rawValue),
        .text(finding.file ?? ""), finding.record.map { .count($0) } ?? .empty,
        finding.byteOffset.map { .count($0) } ?? .empty, .text(finding.entry?.description ?? ""),
        .text(finding.field ?? ""), .text(finding.account?.description ?? ""),
        .text(finding.currency?.description ?? ""), .text(finding.layer?.code ?? ""),
        finding.debitMinor.map { .amount($0, digits: digits) } ?? .empty,
        finding.creditMinor.map { .amount($0, digits: digits) } ?? .empty, .text(finding.message),
      ]
    }

    private func writeRestatements() throws(ReportError) {
      try table(
        "Restatements",
        [
          ("Account", 10), ("Name", 34), ("Currency", 10), ("Layer", 14), ("As of", 12),
          ("Debits before", 20), ("Credits before", 20), ("Debits after", 20),
          ("Credits after", 20),
        ]
      ) { table throws(ReportError) in
        for restatement in record.restatements {
          let digits = restatement.key.currency.minorUnitDigits
          try table.add(
            key(restatement.key) + [.text("\(restatement.asOfDate)")]
              + [restatement.before, restatement.after].flatMap {
                [.amount($0.debitMinor, digits: digits), .amount($0.creditMinor, digits: digits)]
              })
        }
      }
      try table(
        "Restating entries",
        [
          ("Account", 10), ("Name", 34), ("Currency", 10), ("Layer", 14), ("Entry", 38),
          ("Effective", 12), ("Posted", 24), ("Debits", 20), ("Credits", 20), ("File", 26),
          ("Record", 10),
        ]
      ) { table throws(ReportError) in
        for entry in record.restatingEntries {
          let digits = entry.key.currency.minorUnitDigits
          try table.add(
            key(entry.key) + [
              .text("\(entry.entry)"), .text("\(entry.effectiveDate)"), .text("\(entry.posted)"),
              .amount(entry.totals.debitMinor, digits: digits),
              .amount(entry.totals.creditMinor, digits: digits), .text(entry.file),
              .count(entry.record),
            ])
        }
      }
    }

    // MARK: bank, loans, parts

    private func writeOutstanding() throws(ReportError) {
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
      try table(
        "Outstanding",
        [
          ("Bank account", 24), ("Missing on", 12), ("Date", 12), ("Age in days", 12),
          ("Amount", 20), ("Reference", 38), ("Second reference", 38), ("Item", 46),
          ("Ambiguous group", 12),
        ]
      ) { table throws(ReportError) in
        for bank in record.bankReconciliations {
          for outstanding in bank.outstanding { try table.add(cells(outstanding, bank)) }
        }
      }
    }

    private func cells(_ outstanding: OutstandingItem, _ bank: BankReconciliation) -> [XLSXCell] {
      let item = outstanding.item
      return [
        .text(bank.account.reference), .text(item.side == .ledger ? "bank" : "ledger"),
        .text("\(item.date)"), .count(outstanding.ageDays(on: record.header.businessDate)),
        .amount(item.amountMinor, digits: bank.account.currency.minorUnitDigits),
        .text(item.reference ?? ""), .text(item.secondReference ?? ""), .text(item.identity),
        outstanding.ambiguousGroup.map { .count($0) } ?? .empty,
      ]
    }

    private func writeLoans() throws(ReportError) {
      try table(
        "Loans",
        [
          ("Loan", 38), ("Currency", 10), ("Cause", 20), ("Ledger", 20), ("Tape", 20),
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

    private func writeParts() throws(ReportError) {
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

  /// The closing debits and credits of a currency and layer, and whether a formula can sum them.
  private struct PairTotal {
    let pair: CurrencyLayer
    private var totals = WideTotals()
    private var isExact = true

    init(pair: CurrencyLayer) { self.pair = pair }

    mutating func add(_ closing: DebitCreditTotals) {
      totals.add(closing)
      isExact =
        isExact && XLSXWorkbook.isExact(closing.debitMinor)
        && XLSXWorkbook.isExact(closing.creditMinor)
    }

    /// A formula over the trial balance; text where an amount or the sum has more than 15 digits, or the
    /// trial balance goes over several sheets.
    func cell(
      _ side: KeyPath<WideTotals, Int128>, column: String, _ record: CloseRecord, _ rowsMax: Int
    ) -> XLSXCell {
      let sum = totals[keyPath: side]
      let digits = pair.currency.minorUnitDigits
      let rows = record.rollforward.count
      guard isExact, let digits, let narrow = Int64(exactly: sum), XLSXWorkbook.isExact(narrow),
        rows < rowsMax
      else {
        return .text(digits.map { AmountText.decimal(sum, digits: $0) } ?? String(sum))
      }
      func range(_ column: String) -> String {
        "'Trial balance'!$\(column)$2:$\(column)$\(rows + 1)"
      }
      let condition = "\(range("D")),\"\(pair.currency)\",\(range("E")),\"\(pair.layer.code)\""
      return .formula("=SUMIFS(\(range(column)),\(condition))", narrow, digits: digits)
    }
  }
#endif
