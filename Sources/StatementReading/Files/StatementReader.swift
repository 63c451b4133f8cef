public import LedgerDomain

/// Reads the files that banks deliver statements in.
///
///     let file = try StatementReader.camt053(at: path, name: "date=2026-03-31/bank.xml")
///     file.statements.first?.closing.amountMinor  // 1250075: 12,500.75 to the holder's credit
///
/// A statement that is unusable is a finding, `statement_malformed`, and the others of its file count. A
/// file that is truncated, or malformed as a whole, gives none. An error is thrown if it cannot be read.
public enum StatementReader {
  /// Reads a file in whatever format its content has, whatever its name.
  ///
  /// Gzip is inflated, and each member of a zip archive is a file of its own: `march.zip/a.xml`.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - name: the file's name in findings and items; it identifies items, so it must be unique.
  ///   - mappings: how the job's accounts read CSV.
  ///   - date: the date of the balances of a table without entries, if its mapping names account and
  ///     balances; `nil` to refuse such a table.
  ///   - limits: the limits that the file must keep.
  ///   - observe: receives all bytes of the file, in order, whether they are used or not.
  /// - Returns: the file, or the members of an archive in its order; never none.
  /// - Throws: `StatementError` if the file cannot be read.
  public static func read(
    at path: String, name: String, mappings: [NamedMapping] = [], date: BusinessDate? = nil,
    limits: StatementLimits = StatementLimits(), observe: @escaping ([UInt8]) -> Void = { _ in }
  ) throws(StatementError) -> [StatementFile] {
    let source = ObservedByteSource(try FileByteSource(path: path, name: name), observe)
    let files = try DeliveredFile(mappings: mappings, date: date, limits: limits)
      .files(source, name: name)
    while try !source.read(bytesMax: 1 << 20).isEmpty {}
    return files
  }

  /// Reads a file that is in memory.
  public static func read(
    _ bytes: [UInt8], name: String, mappings: [NamedMapping] = [], date: BusinessDate? = nil,
    limits: StatementLimits = StatementLimits()
  ) -> [StatementFile] {
    do throws(StatementError) {
      return try DeliveredFile(mappings: mappings, date: date, limits: limits)
        .files(MemoryByteSource(bytes), name: name)
    } catch {
      return [StatementFile(name: name, format: nil, fault: StatementFault(error.message))]
    }
  }

  /// Reads bank-to-customer messages of ISO 20022: camt.053, camt.052 and camt.054, from version 02 on.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - name: the file's name in findings and items. It identifies items, so it must differ between
  ///     dates: `date=2026-03-31/bank.xml`.
  ///   - limits: the limits that the file must keep.
  /// - Throws: `StatementError` if the file cannot be read.
  ///
  /// Source: ISO 20022, Bank-to-Customer Cash Management, Message Definition Report.
  public static func camt053(
    at path: String, name: String, limits: StatementLimits = StatementLimits()
  ) throws(StatementError) -> StatementFile {
    try camt053(from: FileByteSource(path: path, name: name), name: name, limits: limits)
  }

  /// Reads bank-to-customer messages of ISO 20022 that are in memory.
  public static func camt053(
    _ bytes: [UInt8], name: String, limits: StatementLimits = StatementLimits()
  ) -> StatementFile {
    do {
      return try camt053(from: MemoryByteSource(bytes), name: name, limits: limits)
    } catch {
      return StatementFile(name: name, format: nil, fault: StatementFault(error.message))
    }
  }

  /// Reads a table with the columns that the mapping names.
  ///
  /// - Parameters:
  ///   - path: the file, in the encoding of the mapping.
  ///   - name: the file's name in findings and items; it must differ between dates.
  ///   - mapping: the meaning of the bank's columns.
  ///   - date: the date of the balances of a table without entries, if its mapping names account and
  ///     balances; `nil` to refuse such a table.
  ///   - limits: the limits that the file must keep.
  /// - Throws: `StatementError` if the file cannot be read.
  public static func table(
    at path: String, name: String, mapping: StatementCSVMapping, date: BusinessDate? = nil,
    limits: StatementLimits = StatementLimits()
  ) throws(StatementError) -> StatementFile {
    let source = try FileByteSource(path: path, name: name)
    var bytes: [UInt8] = []
    while true {
      let chunk = try source.read(bytesMax: 1 << 20)
      if chunk.isEmpty { return table(bytes, name: name, mapping: mapping, date: date) }
      bytes.append(contentsOf: chunk)
      guard bytes.count <= limits.tableBytesMax else {
        return StatementFile(name: name, format: nil, fault: .tooLarge(limits.tableBytesMax))
      }
    }
  }

  /// Reads a table that is in memory.
  public static func table(
    _ bytes: [UInt8], name: String, mapping: StatementCSVMapping, date: BusinessDate? = nil
  ) -> StatementFile {
    let contents = StatementTableReader(mapping: mapping, name: name, date: date)
      .contents(of: bytes)
    return StatementFile(
      name: name, format: contents.statements.isEmpty ? nil : .csv, contents: contents)
  }

  static func camt053(
    from source: some ByteSource, name: String, limits: StatementLimits
  ) throws(StatementError) -> StatementFile {
    let (format, contents) = try CamtReader.read(source, name: name, limits: limits)
    return StatementFile(name: name, format: format, contents: contents)
  }
}
