import LedgerDomain

extension AmountNotation {
  /// The minor units of digits with separators. Nothing is ever rounded.
  func magnitude(_ digits: ArraySlice<UInt8>) -> Reading {
    let point = digits.lastIndex(of: decimalSeparator)
    let decimals = point.map { digits[($0 + 1)...] } ?? []
    if point != nil && decimals.isEmpty { return .notAnAmount }
    guard let whole = ungrouped(digits[..<(point ?? digits.endIndex)], hasDecimals: point != nil),
      decimals.allSatisfy({ (0x30...0x39).contains($0) })
    else { return .notAnAmount }
    let minorDigits = currency.minorUnitDigits ?? 0
    guard decimals.dropFirst(minorDigits).allSatisfy({ $0 == 0x30 }) else { return .tooPrecise }
    var amount: AmountMinor = 0
    for index in 0..<(whole.count + minorDigits) {
      let decimal = index - whole.count
      let byte =
        decimal < 0
        ? whole[index] : decimal < decimals.count ? decimals[decimals.startIndex + decimal] : 0x30
      let (tenfold, isTooLarge) = amount.multipliedReportingOverflow(by: 10)
      let (sum, isTooLargeSum) = tenfold.addingReportingOverflow(AmountMinor(byte - 0x30))
      if isTooLarge || isTooLargeSum { return .tooLarge }
      amount = sum
    }
    return .amount(amount, nil)
  }

  /// Whether an amount has all decimals of its currency, so that none can have been cut off.
  func isComplete(_ cell: ArraySlice<UInt8>) -> Bool {
    guard let digits = currency.minorUnitDigits, digits > 0 else { return true }
    guard let point = cell.lastIndex(of: decimalSeparator) else { return cell.isEmpty }
    return cell[(point + 1)...].prefix { (0x30...0x39).contains($0) }.count >= digits
  }

  /// The digits of the whole units; `nil` if they are not digits in groups.
  ///
  /// Groups have three digits, or two before the last as in India. Others show that their
  /// separator is none, such as a decimal comma that is taken for one of groups.
  private func ungrouped(_ text: ArraySlice<UInt8>, hasDecimals: Bool) -> [UInt8]? {
    var whole: [UInt8] = []
    var lengths = [0]
    var separator: Separator?
    var rest = text
    while let byte = rest.first {
      if (0x30...0x39).contains(byte) {
        whole.append(byte)
        lengths[lengths.count - 1] += 1
        rest.removeFirst()
        continue
      }
      guard let (found, length) = Self.separator(rest), separator == nil || separator == found,
        isGrouping(found, hasDecimals: hasDecimals)
      else { return nil }
      separator = found
      lengths.append(0)
      rest = rest.dropFirst(length)
    }
    return lengths.count == 1 || Self.areGroups(lengths) ? whole : nil
  }

  private static func areGroups(_ lengths: [Int]) -> Bool {
    guard let first = lengths.first, lengths.last == 3 else { return false }
    let middle = lengths.dropFirst().dropLast()
    return (1...3).contains(first) && middle.allSatisfy { $0 == 3 }
      || (1...2).contains(first) && !middle.isEmpty && middle.allSatisfy { $0 == 2 }
  }

  /// What may stand between groups of digits.
  private enum Separator {
    case comma
    case point
    case apostrophe
    case space
  }

  private func isGrouping(_ separator: Separator, hasDecimals: Bool) -> Bool {
    let byte: UInt8
    switch separator {
    case .apostrophe, .space: return true
    case .comma: byte = UInt8(ascii: ",")
    case .point: byte = UInt8(ascii: ".")
    }
    if byte == decimalSeparator { return false }
    // `1,234` alone might be one unit and 234 thousandths; `1,234.50` can be read in one way only.
    return groupingSeparator == byte || groupingSeparator == nil && hasDecimals
  }

  private static func separator(_ rest: ArraySlice<UInt8>) -> (Separator, length: Int)? {
    switch rest.first {
    case UInt8(ascii: ","): return (.comma, 1)
    case UInt8(ascii: "."): return (.point, 1)
    case UInt8(ascii: "'"): return (.apostrophe, 1)
    case 0x20: return (.space, 1)
    default:
      if rest.starts(with: [0xE2, 0x80, 0x99]) { return (.apostrophe, 3) }
      return ArraySlice.spaces.first { rest.starts(with: $0) }.map { (.space, $0.count) }
    }
  }
}
