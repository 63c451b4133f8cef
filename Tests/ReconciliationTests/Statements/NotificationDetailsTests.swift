import LedgerDomain
import Reconciliation
import Testing

@Suite("Notifications with the transactions of batches")
struct NotificationDetailsTests {
  private func notification(
    _ reference: BankReference, _ amounts: [AmountMinor], file: String = "n.xml",
    account: String = "DE02120300000000202051", total: AmountMinor? = nil
  ) -> BankNotification {
    BankNotification(
      account: account, currency: .sample,
      entries: [
        StatementEntry(
          number: 1, amountMinor: total ?? amounts.reduce(0, +), bookingDate: .sample,
          references: [reference],
          transactions: amounts.enumerated().map { position, amount in
            StatementTransaction(
              number: position + 1, amountMinor: amount,
              references: [BankReference(.endToEnd, "\(file)-\(position)")])
          })
      ], file: file, number: 1)
  }

  private func amounts(_ notifications: [BankNotification]) -> [AmountMinor] {
    let statement = SampleStatement(opening: 0, entries: ["300 batch", "300 other", "7 c"])
    return StatementSeries([statement], notifications: notifications).days[0].items.map(
      \.amountMinor)
  }

  @Test("detail the entry with their account, reference and amount, once")
  func notificationsDetailTheirEntry() throws {
    let details = notification(BankReference(.accountServicer, "BATCH"), [100, 200])
    #expect(amounts([details]) == [100, 200, 300, 7])
    let again = notification(BankReference(.accountServicer, "BATCH"), [100, 200])
    #expect(amounts([details, again]) == [100, 200, 300, 7])
    let statement = SampleStatement(opening: 0, entries: ["300 batch"])
    let items = StatementSeries([statement], notifications: [details]).days[0].items
    let whole = StatementSeries([statement]).days[0].items
    #expect(items.map(\.batch?.identity) == [whole[0].identity, whole[0].identity])
    #expect(items.map(\.place) == ["a.xml#1/1.1", "a.xml#1/1.2"])
    #expect(items.map { $0.reference(.endToEnd) } == ["n.xml-0", "n.xml-1"])
  }

  @Test("do not detail what they are not about, or what two could be about")
  func otherNotificationsDetailNothing() {
    let reference = BankReference(.accountServicer, "batch")
    for other in [
      [notification(reference, [100, 201])], [notification(reference, [100, 201], total: 300)],
      [notification(reference, [100, 200], account: "XX")],
      [notification(BankReference(.accountServicer, "x"), [100, 200])],
      [notification(reference, [])],
      [notification(reference, [100, 200]), notification(reference, [150, 150], file: "m.xml")],
    ] {
      #expect(amounts(other) == [300, 300, 7])
    }
  }
}
