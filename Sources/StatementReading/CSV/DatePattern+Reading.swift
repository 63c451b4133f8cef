public import LedgerDomain

extension DatePattern {
  /// The date of a text; `nil` if it is not written like this.
  public func date(_ text: String) -> BusinessDate? {
    date(Array(text.utf8)[...])
  }

  /// The date of a cell without spaces around it.
  func date(_ cell: ArraySlice<UInt8>) -> BusinessDate? {
    var rest = cell
    var (year, month, day) = (0, 0, 0)
    for (index, part) in parts.enumerated() {
      let value: Int?
      switch part {
      case .literal(let byte):
        guard rest.first == byte else { return nil }
        rest.removeFirst()
        continue
      case .year4:
        value = Self.number(&rest, digits: 4...4)
        year = value ?? 0
        guard (1900...2199).contains(year) else { return nil }
      case .year2:
        value = Self.number(&rest, digits: 2...2)
        year = (value ?? 0) + ((value ?? 0) < 70 ? 2000 : 1900)
      case .month2, .month:
        value = Self.number(&rest, digits: part == .month ? 1...2 : 2...2)
        month = value ?? 0
      case .monthName:
        value = Self.monthNumber(&rest)
        month = value ?? 0
        // The point of an abbreviation: `31 Mar. 2026`.
        let point = UInt8(ascii: ".")
        if rest.first == point, parts.dropFirst(index + 1).first != .literal(point) {
          rest.removeFirst()
        }
      case .day2, .day:
        value = Self.number(&rest, digits: part == .day ? 1...2 : 2...2)
        day = value ?? 0
      }
      if value == nil { return nil }
    }
    guard rest.isEmpty || isTime(rest) else { return nil }
    return BusinessDate(year: year, month: month, day: day)
  }

  private static func number(_ rest: inout ArraySlice<UInt8>, digits: ClosedRange<Int>) -> Int? {
    var (value, count) = (0, 0)
    while count < digits.upperBound, let byte = rest.first, (0x30...0x39).contains(byte) {
      value = value * 10 + Int(byte - 0x30)
      count += 1
      rest.removeFirst()
    }
    return digits.contains(count) ? value : nil
  }

  private static let monthNames = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]

  /// A month's English name, or its first three letters; `Sept` too.
  private static func monthNumber(_ rest: inout ArraySlice<UInt8>) -> Int? {
    let letters = rest.prefix(while: isLetter)
    guard (3...9).contains(letters.count) else { return nil }
    let word = String(decoding: letters.map { $0 | 0x20 }, as: UTF8.self)
    let index = monthNames.firstIndex {
      $0 == word || word.utf8.count == 3 && $0.hasPrefix(word)
        || word == "sept" && $0 == "september"
    }
    guard let index else { return nil }
    rest = rest.dropFirst(letters.count)
    return index + 1
  }

  /// Whether the rest of a cell after its date is a time: `T10:15:30Z`, ` 10:15 PM`, `101530`.
  private func isTime(_ rest: ArraySlice<UInt8>) -> Bool {
    let separators: Set<UInt8> = [0x20, 0x2C, 0x2D, 0x54, 0x74]
    let time = rest.drop(while: separators.contains)
    let digits = time.prefix { (0x30...0x39).contains($0) }
    if time.count == rest.count {
      // `YYYYMMDDHHMMSS`: only where a date of eight digits cannot be longer by mistake.
      return parts == [.year4, .month2, .day2] && [4, 6].contains(time.count)
        && digits.count == time.count
    }
    guard [1, 2, 4, 6].contains(digits.count), time.count <= 40 else { return false }
    let next = time.dropFirst(digits.count).first
    guard digits.count > 2 || next == 0x3A || next == 0x2E || next.map({ $0 | 0x20 }) == 0x68
    else { return false }
    return time.allSatisfy { byte in
      (0x30...0x39).contains(byte) || Self.isLetter(byte)
        || [0x20, 0x2B, 0x2C, 0x2D, 0x2E, 0x2F, 0x3A, 0x5B, 0x5D, 0x5F].contains(byte)
    }
  }
}

extension DatePattern {
  /// The usual patterns that a text is a date in: what a mapping might say instead.
  static func suggestions(for cell: ArraySlice<UInt8>) -> [DatePattern] {
    usual.compactMap(DatePattern.init).filter { $0.date(cell) != nil }
  }

  private static let usual = [
    "YYYY-MM-DD", "DD.MM.YYYY", "DD.MM.YY", "D.M.YYYY", "DD/MM/YYYY", "MM/DD/YYYY", "DD/MM/YY",
    "MM/DD/YY", "M/D/YYYY", "D/M/YYYY", "M/D/YY", "D/M/YY", "YYYYMMDD", "DD-MM-YYYY", "MM-DD-YYYY",
    "DD-MM-YY", "DD-Mon-YYYY", "DD-Mon-YY", "DD Mon YYYY", "D Mon YYYY", "DD Mon YY", "D-Mon-YY",
    "DD/Mon/YYYY", "Mon D, YYYY", "YYYY/MM/DD", "YYYY/M/D", "YYYY.MM.DD", "DDMMYYYY", "YYMMDD",
  ]
}
