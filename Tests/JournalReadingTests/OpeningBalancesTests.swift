import LedgerDomain
import ReadingTestSupport
import Testing

@testable import JournalReading

@Suite("Opening balances")
struct OpeningBalancesTests {
  private static let header = "account_code,currency,layer,dr_balance_minor,cr_balance_minor"
  private static let otherTenant = "22222222-2222-4222-8222-222222222222"
  private let folder: ScratchFolder
  private let chart = ChartOfAccounts([
    Account(code: AccountCode(number: 1100), name: "Loans", normalSide: .debit),
    Account(code: AccountCode(number: 4000), name: "Interest", normalSide: .credit),
  ])

  init() throws { folder = try ScratchFolder() }

  private func read(_ text: String, isForOneTenant: Bool = true) throws -> [Balance] {
    try openings(text, isForOneTenant: isForOneTenant).balances
  }

  private func openings(_ text: String, isForOneTenant: Bool = true) throws -> OpeningBalances {
    try ReferenceTables.openingBalances(
      at: folder.write(text, to: "openings.csv"), tenant: Sample.tenant, chart: chart,
      isForOneTenant: isForOneTenant)
  }

  /// The message of the error that reading the text gives.
  private func fault(_ text: String, isForOneTenant: Bool = true) throws -> String? {
    do {
      _ = try read(text, isForOneTenant: isForOneTenant)
      return nil
    } catch let error as ReadingError {
      #expect(error.code == .invalidTable)
      #expect(error.file == "\(folder.path)/openings.csv")
      return error.message
    }
  }

  private func balance(
    _ account: UInt16, _ layer: EntryLayer, debitMinor: AmountMinor, creditMinor: AmountMinor
  ) throws -> Balance {
    let currency = try #require(CurrencyCode("USD"))
    let key = BalanceKey(
      account: AccountCode(number: account), currency: currency, layer: layer)
    return Balance(
      key: key, totals: DebitCreditTotals(debitMinor: debitMinor, creditMinor: creditMinor))
  }

  @Test("are read, in the order of their keys")
  func balances() throws {
    let balances = try read(
      Self.header + "\r\n4000,USD,SETTLED,0,9223372036854775807\r\n"
        + "1100,USD,SETTLED,9223372036854775807,9223372036854775807\r\n"
        + "1100,USD,PENDING,\"125000\",0\r\n1100,USD,ENCUMBRANCE,0,007\r\n")
    #expect(
      balances == [
        try balance(1100, .encumbrance, debitMinor: 0, creditMinor: 7),
        try balance(1100, .pending, debitMinor: 125_000, creditMinor: 0),
        try balance(1100, .settled, debitMinor: .max, creditMinor: .max),
        try balance(4000, .settled, debitMinor: 0, creditMinor: .max),
      ])
  }

  @Test("may be none")
  func none() throws {
    #expect(try read(Self.header + "\n") == [])
  }

  @Test("of several tenants are told apart by their column, in either case")
  func tenantColumn() throws {
    let text =
      Self.header + ",tenant_id\n1100,USD,SETTLED,1,2,\(Self.otherTenant)\n"
      + "1100,USD,SETTLED,3,4,\(Sample.tenantText.uppercased())\n"
      + "7777,XXY,NONE,-1,x,\(Self.otherTenant)\n"
    let expected = [try balance(1100, .settled, debitMinor: 3, creditMinor: 4)]
    #expect(try read(text, isForOneTenant: false) == expected)
    #expect(try read(text, isForOneTenant: true) == expected)
  }

  @Test("of several tenants need their column")
  func withoutTenantColumn() throws {
    let text = Self.header + "\n1100,USD,SETTLED,1,2\n"
    let message = try fault(text, isForOneTenant: false)
    #expect(message?.contains("column tenant_id") == true)
    #expect(try read(text).count == 1)
  }

  @Test("name the line of a tenant that is none")
  func badTenant() throws {
    for tenant in ["", "x", Sample.tenantText + "0"] {
      let message = try fault(Self.header + ",tenant_id\n1100,USD,SETTLED,1,2,\(tenant)\n")
      #expect(message == "line 2 has the tenant '\(tenant)', which is not a UUID.")
    }
  }

  @Test(
    "name the line of what is wrong",
    arguments: [
      ("1200,USD,SETTLED,1,2", "has the account '1200', which is not in the chart"),
      ("11000,USD,SETTLED,1,2", "has the account '11000'"),
      (",USD,SETTLED,1,2", "has the account ''"),
      ("1100,XXY,SETTLED,1,2", "has the currency 'XXY', which is not in ISO 4217"),
      ("1100,usd,SETTLED,1,2", "has the currency 'usd'"),
      ("1100,,SETTLED,1,2", "has the currency ''"),
      ("1100,USD,settled,1,2", "has an unknown layer 'settled'"),
      ("1100,USD,,1,2", "has an unknown layer ''"),
      ("1100,USD,SETTLED,-1,2", "has a balance that is not an integer"),
      ("1100,USD,SETTLED,1,-2", "has a balance that is not an integer"),
      ("1100,USD,SETTLED,+1,2", "has a balance that is not an integer"),
      ("1100,USD,SETTLED,1.00,2", "has a balance that is not an integer"),
      ("1100,USD,SETTLED,,2", "has a balance that is not an integer"),
      ("1100,USD,SETTLED, 1,2", "has a balance that is not an integer"),
      ("1100,USD,SETTLED,1e3,2", "has a balance that is not an integer"),
      ("1100,USD,SETTLED,9223372036854775808,2", "has a balance that is not an integer"),
      ("1100,USD,SETTLED,1,99999999999999999999", "has a balance that is not an integer"),
      ("1100,USD,SETTLED,\u{661},2", "has a balance that is not an integer"),
      ("1100,USD,SETTLED,1", "has 4 cells, but the header has 5"),
      ("4000,USD,SETTLED,5,6", "repeats 4000 USD SETTLED"),
    ])
  func faults(row: String, message: String) throws {
    let found = try fault(Self.header + "\n4000,USD,SETTLED,1,2\n\n\(row)\n")
    #expect(found?.hasPrefix("line 4 \(message)") == true, "\(found ?? "none")")
  }

  @Test("need their columns", arguments: ["currency", "layer", "cr_balance_minor"])
  func missingColumn(column: String) throws {
    let columns = Self.header.split(separator: ",").filter { $0 != column }
    #expect(
      try fault(columns.joined(separator: ",") + "\n") == "line 1 has no column \(column).")
  }

  @Test("are as of the date that all rows of the tenant name")
  func asOfDate() throws {
    let header = Self.header + ",as_of_date,tenant_id\n"
    let own = "1100,USD,SETTLED,1,0,2025-12-31,\(Sample.tenant)\n"
    let other = "1100,USD,SETTLED,1,0,,\(Self.otherTenant)\n"
    #expect(try openings(header + other + own).asOf == BusinessDate("2025-12-31"))
    #expect(try openings(header + other) == .none)
    #expect(try openings(Self.header + "\n1100,USD,SETTLED,1,0\n").asOf == nil)
    let second = "4000,USD,SETTLED,1,0,2026-01-01,\(Sample.tenant)\n"
    #expect(
      try fault(header + own + other + second)?
        .contains("line 4 is as of 2026-01-01, but line 2 is as of 2025-12-31") == true)
    for date in ["", "2025-12-32", "2025-2-1", "=A1", "31/12/2025", "2025-12-31\r"] {
      let text = header + "1100,USD,SETTLED,1,0,\"\(date)\",\(Sample.tenant)\n"
      #expect(try fault(text)?.contains("as_of_date") == true, "\(date)")
    }
  }
}
