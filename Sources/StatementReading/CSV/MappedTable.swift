import LedgerDomain

/// Reads a table by the mapping that fits it.
///
/// A file or folder whose name begins with the reference of an account is that account's.
/// Otherwise the mappings whose columns are all in the file's header are tried, and among those
/// the ones whose account the lines above the header name. What several accounts would read
/// differently is refused.
struct MappedTable {
  let mappings: [NamedMapping]
  let date: BusinessDate?

  func file(_ bytes: [UInt8], name: String) -> StatementFile {
    guard !mappings.isEmpty else {
      return refusal(
        name,
        "is in no format that Tieout knows, and no account of the job has csv_… settings. "
          + "Ask the bank for camt.053, MT940, BAI2, OFX, or give the account those settings.")
    }
    let sample = TableSample(bytes)
    if let named = named(name) {
      if let other = other(than: named, in: sample) {
        return refusal(
          name,
          "is named for '\(named.reference)', but its first lines name the account of "
            + "'\(other.reference)'. "
            + "Begin its name with '\(other.reference)', or correct iban or number of the accounts."
        )
      }
      return read(bytes, name, named)
    }
    let fitting = distinct(mappings.filter { sample.fits($0.mapping) })
    if fitting.isEmpty {
      return mappings.count == 1 ? read(bytes, name, mappings[0]) : unread(bytes, name, sample)
    }
    let mentioned = fitting.filter { sample.mentionsAccount(of: $0.mapping) }
    return file(bytes, name, mentioned.count == 1 ? mentioned : fitting)
  }

  /// The mappings that would not read every table alike.
  private func distinct(_ mappings: [NamedMapping]) -> [NamedMapping] {
    var distinct: [NamedMapping] = []
    for mapping in mappings
    where !distinct.contains(where: { $0.mapping.readsLike(mapping.mapping) }) {
      distinct.append(mapping)
    }
    return distinct
  }

  /// Reads the file with each of the mappings: either one can, or all come to the same.
  private func file(
    _ bytes: [UInt8], _ name: String, _ candidates: [NamedMapping]
  ) -> StatementFile {
    let files = candidates.map { (reference: $0.reference, file: read(bytes, name, $0)) }
    if files.count == 1 { return files[0].file }
    let usable = files.filter { !$0.file.statements.isEmpty }
    guard let first = usable.first else { return files[0].file }
    if usable.allSatisfy({ $0.file.statements == first.file.statements }) { return first.file }
    let references = usable.map(\.reference).joined(separator: " and ")
    return refusal(
      name,
      "is a table that the csv_… settings of \(references) read differently. Begin its name, or "
        + "its "
        + "folder's, with the account's ref, or set csv_account to the column that names the "
        + "account."
    )
  }

  /// The mapping of the account whose reference the file's name begins with, or its folder's.
  private func named(_ name: String) -> NamedMapping? {
    for part in name.split(separator: "/").reversed() {
      let named = mappings.filter { part.hasPrefix($0.reference) }
      if let longest = named.max(by: { $0.reference.utf8.count < $1.reference.utf8.count }) {
        return longest
      }
    }
    return nil
  }

  /// The one mapping whose account the first lines name, if they do not name that of the mapping.
  private func other(than named: NamedMapping, in sample: TableSample) -> NamedMapping? {
    if named.mapping.account.column != nil || sample.mentionsAccount(of: named.mapping) {
      return nil
    }
    let others = mappings.filter {
      $0 != named && sample.fits($0.mapping) && sample.mentionsAccount(of: $0.mapping)
    }
    return others.count == 1 ? others[0] : nil
  }

  private func read(_ bytes: [UInt8], _ name: String, _ mapping: NamedMapping) -> StatementFile {
    StatementReader.table(bytes, name: name, mapping: mapping.mapping, date: date)
  }

  private func unread(_ bytes: [UInt8], _ name: String, _ sample: TableSample) -> StatementFile {
    let references = mappings.map(\.reference).joined(separator: ", ")
    let reasons = mappings.prefix(3).compactMap { mapping in
      sample.missingColumns(mapping.mapping).map { "\(mapping.reference): \($0)" }
    }
    let detail = reasons.isEmpty ? "" : " (\(reasons.joined(separator: "; ")))"
    return refusal(
      name,
      "fits the csv_… settings of no account (\(references)): it lacks columns that they "
        + "name\(detail). "
        + "Correct the settings, or begin the file's name with the account's ref to learn more.")
  }

  private func refusal(_ name: String, _ message: String) -> StatementFile {
    StatementFile(name: name, format: nil, fault: StatementFault(message))
  }
}

extension StatementCSVMapping {
  /// Whether every table with entries is read alike by both.
  func readsLike(_ other: StatementCSVMapping) -> Bool {
    var (one, two) = (self, other)
    one.emptyTableCurrency = nil
    two.emptyTableCurrency = nil
    return one == two
  }
}
