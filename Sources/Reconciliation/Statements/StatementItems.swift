import LedgerDomain

/// Turns entries into items whose identities do not depend on files.
///
/// An entry is known by its date, amount and best reference, or its text if it has none. Of several that
/// are equal in these, each has its number.
struct StatementItems {
  private var counts: [String: Int] = [:]

  /// The items of an entry, as the statement has it.
  ///
  /// - Parameter details: the entry with the transactions that a notification adds.
  mutating func items(of sourced: SourcedEntry, details: StatementEntry?) -> [BankItem] {
    let entry = sourced.entry
    let identity = numbered(
      "\(entry.bookingDate)-"
        + Self.digest(entry.amountMinor, entry.references, entry.text, entry.transactions))
    let items = (details ?? entry).bankItems(identity: identity, place: sourced.place)
    guard items.count > 1 else { return items }
    return items.map { item in
      BankItem(
        side: .bank,
        identity: numbered(
          "\(identity)." + Self.digest(item.amountMinor, item.references, item.text, []).prefix(8)),
        place: item.place, references: item.references, text: item.text,
        amountMinor: item.amountMinor, date: item.date, batch: item.batch,
        isReversal: item.isReversal)
    }
  }

  private mutating func numbered(_ name: String) -> String {
    let count = (counts[name] ?? 0) + 1
    counts[name] = count
    return count == 1 ? name : "\(name)-\(count)"
  }

  private static func digest(
    _ amountMinor: AmountMinor, _ references: [BankReference], _ text: String?,
    _ transactions: [StatementTransaction]
  ) -> String {
    let sole = transactions.count == 1 ? transactions[0].references : []
    let named = (references + sole).filter { $0.kind != .batch && $0.kind != .text }
    let best = BankReference.Kind.allCases.lazy.compactMap { kind in
      named.first { $0.kind == kind }?.comparable
    }.first
    let content = Array("\(amountMinor) \(best ?? text ?? "")".utf8)
    let hash = content.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.map { Fingerprint.of($0, count: bytes.count) } ?? 0
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
