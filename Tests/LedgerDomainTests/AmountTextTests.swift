import LedgerDomain
import Testing

@Suite("Amounts for people")
struct AmountTextTests {
  @Test(
    "an amount is written in its currency's decimals",
    arguments: [
      (88_849, 2, "888.49"), (-88_849, 2, "-888.49"), (0, 2, "0.00"), (5, 2, "0.05"),
      (-5, 2, "-0.05"), (50, 2, "0.50"), (100, 2, "1.00"), (7, 0, "7"), (-7, 0, "-7"), (0, 0, "0"),
      (7, 1, "0.7"), (-12, 1, "-1.2"), (7, 3, "0.007"), (-12_345, 3, "-12.345"), (7, 4, "0.0007"),
      (99_999, 4, "9.9999"), (-10_000, 4, "-1.0000"),
    ] as [(Int64, Int, String)])
  func formatsDecimals(amountMinor: Int64, digits: Int, text: String) {
    #expect(AmountText.decimal(amountMinor, digits: digits) == text)
  }

  @Test("the greatest and smallest amounts are written in full")
  func formatsExtremeAmounts() {
    #expect(AmountText.decimal(Int64.max, digits: 2) == "92233720368547758.07")
    #expect(AmountText.decimal(Int64.min, digits: 2) == "-92233720368547758.08")
    #expect(AmountText.decimal(Int64.min, digits: 0) == "-9223372036854775808")
    #expect(AmountText.decimal(Int64.min, digits: 4) == "-922337203685477.5808")
    #expect(AmountText.decimal(Int128(Int64.max) * 10, digits: 2) == "922337203685477580.70")
  }
}
