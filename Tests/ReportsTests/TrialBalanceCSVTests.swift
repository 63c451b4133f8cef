import LedgerDomain
import Testing

@Suite("trial-balance.csv")
struct TrialBalanceCSVTests {
  @Test("lists every balance in minor units and decimals")
  func trialBalanceMatchesGolden() throws {
    let golden = csv(
      "account_code,account_name,normal_side,currency,layer,dr_balance_minor,cr_balance_minor,"
        + "normal_balance_minor,dr_balance,cr_balance,normal_balance",
      "1100,\"Loans, \"\"secured\"\"\",DR,USD,SETTLED,88849,0,88849,888.49,0.00,888.49",
      "2000,'=HYPERLINK(1),CR,JPY,SETTLED,5,3,-2,5,3,-2",
      "9000,,,BHD,PENDING,0,7,,0.000,0.007,")
    #expect(try SampleRecord().text("trial-balance.csv") == golden)
  }
}
