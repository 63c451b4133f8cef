import LedgerDomain

/// Writes entries as NDJSON records in the exporter's usual form: compact, always the same key
/// order, one line feed at the end.
///
/// Hot: it runs once per entry, so it formats bytes and allocates nothing.
struct RecordWriter {
  private let businessDay: Int32
  private let businessDate: [UInt8]
  private let tenantToEvent: [UInt8]

  /// A writer for one tenant and business date.
  init(tenant: DemoIdentifier, businessDay: Int32) {
    self.businessDay = businessDay
    businessDate = Array(BusinessDate(dayNumber: businessDay).description.utf8)
    tenantToEvent = Array("\",\"tenant_id\":\"\(tenant.text)\",\"event_type\":\"".utf8)
  }

  /// Appends the record of an entry, line feed included.
  func write(_ entry: borrowing DemoEntry, to buffer: ByteBuffer) {
    writeHeader(entry, to: buffer)
    buffer.append(",\"lines\":[")
    for index in entry.lines.indices {
      if index > 0 { buffer.append(0x2C) }
      write(entry.lines[index], to: buffer)
    }
    buffer.append("]}\n")
  }

  private func writeHeader(_ entry: borrowing DemoEntry, to buffer: ByteBuffer) {
    buffer.append("{\"journal_entry_id\":\"")
    buffer.append(entry.identifier)
    buffer.append(tenantToEvent)
    buffer.append(entry.event.code)
    buffer.append("\",\"effective_at\":\"")
    write(date: entry.effectiveDay, to: buffer)
    buffer.append("\",\"posted_at\":\"")
    write(
      instant: entry.postedMilliseconds, offsetHours: entry.postedOffsetHours, to: buffer)
    if let correlation = entry.correlation {
      buffer.append("\",\"correlation_id\":\"")
      buffer.append(correlation)
    }
    if let reverses = entry.reverses {
      buffer.append("\",\"reverses_entry_id\":\"")
      buffer.append(reverses)
    }
    buffer.append("\",\"description\":\"")
    buffer.append(entry.description)
    buffer.append("\",\"actor\":\"")
    buffer.append(entry.actor)
    buffer.append(0x22)
  }

  private func write(_ line: borrowing DemoLine, to buffer: ByteBuffer) {
    buffer.append("{\"sequence\":")
    buffer.append(number: line.sequence)
    buffer.append(",\"account_code\":\"")
    buffer.append(number: line.account, width: 4)
    buffer.append(line.isDebit ? "\",\"direction\":\"DR" : "\",\"direction\":\"CR")
    buffer.append("\",\"amount_minor\":\"")
    buffer.append(number: line.amount)
    buffer.append("\",\"currency\":\"")
    buffer.append(line.currency.code)
    buffer.append("\",\"layer\":\"")
    buffer.append(line.layer.code)
    if let loan = line.loan {
      buffer.append("\",\"loan_id\":\"")
      buffer.append(loan)
    }
    if let borrower = line.borrower {
      buffer.append("\",\"borrower_id\":\"")
      buffer.append(borrower)
    }
    if line.reference > 0 {
      buffer.append("\",\"external_ref\":\"PMT-")
      buffer.append(number: line.reference, width: 10)
    }
    buffer.append("\"}")
  }

  /// Appends a date as `YYYY-MM-DD`.
  func write(date day: Int32, to buffer: ByteBuffer) {
    if day == businessDay {
      buffer.append(businessDate)
    } else {
      buffer.append(text: BusinessDate(dayNumber: day).description)
    }
  }

  /// Appends an instant of the business date, given in milliseconds since midnight UTC, as an RFC
  /// 3339 date-time of that offset.
  func write(instant milliseconds: Int, offsetHours: Int, to buffer: ByteBuffer) {
    let local = milliseconds + offsetHours * 3_600_000
    write(date: businessDay + (local >= 86_400_000 ? 1 : 0), to: buffer)
    let time = local % 86_400_000
    buffer.append(0x54)
    buffer.append(number: time / 3_600_000, width: 2)
    buffer.append(0x3A)
    buffer.append(number: time / 60_000 % 60, width: 2)
    buffer.append(0x3A)
    buffer.append(number: time / 1000 % 60, width: 2)
    buffer.append(0x2E)
    buffer.append(number: time % 1000, width: 3)
    if offsetHours == 0 {
      buffer.append(0x5A)
    } else {
      buffer.append(0x2B)
      buffer.append(number: offsetHours, width: 2)
      buffer.append(":00")
    }
  }
}
