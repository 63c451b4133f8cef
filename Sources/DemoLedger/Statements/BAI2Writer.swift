public import LedgerDomain

/// Writes statements as a BAI2 file: a group for each of them, and for each date on which it books, as an entry
/// has no date of its own there.
///
/// Source: BAI, Cash Management Balance Reporting Specifications, Version 2.
public enum BAI2Writer {
  /// Records of an account, a group or a file, with what its trailer says.
  private struct Section {
    var records: [String] = []
    /// The sum of all amounts, as they are written.
    var total: Int128 = 0

    mutating func add(_ other: Section) {
      records += other.records
      total += other.total
    }
  }

  /// The file.
  ///
  /// - Parameter statements: at least one; each in one piece, as the format has no pages.
  public static func text(_ statements: [BankStatement]) -> String {
    let last = statements[statements.count - 1]
    let made = last.createdAt ?? StatementTime(date: last.closing.date, second: 86_340)
    let time = made.clock.filter { $0 != ":" }.prefix(4)
    let groups = statements.flatMap(groups)
    var file = Section(records: ["01,DEMOBANK,TIEOUT,\(made.date.sixDigits),\(time),1,,,2/"])
    for group in groups { file.add(group) }
    file.records.append("99,\(file.total),\(groups.count),\(file.records.count + 1)/")
    return file.records.joined(separator: "\r\n") + "\r\n"
  }

  /// The groups of a statement: one for each date on which something was booked, and for its first and last.
  private static func groups(_ statement: BankStatement) -> [Section] {
    let byDate = Dictionary(grouping: statement.entries, by: \.bookingDate)
    let ends = [statement.opening?.date, statement.closing.date].compactMap(\.self)
    let dates = Set(byDate.keys).union(ends).sorted()
    var opening = statement.opening?.amountMinor
    return dates.map { date in
      let entries = byDate[date] ?? []
      let sum = entries.reduce(0) { $0 + $1.amountMinor }
      let closing =
        date == statement.closing.date
        ? statement.closing.amountMinor : (opening ?? 0) + sum
      defer { opening = closing }
      return group(statement, on: date, opening: opening, closing: closing, entries)
    }
  }

  private static func group(
    _ statement: BankStatement, on date: BusinessDate, opening: AmountMinor?, closing: AmountMinor,
    _ entries: [StatementEntry]
  ) -> Section {
    var account = Section()
    func amount(_ code: String, _ amountMinor: AmountMinor, count: Int? = nil) -> String {
      account.total += Int128(amountMinor)
      return "\(code),\(amountMinor),\(count.map(String.init) ?? ""),"
    }
    let (credits, debits) = (
      entries.filter { $0.amountMinor >= 0 }, entries.filter { $0.amountMinor < 0 }
    )
    let amounts =
      (opening.map { [amount("010", $0)] } ?? []) + [
        amount("015", closing),
        amount("100", credits.reduce(0) { $0 + $1.amountMinor }, count: credits.count),
        amount("400", -debits.reduce(0) { $0 + $1.amountMinor }, count: debits.count),
      ]
    account.records = [
      "03,\(inField(statement.account)),\(statement.currency),\(amounts.joined(separator: ","))/"
    ]
    for entry in entries { account.add(transaction(entry)) }
    account.records.append("49,\(account.total),\(account.records.count + 1)/")
    var group = Section(records: [
      "02,TIEOUT,DEMOBANK,1,\(date.sixDigits),2359,\(statement.currency),2/"
    ])
    group.add(account)
    group.records.append("98,\(group.total),1,\(group.records.count + 1)/")
    return group
  }

  private static func transaction(_ entry: StatementEntry) -> Section {
    var references = UnplacedReferences(entry.references)
    let isCredit = entry.amountMinor >= 0
    let cheque = isCredit || entry.isReversal ? nil : references.take(.cheque)
    let bank = references.take(.accountServicer) ?? ""
    let customer =
      cheque
      ?? references.take(
        .customer, .endToEnd, .instruction, .transaction, .uetr, .creditor, .cheque)
    // Wires, cheques paid, and reversals of debits and credits.
    let code =
      entry.isReversal ? isCredit ? "252" : "552" : isCredit ? "195" : cheque == nil ? "495" : "475"
    let funds = entry.valueDate.map { "V,\($0.sixDigits)," } ?? ""
    let text = references.text(after: entry.text)
    // Free text ends with the record; all else, with a slash.
    return Section(
      records: [
        "16,\(code),\(entry.amountMinor.magnitude),\(funds),\(inField(bank)),\(inField(customer ?? ""))"
          + (text.isEmpty ? "/" : ",\(text)")
      ], total: Int128(entry.amountMinor.magnitude))
  }

  /// Without the characters that end fields and records.
  private static func inField(_ text: String) -> String {
    String(text.map { ",/".contains($0) ? " " : $0 })
  }
}
