public import LedgerDomain

/// The identifiers of the entries that a date accepted, each once with a fingerprint of its content,
/// sorted in pages: 24 bytes an entry.
///
/// Pages that pass the memory limit are spilled to disk.
public final class IdentifierIndex {
  private enum Content {
    case inMemory(IdentifierPage)
    case inFile(number: Int, count: Int, offset: Int)

    var number: Int {
      switch self {
      case .inMemory(let page): page.number
      case .inFile(let number, _, _): number
      }
    }
  }

  /// How many bits a page's number has.
  public let pageBits: Int
  /// How many identifiers it holds.
  public private(set) var count = 0
  private let memory: EntryChunkPool
  private var pages: [Content] = []
  private var spill: SpillFile?

  /// Bytes held in memory.
  public private(set) var byteCount = 0

  /// The index of the identifiers in the registers of a date's parts, without repetitions.
  ///
  /// - Parameters:
  ///   - registers: one for each part, from which `duplicates` were found.
  ///   - duplicates: the repeated entries of each part.
  ///   - memory: the memory of the registers, whose limit applies to the index as well.
  /// - Throws: `SpillError` if entries cannot be spilled to disk or read back.
  public init(
    of registers: [EntryRegister], without duplicates: [DuplicateEntries], memory: EntryChunkPool
  ) throws(SpillError) {
    self.memory = memory
    pageBits = IdentifierPage.bits(forCount: registers.reduce(0) { $0 + $1.count })
    let isSpread = registers.contains { $0.isSpread }
    var builder = IdentifierPageBuilder(bits: pageBits)
    var sorter = IdentifierSorter()
    for partition in 0..<(isSpread ? EntryRegister.partitionCount : 1) {
      sorter.begin(count: registers.reduce(0) { $0 + $1.count(inPartition: partition) })
      for (register, duplicates) in zip(registers, duplicates) {
        try Self.collect(register, partition, without: duplicates, into: &sorter)
      }
      for item in sorter.sort(knownBits: isSpread ? EntryRegister.partitionBits : 0) {
        if let page = builder.add(item.key, content: item.content) { try append(page) }
      }
      count += sorter.count
    }
    if let page = builder.finish() { try append(page) }
  }

  private static func collect(
    _ register: EntryRegister, _ partition: Int, without duplicates: DuplicateEntries,
    into sorter: inout IdentifierSorter
  ) throws(SpillError) {
    if duplicates.count == 0 {
      try register.forEach(inPartition: partition) { item in
        sorter.append(item.id, content: item.fingerprint)
      }
      return
    }
    var number = 0
    try register.forEach(inPartition: partition) { item in
      if !duplicates.contains(partition: partition, number: number) {
        sorter.append(item.id, content: item.fingerprint)
      }
      number += 1
    }
  }

  /// Passes the pages on, in the order of their numbers; empty pages are left out.
  ///
  /// - Parameter numbers: the numbers of the pages; `nil` for all.
  /// - Throws: `SpillError` if a page cannot be read back, or what the body throws.
  public func forEachPage(
    _ numbers: Range<Int>? = nil, _ body: (IdentifierPage) throws -> Void
  ) throws {
    for page in pages where numbers?.contains(page.number) ?? true {
      try body(try self.page(page))
    }
  }

  /// The fingerprint of the content of an entry; `nil` if the date did not accept it.
  ///
  /// - Throws: `SpillError` if its page cannot be read back.
  public func content(of id: JournalEntryID) throws -> UInt64? {
    let key = IdentifierKey(id.uuid)
    let number = IdentifierPage.number(of: key, bits: pageBits)
    guard let page = pages.first(where: { $0.number == number }) else { return nil }
    return try self.page(page).content(of: key, bits: pageBits)
  }

  private func page(_ content: Content) throws(SpillError) -> IdentifierPage {
    switch content {
    case .inMemory(let page): page
    case .inFile(let number, let count, let offset):
      try readPage(number: number, count: count, at: offset)
    }
  }

  private func append(_ page: IdentifierPage) throws(SpillError) {
    guard memory.isPastLimit(withOther: byteCount) else {
      byteCount += page.prefixes.count + page.details.count
      pages.append(.inMemory(page))
      return
    }
    if spill == nil { spill = try SpillFile(directory: memory.spillDirectory) }
    guard let spill else { return }
    let offset = try spill.append(page.prefixes)
    _ = try spill.append(page.details)
    pages.append(.inFile(number: page.number, count: page.count, offset: offset))
  }

  private func readPage(
    number: Int, count: Int, at offset: Int
  ) throws(SpillError) -> IdentifierPage {
    guard let spill else { preconditionFailure("a spilled page has a file") }
    let prefixBytes = count * IdentifierPage.prefixBytes
    return IdentifierPage(
      number: number, prefixes: try spill.read(count: prefixBytes, at: offset),
      details: try spill.read(
        count: count * IdentifierPage.detailBytes, at: offset + prefixBytes))
  }
}
