import LedgerDomain

/// A record outside the table that states a balance: a label, perhaps a date, and an amount.
///
/// Label, date and amount may share a cell: `Closing balance on 31.03.2026: 1.234,56 EUR`.
struct BalanceRow {
  /// Which balance it states.
  enum Kind: String {
    case opening = "csv_opening_row"
    case closing = "csv_closing_row"
  }

  let kind: Kind
  let line: Int
  /// The label.
  let label: String
  /// The rest of the label's cell and the cells after it, with their positions.
  private let texts: [(position: Int, text: ArraySlice<UInt8>)]
  /// The cells before the label, where the table's column of dates may be.
  private let textsBefore: [ArraySlice<UInt8>]
  /// The last cell, if the file ends in it.
  private let openCell: Int?
  /// The columns of the table, if the record has its shape.
  private let columns: TableColumns?

  init(_ kind: Kind, _ record: TableRecord, cell: Int, label: String, columns: TableColumns?) {
    self.kind = kind
    self.label = label
    self.columns = columns
    line = record.line
    let labelCount = Array(label.utf8)[...].collapsedText.count
    let rest = Array(record.cells[cell].collapsedText.dropFirst(labelCount).utf8)[...]
    texts =
      [(cell, Self.withoutColon(rest))]
      + record.cells.indices.dropFirst(cell + 1).map { ($0, record.cells[$0]) }
    openCell = record.mayBeCutOff ? record.cells.count - 1 : nil
    textsBefore = Array(record.cells.prefix(cell))
  }

  /// A text without the colons, points and spaces around it.
  private static func withoutColon(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let marks: Set<UInt8> = [0x3A, 0x20, 0x2E, 0x3D]
    let rest = text.drop(while: marks.contains)
    guard let last = rest.lastIndex(where: { !marks.contains($0) }) else { return [] }
    return rest[...last]
  }

  /// The date that it has; `nil` if it has none.
  func date(_ mapping: StatementCSVMapping) -> BusinessDate? {
    for text in texts.map(\.text) + textsBefore {
      if let date = mapping.dateFormat.date(text) { return date }
      for word in text.split(separator: 0x20) {
        if let date = mapping.dateFormat.date(Self.withoutColon(word)) { return date }
      }
    }
    return nil
  }

  /// The balance.
  ///
  /// - Throws: `StatementFault` if it has no readable amount.
  func amount(
    _ mapping: StatementCSVMapping, _ currency: CurrencyCode
  ) throws(StatementFault) -> AmountMinor {
    let notation = AmountNotation(mapping, currency)
    for (position, text) in inReadingOrder {
      guard let (magnitude, sign) = try amount(in: text, mapping, notation) else { continue }
      if position == openCell, !notation.isComplete(text) { throw .cutOff(line: line) }
      let flagSign = flagSign(after: position, mapping)
      if let sign, let flagSign, sign != flagSign {
        throw fault("contradicts itself about the sign of the balance. Ask the bank")
      }
      var isMinus = (sign ?? flagSign) == .minus
      if sign == nil, flagSign == nil, case .debitAndCredit(position, _) = columns?.amount {
        isMinus = true
      }
      return isMinus ? -magnitude : magnitude
    }
    throw fault(
      "has the label '\(label)' but no readable amount of \(currency). Compare csv_decimal, "
        + "csv_grouping "
        + "and \(kind.rawValue) with it")
  }

  /// The texts in the order in which they are taken for the amount: the column of balances, then
  /// those with decimals, then the others.
  private var inReadingOrder: [(position: Int, text: ArraySlice<UInt8>)] {
    let decimal = texts.filter { $0.text.contains { $0 == 0x2E || $0 == 0x2C } }
    return texts.filter { $0.position == columns?.balance } + decimal + texts
  }

  /// The sign that the next cell gives, if it is the flag of an amount.
  private func flagSign(
    after position: Int, _ mapping: StatementCSVMapping
  ) -> AmountNotation.Sign? {
    let next = texts.first { $0.position > position && !$0.text.isEmpty && !isCurrency($0.text) }
    return next.flatMap { mapping.flagSign(String(decoding: $0.text, as: UTF8.self)) }
  }

  private func amount(
    in text: ArraySlice<UInt8>, _ mapping: StatementCSVMapping, _ notation: AmountNotation
  ) throws(StatementFault) -> (AmountMinor, AmountNotation.Sign?)? {
    // In `Closing balance - 5.00` the hyphen may be a dash or a sign.
    if mapping.dateFormat.date(text) != nil || text.starts(with: [0x2D, 0x20]) { return nil }
    var rest = text
    while !rest.isEmpty {
      switch notation.reading(rest) {
      case .amount(let magnitude, let sign): return (magnitude, sign)
      case .otherCurrency(let other):
        throw fault("has a balance in \(other), not in \(notation.currency). Set csv_currency")
      case .tooPrecise, .tooLarge, .contradiction:
        throw fault("has a balance that is not an amount of \(notation.currency). Ask the bank")
      case .empty, .notAnAmount: break
      }
      // `on 31.03.2026: 1.234,56`: without its first word, if that says nothing about the amount.
      let word = rest.prefix { $0 != 0x20 }
      let isDate = mapping.dateFormat.date(Self.withoutColon(word)) != nil
      let text = String(decoding: Self.withoutColon(word), as: UTF8.self).lowercased()
      guard isDate || Self.connectingWords.contains(text) else { return nil }
      rest = rest.dropFirst(word.count).trimmedText
    }
    return nil
  }

  /// Words that may stand between a label and its date or amount.
  private static let connectingWords: Set<String> = [
    "", "on", "at", "as", "of", "in", "the", "date", "am", "vom", "zum", "per", "au", "le", "du",
    "en",
    "al", "del", "em", "op", "den", "na", "z", "dnia",
  ]

  private func isCurrency(_ text: ArraySlice<UInt8>) -> Bool {
    CurrencyCode(String(decoding: text, as: UTF8.self)) != nil
  }

  func fault(_ message: String) -> StatementFault { StatementFault(message + ".", line: line) }
}

extension StatementCSVMapping {
  /// The sign that a cell of the flag column gives; `nil` if it is none of its values.
  func flagSign(_ text: String) -> AmountNotation.Sign? {
    guard case .flagged(_, let flag) = amount else { return nil }
    let comparable = TableColumns.comparable(text)
    if flag.debit.contains(where: { TableColumns.comparable($0) == comparable }) { return .minus }
    if flag.credit.contains(where: { TableColumns.comparable($0) == comparable }) { return .plus }
    return nil
  }
}
