import LedgerDomain
import Testing

@testable import DemoLedger

@Suite("The demo chart")
struct DemoChartTests {
  @Test("has each code once, a quoted comma and a name beyond ASCII")
  func codesAreUnique() {
    let codes = DemoChart.accounts.map(\.code)
    #expect(Set(codes).count == codes.count)
    #expect(!codes.contains(DemoChart.unknownCode))
    #expect(DemoChart.csv.contains("1010,\"Cash, disbursement clearing\",DR,asset\n"))
    #expect(DemoChart.csv.utf8.count > DemoChart.csv.count)
  }

  @Test("opens balanced in every currency and layer, each key on its normal side")
  func openingBalancesBalance() {
    let options = DemoOptions()
    for index in 0..<4 {
      let tenant = DemoTenant(index: index, options: options)
      let balances = OpeningBalance.balances(of: tenant, options: options)
      var sums: [String: Int] = [:]
      for balance in balances {
        sums["\(balance.currency) \(balance.layer)", default: 0] += balance.debit - balance.credit
      }
      #expect(sums.count == 9)
      #expect(sums.values.allSatisfy { $0 == 0 })
      var model = BalanceModel(opening: balances)
      #expect(model.closeDay(options.firstDate.dayNumber).isEmpty)
    }
  }
}
