import LedgerDomain

/// Reads a table by the mapping that fits it.
///
/// A file or folder whose name begins with the reference of an account is that account's. Otherwise every
/// mapping is tried; what several accounts would read differently is refused.
struct MappedTable {
  let mappings: [NamedMapping]
  let date: BusinessDate?

  func file(_ bytes: [UInt8], name: String) -> StatementFile {
    let candidates = named(name).map { [$0] } ?? mappings
    guard !candidates.isEmpty else {
      return StatementFile(
        name: name, format: nil,
        fault: StatementFault(
          "is in no format that Tieout knows, and no account of the job has csv_… settings. "
            + "Ask the bank for camt.053, MT940, BAI2, OFX, or give the account those settings."))
    }
    var read: [(reference: String, mapping: StatementCSVMapping, file: StatementFile)] = []
    for candidate in candidates where !read.contains(where: { $0.mapping == candidate.mapping }) {
      let file = StatementReader.table(bytes, name: name, mapping: candidate.mapping, date: date)
      read.append((candidate.reference, candidate.mapping, file))
    }
    if read.count == 1 { return read[0].file }
    let usable = read.filter { !$0.file.statements.isEmpty }
    guard let first = usable.first else { return unread(read.map(\.reference), bytes, name) }
    if usable.allSatisfy({ $0.file == first.file }) { return first.file }
    let references = usable.map(\.reference).joined(separator: " and ")
    return StatementFile(
      name: name, format: .csv,
      fault: StatementFault(
        "is a table that the csv_… settings of \(references) read differently. "
          + "Begin its name, or its folder's, with the account's ref."))
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

  private func unread(_ references: [String], _ bytes: [UInt8], _ name: String) -> StatementFile {
    StatementFile(
      name: name, format: nil,
      fault: StatementFault(
        "fits the csv_… settings of no account (\(references.joined(separator: ", "))). "
          + "Begin its name with the account's ref to learn why, or ask the bank for another format."
      ))
  }
}
