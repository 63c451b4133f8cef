import LedgerDomain

/// How the field `:25:` names an account.
///
/// It is an IBAN or a number; before it may stand the bank's BIC or its clearing code, behind it the
/// currency: `DEUTDEFF/DE02120300000000202051`, `12030000/202051EUR`, `//AT39364/12345678912/EUR`.
enum MT940Account {
  /// The account without BIC and currency. A clearing code stays, as numbers are unique only with it.
  static func name(_ value: ArraySlice<UInt8>, currency: CurrencyCode) -> String? {
    let code = Array(currency.description.utf8)
    var parts = value.split(separator: UInt8(ascii: "/")).map(MT940Bytes.trimmed)
    parts.removeAll { $0.isEmpty }
    if parts.count > 1, parts.last.map({ $0.elementsEqual(code) }) == true { parts.removeLast() }
    if let last = parts.last, isFollowed(last, byCurrency: code) {
      parts[parts.count - 1] = MT940Bytes.trimmed(last.dropLast(3))
    }
    if let iban = parts.first(where: isIBAN) { return SingleLineText.of(CollectionOfOne(iban)) }
    if parts.count > 1, isBIC(parts[0]) { parts.removeFirst() }
    return SingleLineText.of(
      CollectionOfOne(Array(parts.joined(separator: [UInt8(ascii: "/")]))[...]))
  }

  /// Whether a number has the currency behind it. After a hyphen or a point it is a part of the account's name.
  private static func isFollowed(_ part: ArraySlice<UInt8>, byCurrency code: [UInt8]) -> Bool {
    guard part.count > 6, part.suffix(3).elementsEqual(code), let before = part.dropLast(3).last
    else { return false }
    return MT940Bytes.isCapital(before) || MT940Bytes.isDigit(before) || before == 0x20
  }

  /// Source: ISO 13616, without its check digits.
  private static func isIBAN(_ bytes: ArraySlice<UInt8>) -> Bool {
    let bytes = bytes.filter { $0 != 0x20 }
    return (15...34).contains(bytes.count) && bytes.prefix(2).allSatisfy(MT940Bytes.isCapital)
      && bytes.dropFirst(2).prefix(2).allSatisfy(MT940Bytes.isDigit)
  }

  /// Source: ISO 9362.
  private static func isBIC(_ bytes: ArraySlice<UInt8>) -> Bool {
    (bytes.count == 8 || bytes.count == 11) && bytes.prefix(6).allSatisfy(MT940Bytes.isCapital)
      && bytes.allSatisfy { MT940Bytes.isCapital($0) || MT940Bytes.isDigit($0) }
  }
}
