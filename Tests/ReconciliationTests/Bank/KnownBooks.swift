import LedgerDomain
import TestSupport

/// A ledger and a bank that booked the same payments, and which items are the same.
///
/// Bank items are known by the first word of their text, ledger items by their identity.
struct KnownBooks {
  /// Items that are one movement.
  struct Truth {
    let names: Set<String>
    /// Whether references, links or amounts say so, and nothing else could be.
    var isDetermined: Bool
  }

  /// How a bank writes a reference.
  private enum Spelling: CaseIterable {
    case same, otherCase, inText, cut, ofTransaction
  }

  /// Which entries of the bank have a reference of its own.
  enum OwnReferences { case none, batches, all }

  static let dayCount = 16
  private static let lagMax = 2
  /// So few amounts that many payments are of the same one.
  private static let commonAmounts: [AmountMinor] = [5_000, 7_500, 10_000]

  private(set) var ledger: [BankItem] = []
  private(set) var entries: [StatementEntry] = []
  private(set) var truths: [Truth] = []
  /// Items that only one side has.
  private(set) var lone: Set<String> = []
  private(set) var numbers: SeededNumbers
  private var count = 0
  private let calendar: BankingCalendar?
  private let ownReferences: OwnReferences

  /// Books that a seed gives again.
  ///
  /// - Parameters:
  ///   - calendar: the days on which the bank books; on all, if `nil`. At most three days in a row are none.
  ///   - ownReferences: which entries of the bank have a reference that the ledger does not know.
  init(
    seed: UInt64, payments: Int = 40, calendar: BankingCalendar? = nil,
    ownReferences: OwnReferences = .none
  ) {
    numbers = SeededNumbers(seed: seed)
    (self.calendar, self.ownReferences) = (calendar, ownReferences)
    for _ in 0..<payments { add(Int.random(in: 0..<12, using: &numbers)) }
    decideEqualAmounts()
  }

  private mutating func add(_ kind: Int) {
    switch kind {
    case 0, 1: addReferenced()
    case 2: addUnreferenced(common: true)
    case 3: addUnreferenced(common: false)
    case 4: addBatch(lines: .eachTransaction)
    case 5: addBatch(lines: .whole)
    case 6: addGroup(ofLedger: true)
    case 7: addGroup(ofLedger: false)
    case 8: addLedgerReversal()
    case 9: addBankReversal()
    case 10: addCheque()
    default: addLone()
    }
  }

  // MARK: - Payments

  private mutating func addReferenced() {
    let (day, amount, reference) = (day(), commonAmount(), reference())
    let spelling = Spelling.allCases.randomElement(using: &numbers) ?? .same
    let names = [addLine(day, amount, [reference])]
    let kinds: [BankReference.Kind] = [
      .accountServicer, .endToEnd, .instruction, .transaction, .customer, .entry, .creditor,
    ]
    let kind = kinds.randomElement(using: &numbers) ?? .endToEnd
    let name =
      switch spelling {
      case .same: addEntry(bankDay(day), amount, [BankReference(kind, reference)])
      case .otherCase:
        addEntry(bankDay(day), amount, [BankReference(kind, reference.lowercased())])
      case .inText: addEntry(bankDay(day), amount, [], words: "for \(reference), thanks")
      case .cut: addEntry(bankDay(day), amount, [BankReference(kind, String(reference.prefix(16)))])
      case .ofTransaction:
        addEntry(
          bankDay(day), amount, [], transactions: [(amount, [BankReference(kind, reference)])])
      }
    truths.append(Truth(names: Set(names + name), isDetermined: true))
  }

  /// The bank writes numbers of cheques without leading zeros.
  private mutating func addCheque() {
    let (day, amount) = (day(), -abs(rareAmount()))
    let number = String(Int.random(in: 1_000...9_999_999, using: &numbers))
    let line = addLine(day, amount, [String(repeating: "0", count: 8 - number.count) + number])
    let names = addEntry(bankDay(day), amount, [BankReference(.cheque, number)])
    truths.append(Truth(names: Set(names + [line]), isDetermined: true))
  }

  private mutating func addUnreferenced(common: Bool) {
    let (day, amount) = (day(), common ? commonAmount() : rareAmount())
    let own = [BankReference(.accountServicer, reference())]
    let names = [addLine(day, amount, [])] + addEntry(bankDay(day), amount, own)
    truths.append(Truth(names: Set(names), isDetermined: true))
  }

  private enum BatchLines { case eachTransaction, whole }

  private mutating func addBatch(lines: BatchLines) {
    let day = day()
    let isReferenced = Bool.random(using: &numbers)
    let parts = (0..<Int.random(in: 2...4, using: &numbers)).map { _ in
      (amount: rareAmount(), reference: reference())
    }
    let run = reference()
    let transactions = parts.map { part in
      (
        part.amount,
        isReferenced && lines == .eachTransaction ? [BankReference(.endToEnd, part.reference)] : []
      )
    }
    let names = addEntry(
      bankDay(day), parts.reduce(0) { $0 + $1.amount }, [BankReference(.batch, run)],
      transactions: transactions)
    switch lines {
    case .whole:
      let line = addLine(day, parts.reduce(0) { $0 + $1.amount }, isReferenced ? [run] : [])
      truths.append(Truth(names: Set(names + [line]), isDetermined: true))
    case .eachTransaction:
      for (name, part) in zip(names, parts) {
        let line = addLine(day, part.amount, isReferenced ? [part.reference] : [])
        truths.append(Truth(names: [name, line], isDetermined: true))
      }
    }
  }

  private mutating func addGroup(ofLedger: Bool) {
    let (day, reference) = (day(), reference())
    let amounts = (0..<Int.random(in: 2...4, using: &numbers)).map { _ in rareAmount() }
    let total = amounts.reduce(0, +)
    var names: [String] = []
    if ofLedger {
      for amount in amounts { names.append(addLine(day, amount, [reference])) }
      names += addEntry(bankDay(day), total, [BankReference(.endToEnd, reference)])
    } else {
      names.append(addLine(day, total, [reference]))
      let booked = bankDay(day)
      for amount in amounts {
        names += addEntry(booked, amount, [BankReference(.endToEnd, reference)])
      }
    }
    truths.append(Truth(names: Set(names), isDetermined: true))
  }

  private mutating func addLedgerReversal() {
    let (day, amount) = (day(), rareAmount())
    let original = addLine(day, amount, [reference()])
    let entry = String(original.prefix { $0 != "/" })
    let reversal = addLine(bankDay(day), -amount, [reference()], reverses: entry)
    truths.append(Truth(names: [original, reversal], isDetermined: true))
  }

  private mutating func addBankReversal() {
    // Until it is corrected, a bank's error over a common amount is any payment's candidate.
    let (day, amount, reference) = (bankDay(day()), rareAmount(), reference())
    let references = [BankReference(.endToEnd, reference)]
    let names =
      addEntry(day, amount, references)
      + addEntry(bankDay(day), -amount, references, isReversal: true)
    truths.append(Truth(names: Set(names), isDetermined: true))
  }

  private mutating func addLone() {
    if Bool.random(using: &numbers) {
      lone.insert(addLine(day(), rareAmount(), [reference()]))
    } else {
      let day = bankDay(day())
      lone.formUnion(addEntry(day, rareAmount(), [BankReference(.endToEnd, reference())]))
    }
  }

  // MARK: - Items

  private mutating func addLine(
    _ day: Int, _ amount: AmountMinor, _ references: [String], reverses: String? = nil
  ) -> String {
    count += 1
    let name = "entry\(count)/1"
    ledger.append(
      BankItem(
        side: .ledger, identity: name, references: references.map { BankReference(.external, $0) },
        amountMinor: amount, date: Self.date(day), reverses: reverses))
    return name
  }

  /// - Returns: its name, or those of its transactions.
  private mutating func addEntry(
    _ day: Int, _ amount: AmountMinor, _ references: [BankReference], words: String = "",
    transactions: [(AmountMinor, [BankReference])] = [], isReversal: Bool = false
  ) -> [String] {
    let name = nextName()
    var names: [String] = []
    let parts = transactions.enumerated().map { position, part in
      names.append(transactions.count == 1 ? name : nextName())
      return StatementTransaction(
        number: position + 1, amountMinor: part.0, references: part.1, text: names[position])
    }
    entries.append(
      StatementEntry(
        number: 1, amountMinor: amount, bookingDate: Self.date(day),
        references: withOwn(references, isBatch: transactions.count > 1),
        transactions: parts, text: "\(name) \(words)", isReversal: isReversal))
    return names.isEmpty ? [name] : names
  }

  private func withOwn(_ references: [BankReference], isBatch: Bool) -> [BankReference] {
    let hasOwn = ownReferences == .all || ownReferences == .batches && isBatch
    guard hasOwn, !references.contains(where: { $0.kind == .accountServicer }) else {
      return references
    }
    return [BankReference(.accountServicer, "BK\(1_000_000 + count)")] + references
  }

  /// A name without digits, so that it is no reference.
  private mutating func nextName() -> String {
    count += 1
    return "bank"
      + "\(count)".map {
        String(UnicodeScalar(UInt8(ascii: "a") + UInt8($0.wholeNumberValue ?? 0)))
      }
      .joined()
  }

  static func date(_ day: Int) -> BusinessDate { BusinessDate.sample.advanced(by: day) }

  private mutating func day() -> Int {
    Int.random(in: 0..<(Self.dayCount - Self.lagMax), using: &numbers)
  }

  /// When the bank books what happens on a day: on that day, or within the window of three days after it.
  private mutating func bankDay(_ day: Int) -> Int {
    guard let calendar else {
      return min(day + Int.random(in: 0...Self.lagMax, using: &numbers), Self.dayCount - 1)
    }
    let open = (day...min(day + 3, Self.dayCount - 1)).filter {
      calendar.isBankingDay(Self.date($0))
    }
    return open.randomElement(using: &numbers) ?? day
  }

  private mutating func commonAmount() -> AmountMinor {
    signed(Self.commonAmounts.randomElement(using: &numbers) ?? 0)
  }

  /// An amount that no other item has, nor any sum.
  private mutating func rareAmount() -> AmountMinor {
    signed(AmountMinor.random(in: 1_000_000...1_000_000_000_000, using: &numbers))
  }

  private mutating func signed(_ amount: AmountMinor) -> AmountMinor {
    Bool.random(using: &numbers) ? amount : -amount
  }

  private mutating func reference() -> String {
    "P" + String((0..<21).map { _ in "ABCDEFGHJK0123456789".randomElement(using: &numbers) ?? "0" })
      + "7"
  }

  /// What equal amounts leave open: a payment without references is determined if no other one could be its.
  private mutating func decideEqualAmounts() {
    let bankDates = Dictionary(
      entries.map { (Self.name($0.text), $0) }, uniquingKeysWith: { first, _ in first })
    let lines = Dictionary(uniqueKeysWithValues: ledger.map { ($0.identity, $0) })
    var pairs: [(truth: Int, amount: AmountMinor, ledger: BusinessDate, bank: BusinessDate)] = []
    for (number, truth) in truths.enumerated() where truth.names.count == 2 {
      guard let line = truth.names.compactMap({ lines[$0] }).first, line.references.isEmpty,
        let entry = truth.names.compactMap({ bankDates[$0] }).first, truth.names.count == 2,
        entry.transactions.isEmpty
      else { continue }
      pairs.append((number, line.amountMinor, line.date, entry.bookingDate))
    }
    for pair in pairs {
      let hasOther = pairs.contains { other in
        other.truth != pair.truth && other.amount == pair.amount
          && (abs(other.bank.days(to: pair.ledger)) <= 3
            || abs(pair.bank.days(to: other.ledger)) <= 3)
      }
      if hasOther { truths[pair.truth].isDetermined = false }
    }
  }

  /// What an item is known by.
  static func name(_ item: BankItem) -> String {
    item.side == .ledger ? item.identity : name(item.text)
  }

  static func name(_ text: String?) -> String {
    String((text ?? "").prefix { $0 != " " })
  }
}
