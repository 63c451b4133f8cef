import Foundation
import LedgerDomain

/// A tenant's servicing system: the principal of each loan, and its loan tapes.
///
/// Its balances are those the close of a date has, loan by loan. The opening principal, which the
/// ledger has without loans, is spread over all loans of the currency; the tape of the day before
/// the first date says how.
final class DemoLoanBook {
  /// The accounts that hold principal.
  static let principalCodes: Set = [1100, 1110, 1120]

  /// A loan's balance in one currency.
  private struct Key: Hashable {
    let loan: DemoIdentifier
    let currency: DemoCurrency
  }

  private let tenant: DemoTenant
  private let options: DemoOptions
  private let breaks: PlantedBreakList
  private let directory: String
  private var balances: [Key: Int] = [:]
  /// What counts from a later date on.
  private var scheduled: [(day: Int32, key: Key, amount: Int)] = []

  /// The loans before the first date.
  init(
    tenant: DemoTenant, options: DemoOptions, opening: [OpeningBalance],
    breaks: PlantedBreakList, loanTape: String
  ) {
    self.tenant = tenant
    self.options = options
    self.breaks = breaks
    directory = "\(loanTape)/tenant_id=\(tenant.identifier.text)"
    for balance in opening
    where balance.layer == .settled && Self.principalCodes.contains(balance.account) {
      spread(balance.debit - balance.credit, balance.currency)
    }
  }

  private func spread(_ principal: Int, _ currency: DemoCurrency) {
    let loans = (0..<tenant.loanCount).filter { tenant.currency(ofLoan: $0) == currency }
    for (index, loan) in loans.enumerated() {
      let share = principal * (index + 1) / loans.count - principal * index / loans.count
      let key = Key(loan: tenant.loanIdentifier(loan), currency: currency)
      balances[key, default: 0] += share
    }
  }

  /// Counts the principal that an accepted entry moves.
  func add(_ entry: borrowing DemoEntry, businessDay: Int32) {
    for index in entry.lines.indices where entry.lines[index].layer == .settled {
      let line = entry.lines[index]
      guard Self.principalCodes.contains(line.account) else { continue }
      let amount = line.isDebit ? line.amount : -line.amount
      let day = max(businessDay, entry.effectiveDay)
      guard let loan = line.loan else {
        breaks.add(
          .principalWithoutLoan, subject(nil, line.currency, day, account: line.account),
          amount: amount)
        continue
      }
      scheduled.append((day, Key(loan: loan, currency: line.currency), amount))
    }
  }

  /// Writes the tape of the day before the first date, if there are balances then.
  func open() throws {
    guard !balances.isEmpty else { return }
    try write(sorted(balances), day: options.firstDate.dayNumber - 1)
  }

  /// Ends a date: counts what is effective by then, and writes its tape.
  func closeDay(_ day: Int32) throws {
    for movement in scheduled where movement.day <= day {
      balances[movement.key, default: 0] += movement.amount
    }
    scheduled.removeAll { $0.day <= day }
    try write(withBreak(sorted(balances), day), day: day)
  }
}

extension DemoLoanBook {
  private typealias Row = (key: Key, amount: Int)

  private func sorted(_ balances: [Key: Int]) -> [Row] {
    balances.map { (key: $0.key, amount: $0.value) }.sorted {
      ($0.key.loan.high, $0.key.loan.low, $0.key.currency.rawValue)
        < ($1.key.loan.high, $1.key.loan.low, $1.key.currency.rawValue)
    }
  }

  /// The rows with the date's break planted among them.
  private func withBreak(_ rows: [Row], _ day: Int32) -> [Row] {
    let dateIndex = Int(day - options.firstDate.dayNumber)
    let kind = PlantedBreak.aboutLoan(
      tenantIndex: tenant.index, dateIndex: dateIndex, options: options)
    var rows = rows
    let place = dateIndex * 7 % max(1, rows.count)
    switch kind {
    case .loanOnlyOnTape:
      let loan = DemoIdentifier(seed: tenant.seed ^ 0x7A9E, index: dateIndex)
      let amount = 123_400 + dateIndex
      rows.append((key: Key(loan: loan, currency: tenant.currencies[0]), amount: amount))
      breaks.add(.loanOnlyOnTape, subject(loan, tenant.currencies[0], day), amount: amount)
    case .loanOnlyInLedger where !rows.isEmpty:
      let row = rows.remove(at: place)
      breaks.add(
        .loanOnlyInLedger, subject(row.key.loan, row.key.currency, day), amount: row.amount)
    case .loanAmount where !rows.isEmpty:
      let mainCurrency = rows.firstIndex { $0.key.currency == tenant.currencies[0] }
      let place = options.tellsStory ? mainCurrency ?? place : place
      let difference = options.tellsStory ? DemoStory.loanDifferenceMinor : 1
      rows[place].amount += difference
      let key = rows[place].key
      breaks.add(.loanAmount, subject(key.loan, key.currency, day), amount: difference)
    default: break
    }
    return rows
  }

  private func subject(
    _ loan: DemoIdentifier?, _ currency: DemoCurrency, _ day: Int32, account: Int? = nil
  ) -> PlantedBreakList.Subject {
    PlantedBreakList.Subject(
      tenant: tenant.identifier.text, day: day, account: account, loan: loan, currency: currency)
  }

  /// Writes `loan_id,currency,principal_outstanding_minor`; every second tenant's is compressed.
  private func write(_ rows: [Row], day: Int32) throws {
    var text = "loan_id,currency,principal_outstanding_minor\n"
    for row in rows {
      text += "\(row.key.loan.text),\(row.key.currency.code),\(row.amount)\n"
    }
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let path = "\(directory)/date=\(BusinessDate(dayNumber: day)).csv"
    guard options.isCompressed && tenant.index % 2 == 1 else {
      return try FileSink.write(text, to: path)
    }
    let buffer = ByteBuffer()
    buffer.append(text: text)
    let sink = try FileSink(path: "\(path).gz")
    let deflater = try GzipDeflater(level: options.compressionLevel)
    try deflater.deflate(buffer.bytes, into: sink)
    try deflater.finishMember(into: sink)
    _ = try sink.finish()
  }
}
