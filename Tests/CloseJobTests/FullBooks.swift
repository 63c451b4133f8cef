import CloseJob
import Foundation
import JobConfiguration
import LedgerDomain
import SnapshotStore

/// Books with a row of every kind: two tenants, openings, backdated and future-dated entries,
/// quarantined records with decisions about them, an entry repeated on a later date, a reversal, two charts, a reclosed date, loans, a bank statement, a
/// certification, and if required, prunings.
enum FullBooks {
  /// The last close of these dates is that of 9 January.
  static func ledger(hasReports: Bool = false) throws -> LedgerTree {
    let ledger = try LedgerTree()
    if hasReports { ledger.settings.reports = "\(ledger.directory)/reports" }
    let (first, second) = (LedgerTree.tenant, LedgerTree.otherTenant)
    try ledger.write(
      "opening.csv",
      """
      account_code,currency,layer,dr_balance_minor,cr_balance_minor,tenant_id
      1000,USD,SETTLED,1000,0,\(first)
      3000,USD,SETTLED,0,1000,\(first)
      1000,EUR,PENDING,70,20,\(second)
      3000,EUR,PENDING,20,70,\(second)

      """)
    ledger.settings.opening = "\(ledger.directory)/opening.csv"
    try exportFirstDates(ledger, first, second)
    try compareWithOthers(ledger)
    try ledger.close(through: "2026-01-07")
    try ledger.write("chart.csv", LedgerTree.chart + "5000,Fees,CR\n")
    try ledger.export("2026-01-08", "2026-01-08 | 1000 DR 3 | 5000 CR 3")
    try ledger.export("2026-01-08", tenant: second, "2026-01-07 | 1000 DR 4 | 3000 CR 4")
    try ledger.close(through: "2026-01-08")
    try ledger.export(
      "2026-01-06",
      """
      #10 2026-01-06 | 1000 DR 101 | 3000 CR 101
      #11 2026-01-05 | 1100 DR 18 | 3000 CR 18
      #13 2026-01-06 | 1100 DR 2 EUR | 2000 CR 2 EUR
      #14 2026-02-20 | 1100 DR 6 USD SETTLED loan:7 | 2000 CR 6
      = {}
      """)
    try ledger.closeAgain("2026-01-06")
    try ledger.export(
      "2026-01-09",
      """
      2026-01-05 | 1000 DR 30 | 4000 CR 30
      #20 2026-01-07 | 1000 DR 11 | 4000 CR 11
      #30 2026-01-09 reverses #2 | 1000 CR 7 | 4000 DR 7
      """)
    try ledger.export("2026-01-09", tenant: second, "2026-01-06 | 1000 DR 8 | 3000 CR 8")
    try ledger.close(through: "2026-01-09")
    try ledger.certify("2026-01-07")
    try ledger.decideAboutQuarantine()
    try ledger.deliverLateStatements()
    try ledger.settleItems()
    return ledger
  }

  /// A bank statement with an entry, and a tape with a loan, that the ledger does not have.
  private static func compareWithOthers(_ ledger: LedgerTree) throws {
    ledger.compareLoans()
    try ledger.tape("2026-01-05", "7 USD 5", "8 USD 3")
    try ledger.tape("2026-01-06", "7 USD 5", "8 USD 3")
    ledger.settings.statements = "\(ledger.directory)/statements"
    ledger.settings.bankAccounts = try JobSettings(
      SettingSources(
        flags: [
          JobSettings.name(of: \.bankAccounts): SettingText(
            "ref=main,account=1000,currency=USD,csv_date=date,csv_amount=amount,csv_reference=reference,"
              + "csv_opening_row=Opening,csv_closing_row=Closing", source: "test")
        ], environment: [:], file: [:])
    ).bankAccounts
    try ledger.write(
      "statements/tenant_id=\(LedgerTree.tenant)/date=2026-01-05/main.csv",
      """
      Opening,10.00
      date,amount,reference
      2026-01-05,5.00,
      2026-01-05,1.00,FEE
      Closing,16.00

      """)
  }

  /// The same books, pruned twice, with another close between and after.
  static func prunedLedger() throws -> LedgerTree {
    let ledger = try ledger()
    try ledger.prune(before: "2026-01-07")
    for date in ["2026-01-10", "2026-01-11"] {
      try ledger.export(date, "2026-01-06 | 1000 DR 40 | 4000 CR 40")
      try ledger.export(date, tenant: LedgerTree.otherTenant, "2026-01-05 | 1000 DR 9 | 3000 CR 9")
      try ledger.close(through: date)
      if date == "2026-01-10" { try ledger.prune(before: "2026-01-08") }
    }
    return ledger
  }

  private static func exportFirstDates(
    _ ledger: LedgerTree, _ first: String, _ second: String
  ) throws {
    try ledger.export(
      "2026-01-05",
      """
      #1 2026-01-05 | 1000 DR 500 | 3000 CR 500
      #2 2026-01-07 | 1000 DR 7 | 4000 CR 7
      #3 2026-03-01 | 1000 DR 9 EUR PENDING | 2000 CR 9 EUR PENDING
      #4 2026-01-01 | 1100 DR 5 USD SETTLED loan:7 | 3000 CR 5
      = not json
      """)
    try ledger.export(
      "2026-01-06",
      """
      #10 2026-01-06 | 1000 DR 100 | 3000 CR 100
      #11 2026-01-05 | 1100 DR 20 | 3000 CR 20
      #12 2026-01-06 | 1000 DR 5 | 3000 CR 6
      #15 2026-01-08 | 1100 DR 4 | 2000 CR 4
      """)
    try ledger.export(
      "2026-01-07",
      """
      #20 2026-01-07 | 1000 DR 11 | 4000 CR 11
      #21 2026-01-05 | 1100 DR 13 | 4000 CR 13
      #22 2026-01-07 | 9999 DR 1 | 3000 CR 1
      """)
    try ledger.export(
      "2026-01-07", part: "part-00001.ndjson",
      "#20 2026-01-07 | 1000 DR 11 | 4000 CR 11\n2026-01-06 | 1000 CR 2000 | 3000 DR 2000")
    try ledger.export("2026-01-05", tenant: second, "2026-01-05 | 1000 DR 1 | 3000 CR 1\n= []")
    try ledger.export("2026-01-06", tenant: second, "2026-01-05 | 2000 DR 2 | 3000 CR 2")
    try ledger.export("2026-01-07", tenant: second, "2026-01-09 | 1000 DR 3 | 3000 CR 3")
  }
}

extension LedgerTree {
  /// A correction of 5 January, 6 January with a batch, and a file that is no statement.
  fileprivate func deliverLateStatements() throws {
    let directory = "statements/tenant_id=\(Self.tenant)"
    try write(
      "\(directory)/corrected/main.csv",
      """
      Opening,10.00
      date,amount,reference
      2026-01-05,5.00,
      2026-01-05,1.00,FEE
      2026-01-05,0.30,LATE
      Closing,16.30

      """)
    try write(
      "\(directory)/camt.xml",
      """
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><GrpHdr>
      <MsgId>M1</MsgId><CreDtTm>2026-01-07T06:00:00Z</CreDtTm></GrpHdr><Stmt><Id>S2</Id>
      <ElctrncSeqNb>2</ElctrncSeqNb><CreDtTm>2026-01-07T06:00:00Z</CreDtTm>
      <Acct><Id><Othr><Id>main</Id></Othr></Id><Ccy>USD</Ccy></Acct>
      <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">16.30</Amt>
      <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-06</Dt></Dt></Bal>
      <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="USD">17.40</Amt>
      <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-01-06</Dt></Dt></Bal>
      <Ntry><Amt Ccy="USD">1.10</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
      <BookgDt><Dt>2026-01-06</Dt></BookgDt><ValDt><Dt>2026-01-06</Dt></ValDt><AcctSvcrRef>B1</AcctSvcrRef>
      <NtryDtls><TxDtls><Refs><EndToEndId>E1</EndToEndId></Refs><Amt Ccy="USD">1.01</Amt>
      <CdtDbtInd>CRDT</CdtDbtInd></TxDtls><TxDtls><Refs><EndToEndId>E2</EndToEndId></Refs>
      <Amt Ccy="USD">0.09</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls></NtryDtls></Ntry>
      </Stmt></BkToCstmrStmt></Document>

      """)
    try write("\(directory)/notes.txt", "nothing")
    let now = now
    _ = try ReconcileRun(settings: settings, clock: RunClock { now }, dates: (nil, nil)).run()
  }

  /// Writes off the bank's fee, takes that back, and writes it off again.
  fileprivate func settleItems() throws {
    let fee = try books.rows(
      """
      SELECT DISTINCT identity FROM outstanding_item
      WHERE side = 'bank' AND reference LIKE '%=FEE'
      """)
    try settle(.writeOff(fee))
    try settle(.undo(fee))
    try settle(.settle(fee))
  }

  /// Settles items of the first tenant's account.
  @discardableResult
  func settle(_ action: SettleRun.Action, account: String = "main") throws -> SettleResult {
    var own = settings
    own.tenants = [TenantID(Self.tenant)].compactMap { $0 }
    let now = now
    return try SettleRun(
      settings: own, clock: RunClock { now }, account: account, action: action, name: "Ada",
      note: "The bank's fee"
    ).run()
  }

  /// Accepts records of 7 January by code, by record and as a whole, and takes one back.
  fileprivate func decideAboutQuarantine() throws {
    let date = "2026-01-07"
    let record = QuarantineAcceptance.Scope.record(
      RecordPlace(file: "part-00000.ndjson", record: 3))
    try accept(date, .code(.unknownAccount))
    try accept(date, record, isUndo: true)
    try accept(date, record)
    try accept(date, isUndo: true)
    try accept("2026-01-05")
  }

  /// Certifies the first tenant's close of a date.
  func certify(_ date: String) throws {
    var own = settings
    own.tenants = [TenantID(Self.tenant)].compactMap { $0 }
    let now = now
    guard let date = BusinessDate(date) else { return }
    _ = try SignoffRun(
      settings: own, clock: RunClock { now }, date: date, name: "Ada", note: "Seen"
    ).run()
  }

  /// Closes a closed date again.
  @discardableResult
  func closeAgain(_ date: String) throws -> RunResult {
    settings.date = BusinessDate(date)
    var request = CloseRequest()
    request.recloses = true
    let now = now
    return try CloseRun(settings: settings, clock: RunClock { now }, request: request).run()
  }

  /// Prunes the dates before the given one.
  @discardableResult
  func prune(before date: String, isDryRun: Bool = false) throws -> [PruneResult] {
    let now = now
    guard let date = BusinessDate(date) else { return [] }
    let run = PruneRun(
      storePath: settings.store ?? "", tenants: [], before: date, clock: RunClock { now })
    return isDryRun ? try run.dryRun() : try run.run()
  }

  /// Verifies the store, and the exports of these dates if they are given.
  func verify(
    storeOnly: Bool = false, from: String? = nil, to: String? = nil
  ) throws -> VerifyResult {
    let now = now
    return try VerifyRun(
      settings: settings, clock: RunClock { now },
      dates: (from.flatMap { BusinessDate($0) }, to.flatMap { BusinessDate($0) }),
      isStoreOnly: storeOnly
    ).run()
  }
}
