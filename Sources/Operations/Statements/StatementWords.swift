import LedgerDomain

/// Amounts and times of statements as text.
enum StatementWords {
  /// An amount in the currency's own decimals: `-12.50`.
  static func decimal(_ amountMinor: some BinaryInteger, _ currency: CurrencyCode) -> String {
    AmountText.decimal(amountMinor, digits: currency.minorUnitDigits ?? 0)
  }

  /// A time without an offset: `2026-03-31T18:00:00`.
  static func time(_ time: StatementTime) -> String {
    let parts = [time.second / 3600, time.second / 60 % 60, time.second % 60].map { part in
      part < 10 ? "0\(part)" : "\(part)"
    }
    return "\(time.date)T" + parts.joined(separator: ":")
  }
}
