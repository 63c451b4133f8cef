/// The texts by which a mapping knows rows that are no entries.
struct TableLabels {
  private let opening: Label?
  private let closing: Label?
  private let skipped: [Label]
  private let end: Label?

  init(_ mapping: StatementCSVMapping) {
    opening = mapping.balances.openingLabel.map { Label($0, isBeginning: true) }
    closing = mapping.balances.closingLabel.map { Label($0, isBeginning: true) }
    skipped = mapping.skippedRows.map(Label.init(pattern:))
    end = mapping.endRow.map(Label.init(pattern:))
  }

  private struct Label {
    let bytes: [UInt8]
    let comparable: String
    let isBeginning: Bool

    init(_ text: String, isBeginning: Bool) {
      bytes = Array(text.utf8)
      comparable = TableColumns.comparable(text)
      self.isBeginning = isBeginning
    }

    /// The label of a text, or the beginning of one if it ends with `*`.
    init(pattern: String) {
      let isBeginning = pattern.hasSuffix("*")
      self.init(isBeginning ? String(pattern.dropLast()) : pattern, isBeginning: isBeginning)
    }

    /// Whether a cell begins with the label's first letter: most cells do not, and need no conversion.
    func mayMatch(_ cell: ArraySlice<UInt8>) -> Bool {
      guard let first = cell.first, let wanted = comparable.utf8.first else { return false }
      return first >= 0x80 || wanted >= 0x80 || first | 0x20 == wanted | 0x20
    }

    /// Whether a cell is the label, or begins with it and then has no further letter or digit.
    func matches(_ cell: String) -> Bool {
      guard !comparable.isEmpty, cell.hasPrefix(comparable) else { return false }
      let next = cell.dropFirst(comparable.count).first
      return next == nil || isBeginning && (next.map { !$0.isLetter && !$0.isNumber } ?? true)
    }
  }

  /// Which balances a record states, and in which cells it says so.
  ///
  /// - Parameter isEntry: whether the record could be an entry: then only a cell that is the label
  /// and
  ///   nothing else counts, so that no entry is taken for a balance because of its text.
  func balances(in record: TableRecord, isEntry: Bool) -> [(kind: BalanceRow.Kind, cell: Int)] {
    guard opening != nil || closing != nil else { return [] }
    var found: [(kind: BalanceRow.Kind, cell: Int)] = []
    for (position, cell) in record.cells.enumerated() where !cell.isEmpty {
      guard let kind = kind(of: cell, isEntry: isEntry), !found.contains(where: { $0.kind == kind })
      else { continue }
      found.append((kind, position))
    }
    return found
  }

  /// Which balance a cell names; if it begins with both labels, the longer one counts.
  private func kind(of cell: ArraySlice<UInt8>, isEntry: Bool) -> BalanceRow.Kind? {
    func matches(_ label: Label?) -> Bool {
      guard let label else { return false }
      if isEntry { return cell.elementsEqual(label.bytes) }
      return label.matches(TableColumns.comparable(String(decoding: cell, as: UTF8.self)))
    }
    switch (matches(opening), matches(closing)) {
    case (true, true):
      return opening?.bytes.count ?? 0 > closing?.bytes.count ?? 0 ? .opening : .closing
    case (true, false): return .opening
    case (false, true): return .closing
    case (false, false): return nil
    }
  }

  /// Whether a record is one that the mapping says to skip.
  func skips(_ record: TableRecord) -> Bool {
    skipped.contains { label in matches(record, label) }
  }

  /// Whether a record ends the table.
  func ends(_ record: TableRecord) -> Bool {
    end.map { matches(record, $0) } ?? false
  }

  private func matches(_ record: TableRecord, _ label: Label) -> Bool {
    record.cells.contains { cell in
      label.mayMatch(cell)
        && label.matches(TableColumns.comparable(String(decoding: cell, as: UTF8.self)))
    }
  }
}
