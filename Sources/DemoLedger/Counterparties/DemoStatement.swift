/// The bank's statement of one account and date.
struct DemoStatement {
  /// The account.
  let account: DemoBankAccount
  /// The date, in days since 1970-01-01.
  let day: Int32
  /// Its number since the first date, from 1.
  let number: Int
  /// The booked balance before and after, signed, in minor units.
  let opening: Int
  /// What was booked, in order.
  let bookings: [BankBooking]

  /// The booked balance after the last booking.
  var closing: Int { bookings.reduce(opening) { $0 + $1.amount } }
}

extension DemoCurrency {
  /// How many decimals amounts of the currency have.
  private var decimals: Int { self == .jpy ? 0 : 2 }

  /// An amount that is not negative, in the currency's own unit: `1234.50`.
  func decimalText(_ minor: Int) -> String {
    guard decimals > 0 else { return String(minor) }
    let cents = String(100 + minor % 100).dropFirst()
    return "\(minor / 100).\(cents)"
  }
}
