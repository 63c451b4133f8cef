import LedgerDomain

/// A close that fills every section of a report.
enum FullRecord {
  static let usd = key(1100, "USD", .settled)

  /// The record, with texts from outside as given.
  ///
  /// - Parameter text: the value of every field that can hold untrusted text.
  static func record(text: String? = nil, findings: [Finding]? = nil) -> CloseRecord {
    let sample = SampleRecord.record()
    var record = CloseRecord(
      header: sample.header, chart: chart(text), rollforward: sample.rollforward,
      restatements: sample.restatements, restatingEntries: [entry(text)],
      restatingCounts: [RestatingCount(key: usd, count: 3, kept: 1)],
      tieOuts: sample.tieOuts + [integrity, tieOut(text), portfolio],
      findings: findings ?? sample.findings + [finding(text)],
      findingCounts: findings.map(counts) ?? sample.findingCounts + [
        FindingCount(code: .abnormalBalance, count: 1, kept: 1)
      ],
      parts: [
        InputPart(
          file: text ?? "part-00000.ndjson.gz", bytes: 120, sha256: "ab12", records: 12)
      ])
    record.addBankAccounts(
      banks(text).map {
        BankAccountRecord(
          version: ReconciliationVersion(
            reconciliation: $0, date: record.header.businessDate, number: 1,
            closeID: record.header.closeID, madeAt: record.header.finishedAt))
      })
    record.portfolioRollup = rollup
    record.certification = Certification(
      closeID: CloseID(7), chainDigest: "c7", name: text ?? "Ada Lovelace",
      note: text ?? "Break is in transit.", certifiedAt: "2026-01-06T09:00:00Z",
      withdrawnBy: nil)
    record.quarantine = quarantine(text)
    record.history = history
    record.earlierBalances = earlierBalances
    record.reviewThreshold = ReviewThreshold("50.00, 9%")
    return record
  }

  static func counts(_ findings: [Finding]) -> [FindingCount] {
    FindingCode.allCases.compactMap { code in
      let count = findings.count { $0.code == code }
      return count == 0 ? nil : FindingCount(code: code, count: count, kept: count)
    }
  }

  /// So many findings as a bad day has, of several codes and parts.
  static func manyFindings(_ count: Int) -> [Finding] {
    let codes: [FindingCode] = [.unknownAccount, .unbalanced, .duplicateEntry, .backdated]
    return (0..<count).map { index in
      let code = codes[index * 7 % codes.count]
      var finding = Finding(
        code, message: "Entry \(index) is not as it should be. Have it corrected in the ledger.")
      finding.file = "part-0000\(index * 10 / count).ndjson.gz"
      finding.record = index % 5_000 + 1
      finding.byteOffset = index * 600
      finding.entry = JournalEntryID(
        LedgerUUID(high: UInt64(index) &* 0x9E37_79B9_7F4A_7C15, low: UInt64(index)))
      finding.account = AccountCode(number: UInt16(1000 + index % 90))
      finding.currency = CurrencyCode("USD")
      finding.layer = .settled
      finding.debitMinor = Int64(index) * 7_919 % 1_000_003
      finding.creditMinor = Int64(index) * 104_729 % 999_983
      return finding
    }
  }

  private static func chart(_ text: String?) -> ChartOfAccounts {
    ChartOfAccounts([
      Account(
        code: AccountCode(number: 1100), name: text ?? "Principal receivable", normalSide: .debit),
      Account(code: AccountCode(number: 2000), name: "Customer deposits", normalSide: .credit),
    ])
  }

  private static let integrity = TieOut(
    .ledgerIntegrity, scope: "accounts", expected: 0, actual: 0, detail: "Each balance agrees.")

  private static let portfolio = TieOut(
    .portfolioRollup, scope: "USD", expected: 88_000, actual: 88_849, detail: "Principal.")

  private static func tieOut(_ text: String?) -> TieOut {
    TieOut(
      .bankReconciliation, scope: text ?? "operating", expected: 90_099, actual: 88_849,
      detail: text ?? "The ledger against the statement.")
  }

  private static func finding(_ text: String?) -> Finding {
    var finding = Finding(.abnormalBalance, message: text ?? "The balance is on the wrong side.")
    finding.file = text
    finding.field = text
    finding.account = AccountCode(number: 2000)
    return finding
  }

  private static func entry(_ text: String?) -> RestatingEntry {
    RestatingEntry(
      key: usd, entry: JournalEntryID(LedgerUUID(high: 0xE, low: 9)),
      effectiveDate: SampleRecord.date.advanced(by: -1),
      posted: PostedInstant(second: 1_767_600_000, nanosecond: 0),
      totals: DebitCreditTotals(debitMinor: 849, creditMinor: 0),
      file: text ?? "part-00000.ndjson.gz", record: 4)
  }

  /// An open record, an accepted one, one that is counted once, and one without amounts.
  private static func quarantine(_ text: String?) -> CloseQuarantine {
    var totals = WideTotals()
    totals.add(DebitCreditTotals(debitMinor: 12_345, creditMinor: 12_300))
    let codes: [FindingCode] = [.malformedJSON, .unknownAccount, .unbalanced, .duplicateEntry]
    let records = codes.enumerated().map { index, code in
      QuarantinedRecord(
        place: RecordPlace(file: text ?? "part-00000.ndjson.gz", record: index + 3), code: code,
        entry: index == 0 ? nil : JournalEntryID(LedgerUUID(high: 0xD, low: UInt64(index))),
        totals: index == 0 ? [] : [CurrencyLayerTotals(pair: usd.pair, totals: totals)])
    }
    let acceptances = [QuarantineAcceptance.Scope.code(.unknownAccount), .record(records[2].place)]
      .enumerated().map { index, scope in
        QuarantineAcceptance(
          scope: scope, isUndo: index == 1, name: text ?? "Grace Hopper",
          note: text ?? "A test entry.", acceptedAt: "2026-01-06T10:00:00Z")
      }
    return CloseQuarantine(
      counts: records.map { record in
        var sum = QuarantineSum()
        sum.add(record)
        return QuarantineCount(code: record.code, sum: sum, kept: 1)
      }, records: records, acceptances: acceptances)
  }

  private static func banks(_ text: String?) -> [BankReconciliation] {
    let account = BankAccount(
      reference: text ?? "operating", statementAccount: "DE02120300000000202051",
      account: AccountCode(number: 1100), currency: usd.currency)
    let items = [(BankSide.ledger, -40), (.bank, -9), (.ledger, -2), (.bank, 0)].map { side, days in
      let date = SampleRecord.date.advanced(by: days)
      let item = BankItem(
        side: side, identity: text ?? "entry \(days)",
        references: [BankReference(.external, text ?? "PAY-\(-days)")]
          + (text.map { [BankReference(.journalEntry, $0)] } ?? []),
        amountMinor: side == .ledger ? 1_000 : -2_250, date: date)
      return OutstandingItem(item: item, since: date, ambiguousGroup: days == 0 ? 1 : nil)
    }
    return [
      BankReconciliation(
        account: account, status: .unreconciled, ledgerClosingMinor: 88_849,
        statement: (openingMinor: 80_000, closingMinor: 90_099), differenceMinor: -1_250,
        unexplainedMinor: 0, matchCounts: [.reference: 1_204, .amount: 3], outstanding: items),
      BankReconciliation(
        account: BankAccount(
          reference: "reserve", statementAccount: "reserve", account: AccountCode(number: 1100),
          currency: usd.currency),
        status: .pending, ledgerClosingMinor: 0, statement: nil, differenceMinor: 0,
        unexplainedMinor: 0, matchCounts: [:], outstanding: []),
    ]
  }

  private static let rollup = PortfolioRollup(
    source: .loanTape,
    totals: [
      PortfolioTotal(
        currency: usd.currency, ledgerPrincipalMinor: 88_849, loansMinor: 88_000,
        withoutLoanMinor: 49, loanCount: 212,
        differenceCounts: [.onlyInLedger: 1, .amountsDiffer: 1])
    ],
    differences: [
      LoanDifference(
        loan: LedgerUUID(high: 1, low: 1), currency: usd.currency, cause: .onlyInLedger,
        ledgerMinor: 500, tapeMinor: nil),
      LoanDifference(
        loan: LedgerUUID(high: 2, low: 2), currency: usd.currency, cause: .amountsDiffer,
        ledgerMinor: 1_000, tapeMinor: 700),
    ])

  /// The day before and the month end before it; nothing a year ago.
  static let earlierBalances: [EarlierBalances] = {
    func of(_ amounts: [(Int64, Int64)]) -> [DebitCreditTotals] {
      amounts.map { DebitCreditTotals(debitMinor: $0.0, creditMinor: $0.1) }
    }
    let totals = [of([(80_849, 0), (0, 0), (0, 7)]), of([(90_000, 0), (9, 1), (0, 7)]), nil]
    return zip(ChangeBasis.allCases, totals).map { basis, totals in
      EarlierBalances(
        basis: basis, date: basis.date(before: SampleRecord.date), totals: totals)
    }
  }()

  private static let history: [CloseHistoryPoint] = (0..<30).map { day in
    var totals = WideTotals()
    let amountMinor = Int64(50_000 + day * 1_300 + day * day * 17)
    totals.add(DebitCreditTotals(debitMinor: amountMinor, creditMinor: amountMinor))
    return CloseHistoryPoint(
      businessDate: SampleRecord.date.advanced(by: day - 29),
      records: (read: 400 + day, quarantined: day * 7 % 23),
      totals: [CurrencyLayerTotals(pair: usd.pair, totals: totals)])
  }

  private static func key(_ account: UInt16, _ currency: String, _ layer: EntryLayer) -> BalanceKey
  {
    guard let currency = CurrencyCode(currency) else { preconditionFailure("no currency") }
    return BalanceKey(account: AccountCode(number: account), currency: currency, layer: layer)
  }
}
