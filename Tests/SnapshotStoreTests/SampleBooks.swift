import LedgerDomain
import SnapshotStore

/// Two closes of one tenant: the second one matures, restates and adds a key.
enum SampleBooks {
  static let tenant = TenantID(LedgerUUID(high: 0xA, low: 1))
  static let other = TenantID(LedgerUUID(high: 0xB, low: 2))
  static let first = BusinessDate(dayNumber: 20_458)
  static let second = BusinessDate(dayNumber: 20_459)
  static let third = BusinessDate(dayNumber: 20_460)
  static let loans = key("1100 USD SETTLED")
  static let deposits = key("2000 USD SETTLED")

  static let chart = ChartOfAccounts([
    account(1100, "Loans, \"A\" | é", .debit), account(2000, "Deposits", .credit),
    account(3000, "", .credit),
  ])

  static var firstDraft: CloseDraft {
    CloseDraft(
      tenant: tenant, businessDate: first, chart: chart,
      openings: [
        Balance(key: loans, totals: of(1_000, 0)),
        Balance(key: key("3000 USD SETTLED"), totals: of(0, 1_000)),
      ],
      movements: [
        movement(loans, first, of(500, 0)), movement(loans, second, of(7, 0)),
        movement(deposits, first, of(0, 500)), movement(deposits, second, of(0, 7)),
      ],
      rollforward: [
        row(loans, opening: of(1_000, 0), movement: of(500, 0), closing: of(1_500, 0)),
        row(deposits, movement: of(0, 500), closing: of(0, 500)),
        row(key("3000 USD SETTLED"), opening: of(0, 1_000), closing: of(0, 1_000)),
      ],
      restatements: [], input: input(1))
  }

  static var secondDraft: CloseDraft {
    CloseDraft(
      tenant: tenant, businessDate: second, chart: chart, openings: [],
      movements: [
        movement(key("1100 EUR PENDING"), second, of(3, 3)), movement(loans, first, of(20, 0)),
        movement(deposits, first, of(0, 20)), movement(deposits, third, of(.max, 0)),
      ],
      rollforward: [
        row(key("1100 EUR PENDING"), movement: of(3, 3), closing: of(3, 3)),
        row(
          loans, opening: of(1_500, 0), backdated: of(20, 0), movement: of(7, 0),
          closing: of(1_527, 0)),
        row(
          deposits, opening: of(0, 500), backdated: of(0, 20), movement: of(0, 7),
          closing: of(0, 527)),
        row(key("3000 USD SETTLED"), opening: of(0, 1_000), closing: of(0, 1_000)),
      ],
      restatements: [
        Restatement(key: loans, asOfDate: first, before: of(1_500, 0), after: of(1_520, 0)),
        Restatement(key: deposits, asOfDate: first, before: of(0, 500), after: of(0, 520)),
      ], input: input(2))
  }

  static var outcome: CloseOutcome {
    CloseOutcome(
      counts: (read: 12, accepted: 10, quarantined: 2),
      parts: [
        InputPart(file: "part-00000.ndjson.gz", bytes: 120, sha256: "ab12", records: 7),
        InputPart(file: "part-00001.ndjson", bytes: .max, sha256: "cd34", records: 5),
      ],
      findings: [finding, Finding(.backdated, message: "A note, with \"quotes\" and é.\n")],
      findingCounts: [
        FindingCount(code: .unbalanced, count: 5, kept: 1),
        FindingCount(code: .backdated, count: 1, kept: 1),
      ],
      tieOuts: [
        .inconclusive(.completeness, detail: "No manifest."),
        TieOut(.rollforward, scope: "keys", expected: 5, actual: 2, detail: "Keys."),
        TieOut(.doubleEntry, scope: "day", expected: Int128(Int64.max) + 1, actual: 0, detail: "D"),
      ], basis: CloseBasis(timeZone: "UTC"), startedAt: "2026-01-06T01:00:00Z",
      finishedAt: "2026-01-06T01:00:09Z")
  }

  static var finding: Finding {
    var finding = Finding(.unbalanced, message: "Debits are not credits.")
    finding.file = "part-00000.ndjson.gz"
    finding.record = 3
    finding.byteOffset = 0
    finding.entry = JournalEntryID(LedgerUUID(high: 0xE, low: 5))
    finding.field = "lines[0].amount_minor"
    finding.account = loans.account
    finding.currency = loans.currency
    finding.layer = loans.layer
    finding.debitMinor = .max
    finding.creditMinor = 0
    return finding
  }
}

extension SampleBooks {
  static func key(_ text: String) -> BalanceKey {
    let words = text.split(separator: " ")
    guard words.count == 3, let account = AccountCode(words[0]),
      let currency = CurrencyCode(words[1]), let layer = EntryLayer(code: words[2])
    else { preconditionFailure("'\(text)' is no key") }
    return BalanceKey(account: account, currency: currency, layer: layer)
  }

  static func account(_ number: UInt16, _ name: String, _ side: NormalSide) -> Account {
    Account(code: AccountCode(number: number), name: name, normalSide: side)
  }

  static func of(_ debitMinor: Int64, _ creditMinor: Int64) -> DebitCreditTotals {
    DebitCreditTotals(debitMinor: debitMinor, creditMinor: creditMinor)
  }

  static func movement(
    _ key: BalanceKey, _ date: BusinessDate, _ totals: DebitCreditTotals
  ) -> Movement {
    Movement(key: key, effectiveDate: date, totals: totals, lineCount: 2)
  }

  static func row(
    _ key: BalanceKey, opening: DebitCreditTotals = .zero, backdated: DebitCreditTotals = .zero,
    movement: DebitCreditTotals = .zero, closing: DebitCreditTotals
  ) -> RollforwardRow {
    RollforwardRow(
      key: key, opening: opening, backdated: backdated, movement: movement, closing: closing)
  }

  static func input(_ number: UInt64) -> InputFingerprint {
    var input = InputFingerprint()
    input.add(JournalEntryID(LedgerUUID(high: number, low: number)), content: number)
    return input
  }
}

extension BookWriter {
  /// Closes a draft in the transaction that is open.
  @discardableResult
  func close(
    _ draft: CloseDraft, after previous: TenantState?, _ outcome: CloseOutcome = SampleBooks.outcome
  ) throws -> (state: TenantState, header: CloseHeader) {
    try finish(insertBooks(draft, previous: previous), outcome)
  }

  /// Closes drafts of one tenant, each building on the one before, in a transaction of their own.
  @discardableResult
  func commit(_ drafts: [CloseDraft]) throws -> [CloseHeader] {
    try begin()
    var headers: [CloseHeader] = []
    for draft in drafts {
      headers.append(try close(draft, after: reader.tenantState(draft.tenant)).header)
    }
    try commit()
    return headers
  }
}
