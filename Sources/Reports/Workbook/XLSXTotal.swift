#if XLSX
  import LedgerDomain

  /// The closing debits and credits of a currency and layer, and whether a formula can sum them.
  struct XLSXTotal {
    let pair: CurrencyLayer
    private var totals = WideTotals()
    private var isExact = true

    init(pair: CurrencyLayer) { self.pair = pair }

    mutating func add(_ closing: DebitCreditTotals) {
      totals.add(closing)
      isExact =
        isExact && XLSXWorkbook.isExact(closing.debitMinor)
        && XLSXWorkbook.isExact(closing.creditMinor)
    }

    /// A formula over the trial balance, or text if an amount or the sum has more than 15 digits or
    /// the trial balance takes several sheets.
    func cell(
      _ side: KeyPath<WideTotals, Int128>, column: String, _ record: CloseRecord, _ rowsMax: Int
    ) -> XLSXCell {
      let sum = totals[keyPath: side]
      let digits = pair.currency.minorUnitDigits
      let rows = record.rollforward.count
      guard isExact, let digits, let narrow = Int64(exactly: sum), XLSXWorkbook.isExact(narrow),
        rows < rowsMax
      else {
        return .text(digits.map { AmountText.decimal(sum, digits: $0) } ?? String(sum))
      }
      func range(_ column: String) -> String {
        "'Trial balance'!$\(column)$2:$\(column)$\(rows + 1)"
      }
      let condition = "\(range("D")),\"\(pair.currency)\",\(range("E")),\"\(pair.layer.code)\""
      return .formula("=SUMIFS(\(range(column)),\(condition))", narrow, digits: digits)
    }
  }
#endif
