import LedgerDomain

extension MT940Message {
  /// Reads the fields that only MT942 has.
  mutating func readInterim(_ field: MT940Field) throws(StatementFault) {
    isInterim = true
    if field.tag == .floorLimit {
      // `EURD100,00`: entries below the floor are not reported.
      let code = String(decoding: field.value.prefix(3), as: UTF8.self)
      guard let currency = CurrencyCode(code), currency.minorUnitDigits != nil else {
        throw malformed(
          "has the field :34F: \(MT940Bytes.quoted(field.value)), whose currency is not in ISO 4217.",
          field.line)
      }
      return try agree(on: currency, field)
    }
    finishEntry()
    guard let sum = MT940EntrySum(field.value) else {
      return note("has the field \(field.tag.written), which could not be read", field.line)
    }
    sums[field.tag] = sum
  }

  /// Whether it is an interim report: entries without balances.
  var isNotification: Bool {
    opening == nil && closing == nil && (isInterim || messageType == 942)
  }

  /// Its entries, as details of what statements book.
  ///
  /// - Parameter isComplete: whether the file does not end with it, or says that it ends.
  mutating func notification(
    file: String, number: Int, isComplete: Bool
  ) throws(StatementFault) -> BankNotification {
    finishEntry()
    if let fault { throw fault }
    guard let currency else {
      throw malformed("has no floor limit (:34F:), which says the currency.", line)
    }
    guard let account = account.flatMap({ MT940Account.name($0, currency: currency) }) else {
      throw malformed("has no account (:25:).", line)
    }
    let agree = sumsAgree
    if let doubt = doubts.first, agree != true {
      throw malformed(
        "\(doubt.what), and no sums of entries (:90D:, :90C:) prove that it is right.", doubt.line)
    }
    if agree == false {
      note("has sums of entries (:90D:, :90C:) that are not those of its entries", line)
    }
    if !isComplete { note("has no end: entries may be missing", line) }
    let count = entries.count.counted("entry", "entries")
    note("has no balances: \(count) give details of what statements book", line)
    if let day = createdAt?.date { dateEntries(from: nil, through: day) }
    return BankNotification(
      account: account, currency: currency, entries: entries, file: file, number: number)
  }

  /// Whether the sums that it states are those of its entries; `nil` if it states none.
  private var sumsAgree: Bool? {
    guard !sums.isEmpty else { return nil }
    return sums.allSatisfy { tag, sum in
      sum.currency == currency && sum.agrees(with: entries, areCredits: tag == .creditSum)
    }
  }
}
