public import LedgerDomain

/// Collects the lines on accounts that are compared with a bank's statements.
public struct BankItemCollector {
  private struct Item {
    let record: Int
    let item: BankItem
  }

  private let keys: [BalanceKey]
  private var items: [[Item]]
  /// Removed records, filtered out once in `merge`, since every entry of a part may be a duplicate.
  private var withdrawn: Set<Int> = []

  /// A collector for the balances of these keys, which has seen no entry.
  public init(_ keys: [BalanceKey]) {
    self.keys = keys
    items = Array(repeating: [], count: keys.count)
  }

  /// Whether there is anything to collect.
  public var isNeeded: Bool { !keys.isEmpty }

  /// Takes the lines of an accepted entry that are on one of the accounts.
  public mutating func add(_ entry: JournalEntry, record: Int) {
    for line in entry.lines {
      guard let index = keys.firstIndex(of: line.key) else { continue }
      let reference = String(decoding: line.externalReference, as: UTF8.self)
      let amount = line.direction == .debit ? line.amountMinor : -line.amountMinor
      items[index].append(
        Item(
          record: record,
          item: BankItem(
            side: .ledger, identity: "\(entry.id)/\(line.sequence)",
            references: (reference.isEmpty ? [] : [BankReference(.external, reference)])
              + [BankReference(.journalEntry, Self.reference(of: entry.id))],
            amountMinor: amount, date: entry.effectiveDate,
            reverses: entry.reverses?.description)))
    }
  }

  /// How a bank can know an entry without an external reference: by its identifier without hyphens, since
  /// references have 35 characters at most.
  private static func reference(of id: JournalEntryID) -> String {
    id.description.filter { $0 != "-" }
  }

  /// Removes an entry that was added before.
  public mutating func withdraw(record: Int) {
    withdrawn.insert(record)
  }

  /// Adds what the collector of the next part has, to one that takes no entries itself.
  public mutating func merge(_ other: BankItemCollector) {
    for index in items.indices {
      items[index] += other.items[index].lazy.filter { !other.withdrawn.contains($0.record) }
    }
  }

  /// The lines on an account, in the order of parts and records.
  public func items(of key: BalanceKey) -> [BankItem] {
    guard let index = keys.firstIndex(of: key) else { return [] }
    return items[index].map(\.item)
  }
}
