#if XLSX
  import LedgerDomain

  @testable import Reports

  /// Closes to be written to a workbook, and what its tables should then hold.
  enum WorkbookRecord {
    /// A close with these figures only.
    static func record(
      rollforward: [RollforwardRow] = [], tieOuts: [TieOut] = [], findings: [Finding] = []
    ) -> CloseRecord {
      CloseRecord(
        header: SampleRecord.header(), chart: SampleRecord.record().chart, rollforward: rollforward,
        restatements: [], tieOuts: tieOuts, findings: findings, findingCounts: [], parts: [])
    }

    /// One row per account, with debits computed from the row number.
    static func rows(
      _ count: Int, currency: String = "USD", debitMinor: (Int) -> Int64 = { Int64($0) * 101 }
    ) -> [RollforwardRow] {
      (0..<count).map { index in
        let closing = DebitCreditTotals(debitMinor: debitMinor(index), creditMinor: Int64(index))
        guard let currency = CurrencyCode(currency) else { preconditionFailure("no currency") }
        let key = BalanceKey(
          account: AccountCode(number: UInt16(1_000 + index)), currency: currency, layer: .settled)
        return RollforwardRow(
          key: key, opening: .zero, backdated: .zero, movement: closing, closing: closing)
      }
    }

    /// Every table's rows, cell by cell: amounts in the currency's decimals.
    static func tables(_ record: CloseRecord) -> [String: [[String]]] {
      [
        "Trial balance": record.rollforward.map { trialBalance($0, record) },
        "Roll-forward": record.rollforward.map { row in
          key(row.key, record)
            + [row.opening, row.backdated, row.movement, row.closing].flatMap {
              decimals($0, row.key)
            }
        },
        "Restatements": record.restatements.map { row in
          key(row.key, record) + ["\(row.asOfDate)"]
            + [row.before, row.after].flatMap { decimals($0, row.key) }
        },
        "Restating entries": record.restatingEntries.map { entry in
          key(entry.key, record) + ["\(entry.entry)", "\(entry.effectiveDate)", "\(entry.posted)"]
            + decimals(entry.totals, entry.key) + [entry.file, "\(entry.record)"]
        },
        "Tie-outs": record.tieOuts.map { row in
          let figures = [row.expectedMinor, row.actualMinor, row.differenceMinor]
          let currency = TieOutSection.currency(of: row, record)
          return [row.check.rawValue, row.scope, row.status.rawValue]
            + figures.map { minor in
              minor.map { minor in currency.map { decimal(minor, $0) } ?? "\(minor)" } ?? ""
            } + [row.detail] + figures.map { $0.map { "\($0)" } ?? "" }
        },
        "Outstanding": record.bankReconciliations.flatMap { outstanding($0, record) },
        "Loans": (record.portfolioRollup?.differences ?? []).map { row in
          ["\(row.loan)", "\(row.currency)", row.cause.rawValue]
            + [row.ledgerMinor, row.tapeMinor].map { $0.map { decimal($0, row.currency) } ?? "" }
        },
        "Quarantine": record.quarantine.records.map { row in
          let acceptance = record.quarantine.acceptance(of: row)
          let total = row.totals.first
          let amounts = [total?.totals.debitMinor, total?.totals.creditMinor].map { amount in
            amount.flatMap { minor in total.map { decimal(minor, $0.pair.currency) } } ?? ""
          }
          return [
            row.place.file, "\(row.place.record)", row.code.rawValue,
            !row.code.needsAcceptance ? "counted once" : acceptance == nil ? "open" : "accepted",
            row.entry.map { "\($0)" } ?? "", total.map { "\($0.pair.currency)" } ?? "",
            total?.pair.layer.code ?? "",
          ] + amounts + [
            acceptance?.name ?? "", acceptance?.acceptedAt ?? "", acceptance?.note ?? "",
          ]
        },
        "Parts": record.parts.map { [$0.file, "\($0.bytes)", "\($0.records)", $0.sha256] },
      ]
    }

    private static func trialBalance(_ row: RollforwardRow, _ record: CloseRecord) -> [String] {
      let account = record.chart[row.key.account]
      let (debitMinor, creditMinor) = (row.closing.debitMinor, row.closing.creditMinor)
      let normal = account.map {
        $0.normalSide == .debit ? debitMinor - creditMinor : creditMinor - debitMinor
      }
      return [
        "\(row.key.account)", account?.name ?? "", account?.normalSide.code ?? "",
        "\(row.key.currency)", row.key.layer.code,
      ] + decimals(row.closing, row.key) + [normal.map { decimal($0, row.key.currency) } ?? ""]
        + ["\(debitMinor)", "\(creditMinor)", normal.map { "\($0)" } ?? ""]
    }

    private static func outstanding(
      _ bank: BankReconciliation, _ record: CloseRecord
    ) -> [[String]] {
      bank.outstanding.map { row in
        [
          bank.account.reference, row.item.side == .ledger ? "bank" : "ledger", "\(row.item.date)",
          "\(row.ageDays(on: record.header.businessDate))",
          decimal(row.item.amountMinor, bank.account.currency),
          row.item.references.first?.value ?? "",
          row.item.references.dropFirst().first?.value ?? "", row.item.identity,
          row.ambiguousGroup.map { "\($0)" } ?? "",
        ]
      }
    }

    private static func key(_ key: BalanceKey, _ record: CloseRecord) -> [String] {
      [
        "\(key.account)", record.chart[key.account]?.name ?? "", "\(key.currency)", key.layer.code,
      ]
    }

    private static func decimals(_ totals: DebitCreditTotals, _ key: BalanceKey) -> [String] {
      [decimal(totals.debitMinor, key.currency), decimal(totals.creditMinor, key.currency)]
    }

    static func decimal(_ amountMinor: some BinaryInteger, _ currency: CurrencyCode) -> String {
      currency.minorUnitDigits.map { AmountText.decimal(amountMinor, digits: $0) }
        ?? "\(amountMinor)"
    }

    /// The totals that the Summary sheet should show, by currency and layer.
    static func totals(_ record: CloseRecord) -> [[String]] {
      Set(record.rollforward.map(\.key.pair)).sorted().map { pair in
        let closings = record.rollforward.filter { $0.key.pair == pair }.map(\.closing)
        return [
          "Total \(pair)", "",
          decimal(closings.reduce(Int128(0)) { $0 + Int128($1.debitMinor) }, pair.currency),
          decimal(closings.reduce(Int128(0)) { $0 + Int128($1.creditMinor) }, pair.currency),
        ]
      }
    }
  }
#endif
