import LedgerDomain
import Testing

@Suite("rollforward.csv")
struct RollforwardCSVTests {
  @Test("rolls every key from opening to closing, on both sides")
  func rollforwardMatchesGolden() throws {
    let golden = csv(
      "account_code,account_name,currency,layer,opening_dr_minor,opening_cr_minor,"
        + "backdated_dr_minor,backdated_cr_minor,movement_dr_minor,movement_cr_minor,"
        + "closing_dr_minor,closing_cr_minor,opening_dr,opening_cr,backdated_dr,backdated_cr,"
        + "movement_dr,movement_cr,closing_dr,closing_cr",
      "1100,\"Loans, \"\"secured\"\"\",USD,SETTLED,80000,0,849,0,8000,0,88849,0,"
        + "800.00,0.00,8.49,0.00,80.00,0.00,888.49,0.00",
      "2000,'=HYPERLINK(1),JPY,SETTLED,0,0,0,0,5,3,5,3,0,0,0,0,5,3,5,3",
      "9000,,BHD,PENDING,0,7,0,0,0,0,0,7,0.000,0.007,0.000,0.000,0.000,0.000,0.000,0.007")
    #expect(try SampleRecord().text("rollforward.csv") == golden)
  }
}
