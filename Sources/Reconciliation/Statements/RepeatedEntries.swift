import LedgerDomain

/// Tells which entries of a statement another one has as well.
///
/// Entries are the same if date and amount are, unless the bank gives both a reference of its own and the
/// two differ.
enum RepeatedEntries {
  private struct Key: Hashable {
    let date: BusinessDate
    let amountMinor: AmountMinor
  }

  /// The entries that are left without those of another statement; `nil` if one of those is missing.
  ///
  /// - Complexity: O(*n*).
  static func removing(
    _ repeated: some Collection<SourcedEntry>, from entries: [SourcedEntry]
  ) -> [SourcedEntry]? {
    guard repeated.count <= entries.count else { return nil }
    var named: [Key: [String: Int]] = [:]
    var unnamed: [Key: Int] = [:]
    for entry in repeated {
      if let reference = entry.servicerReference {
        named[key(entry), default: [:]][reference, default: 0] += 1
      } else {
        unnamed[key(entry), default: 0] += 1
      }
    }
    var rest: [SourcedEntry] = []
    for entry in entries {
      guard let reference = entry.servicerReference,
        let count = named[key(entry)]?[reference], count > 0
      else {
        rest.append(entry)
        continue
      }
      named[key(entry)]?[reference] = count - 1
    }
    // Named entries that are left over may be the other's without a name, and those without one anybody's.
    var openNamed = named.mapValues { $0.values.reduce(0, +) }
    rest = take(&openNamed, from: rest) { $0.servicerReference == nil }
    rest = take(&unnamed, from: rest) { $0.servicerReference == nil }
    rest = take(&unnamed, from: rest) { _ in true }
    let isComplete = (openNamed.values.lazy.map(\.self) + unnamed.values).allSatisfy { $0 == 0 }
    return isComplete ? rest : nil
  }

  /// The entries without those that have the bank's reference, date and amount of another one.
  static func removingNamed(
    _ known: some Collection<SourcedEntry>, from entries: [SourcedEntry]
  ) -> [SourcedEntry] {
    let names = Set(known.compactMap(name))
    return entries.filter { entry in name(entry).map { !names.contains($0) } ?? true }
  }

  private struct Name: Hashable {
    let key: Key
    let reference: String
  }

  private static func name(_ entry: SourcedEntry) -> Name? {
    entry.servicerReference.map { Name(key: key(entry), reference: $0) }
  }

  private static func key(_ entry: SourcedEntry) -> Key {
    Key(date: entry.entry.bookingDate, amountMinor: entry.amountMinor)
  }

  private static func take(
    _ counts: inout [Key: Int], from entries: [SourcedEntry], where fits: (SourcedEntry) -> Bool
  ) -> [SourcedEntry] {
    entries.filter { entry in
      guard let count = counts[key(entry)], count > 0, fits(entry) else { return true }
      counts[key(entry)] = count - 1
      return false
    }
  }
}
