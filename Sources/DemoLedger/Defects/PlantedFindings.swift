import LedgerDomain

/// The list of findings that closing the tree must give, written as they are planted.
final class PlantedFindings {
  /// The position of a record, and the fields of a finding about it.
  struct Place {
    /// The tenant.
    let tenant: String
    /// The business date.
    let date: String
    /// The part, if it is about a record.
    var file = ""
    /// The number of the record in its part, from 1; 0 if it is about no record.
    var record = 0
    /// The entry, if the record has a readable identifier.
    var entry: DemoIdentifier?
  }

  private let sink: FileSink
  private let buffer = ByteBuffer(capacity: 1 << 16)
  /// How many findings it lists.
  private(set) var count = 0

  /// Begins the file.
  init(path: String) throws {
    sink = try FileSink(path: path)
    buffer.append("code,severity,tenant_id,business_date,file,record,journal_entry_id,")
    buffer.append("field,account_code,currency,layer\n")
  }

  /// Adds a finding.
  func add(
    _ code: FindingCode, at place: Place, field: String = "", account: Int? = nil,
    currency: DemoCurrency? = nil, layer: DemoLayer? = nil
  ) throws {
    count += 1
    buffer.append(text: "\(code.rawValue),\(code.severity.rawValue),\(place.tenant),\(place.date),")
    buffer.append(text: place.file)
    buffer.append(0x2C)
    if place.record > 0 { buffer.append(number: place.record) }
    buffer.append(0x2C)
    if let entry = place.entry { buffer.append(entry) }
    buffer.append(text: ",\(field),")
    if let account { buffer.append(number: account, width: 4) }
    buffer.append(0x2C)
    if let currency { buffer.append(currency.code) }
    buffer.append(0x2C)
    if let layer { buffer.append(layer.code) }
    buffer.append(0x0A)
    if buffer.count > 60_000 { try flush() }
  }

  /// Finishes the file.
  func finish() throws {
    try flush()
    _ = try sink.finish()
  }

  private func flush() throws {
    try sink.write(buffer.bytes)
    buffer.removeAll()
  }
}
