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
      try writeChanges()
      try writeFindings()
      try writeQuarantine()
      try writeRestatements()
      try writeBank()
      try writeOutstanding()
      try writeMatched()
      try writeLoans()
      try writeParts()
    }

    func table(
      _ name: String, _ columns: [(title: String, width: Double)], minorColumns: [String] = [],
      _ rows: (XLSXTable) throws(ReportError) -> Void
    ) throws(ReportError) {
      let table = try XLSXTable(
        workbook, name, columns, minorColumns: minorColumns, rowsMax: rowsMax)
      try rows(table)
      table.end()
    }

    // MARK: summary

    private func writeSummary() throws(ReportError) {
      let header = record.header
      try table("Summary", [("Item", 34), ("Value", 40), ("Debits", 22), ("Credits", 22)]) {
        table throws(ReportError) in
        let facts: [(String, String)] = [
          ("Tenant", "\(header.tenant)"), ("Tenant name", record.tenantName ?? ""),
          ("Business date", "\(header.businessDate)"),
          ("Close", "\(header.closeID)"),
          (
            "Outcome",
            header.status == .clean ? "Everything ties out" : "Breaks or quarantined records"
          ),
          ("Finished", header.finishedAt), ("Input digest", header.inputDigest),
          ("Chain digest", header.chainDigest),
          ("Certified", certification),
        ]
        for fact in facts + restatements { try table.add([.text(fact.0), .text(fact.1)]) }
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
            total.cell(\.debitMinor, column: "F", record, rowsMax),
            total.cell(\.creditMinor, column: "G", record, rowsMax),
          ])
        }
      }
    }

    /// The later closes that restated these figures.
    private var restatements: [(String, String)] {
      record.restatedBy.map { ("Restated by", "\($0)") }
    }

    private var certification: String {
      guard let certification = record.certification else { return "no" }
      let by = "by \(certification.name) at \(certification.certifiedAt)"
      if let close = certification.withdrawnBy { return "\(by), withdrawn by close \(close)" }
      return certification.withdrawnByBank ? "\(by), withdrawn: a bank account changed" : by
    }

    private var totals: [XLSXTotal] {
      var totals: [CurrencyLayer: XLSXTotal] = [:]
      for row in record.rollforward {
        totals[row.key.pair, default: XLSXTotal(pair: row.key.pair)].add(row.closing)
      }
      return totals.values.sorted { $0.pair < $1.pair }
    }

    private func writeTieOuts() throws(ReportError) {
      try table(
        "Tie-outs",
        [
          ("Check", 22), ("Scope", 26), ("Status", 14), ("Expected", 20), ("Actual", 20),
          ("Difference", 20), ("Detail", 80),
        ], minorColumns: ["Expected", "Actual", "Difference"]
      ) { table throws(ReportError) in
        for tieOut in record.tieOuts {
          let figures = [tieOut.expectedMinor, tieOut.actualMinor, tieOut.differenceMinor]
          // A comparison of counts has no currency.
          let digits = TieOutSection.currency(of: tieOut, record)?.minorUnitDigits ?? 0
          func cells(digits: Int) -> [XLSXCell] {
            figures.map { $0.map { .amount($0, digits: digits) } ?? .empty }
          }
          try table.add(
            [.text(tieOut.check.rawValue), .text(tieOut.scope), .text(tieOut.status.rawValue)]
              + cells(digits: digits) + [.text(tieOut.detail)] + cells(digits: 0))
        }
      }
    }

    // MARK: balances

    private func writeTrialBalance() throws(ReportError) {
      try table(
        "Trial balance",
        [
          ("Account", 10), ("Name", 34), ("Normal side", 8), ("Currency", 10), ("Layer", 14),
          ("Debits", 20), ("Credits", 20), ("Balance", 20),
        ], minorColumns: ["Debits", "Credits", "Balance"]
      ) { table throws(ReportError) in
        for row in record.rollforward {
          let digits = row.key.currency.minorUnitDigits
          let account = record.chart[row.key.account]
          let normal = account.map { row.closing.normalBalanceMinor(on: $0.normalSide) }
          try table.add(
            [
              .text("\(row.key.account)"), .text(account?.name ?? ""),
              .text(account?.normalSide.code ?? ""), .text("\(row.key.currency)"),
              .text(row.key.layer.code),
              .amount(row.closing.debitMinor, digits: digits),
              .amount(row.closing.creditMinor, digits: digits),
              normal.map { .amount($0, digits: digits) } ?? .empty,
              .text(String(row.closing.debitMinor)), .text(String(row.closing.creditMinor)),
              .text(normal.map { String($0) } ?? ""),
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
            .text(
              (count.count - count.kept).counted("more is", "more are")
                + " not listed because of the row limit: raise findings_limit"),
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
  }
#endif
