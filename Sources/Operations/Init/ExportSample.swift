import JournalReading
import LedgerDomain
import Workers

/// What the records of a few parts contain, read up to a limit.
struct ExportSample {
  /// An account as the sample shows it.
  struct Account {
    var lines = 0
    var debitMinor: Int128 = 0
    var creditMinor: Int128 = 0

    /// The side on which most of it was posted: a guess, for a person to check.
    var guessedSide: NormalSide { debitMinor >= creditMinor ? .debit : .credit }
  }

  private static let bytesPerPart = 4 << 20
  private static let bytesMax = 96 << 20
  private static let partsMax = 300

  private(set) var parts = 0
  private(set) var entries = 0
  /// Records that are no journal entries.
  private(set) var rejected = 0
  /// Why the first of them is none.
  private(set) var firstFault: String?
  private(set) var accounts: [AccountCode: Account] = [:]
  private(set) var currencies: [CurrencyCode: Int] = [:]
  /// Entries whose `posted_at`, in UTC, is on another date than their directory.
  private(set) var postedOutside = 0
  /// What is wrong with parts that could not be read to their end.
  private(set) var faults: [String] = []
  private var bytes = 0

  /// Whether there is room for another part.
  var isFull: Bool { parts >= Self.partsMax || bytes >= Self.bytesMax }

  /// Reads the beginning of a part.
  mutating func add(_ part: ExportPart, of date: BusinessDate, name: String) {
    let sink = SampleSink(date: date)
    let meter = ReadingMeter()
    parts += 1
    do throws(ReadingError) {
      let limits = ReadLimits(partBytesMax: Self.bytesPerPart)
      let summary = try PartReader.read(part, limits: limits, meter: meter, into: sink)
      bytes += summary.recordBytes
    } catch {
      // A part that is larger than a sample is no fault.
      bytes += Self.bytesPerPart
      if error.code != .inflatedTooLarge { faults.append("\(name): \(error.description)") }
    }
    add(sink)
  }

  private mutating func add(_ sink: SampleSink) {
    entries += sink.entries
    rejected += sink.rejected
    firstFault = firstFault ?? sink.firstFault
    postedOutside += sink.postedOutside
    accounts.merge(sink.accounts) { left, right in
      Account(
        lines: left.lines + right.lines, debitMinor: left.debitMinor + right.debitMinor,
        creditMinor: left.creditMinor + right.creditMinor)
    }
    currencies.merge(sink.currencies, uniquingKeysWith: +)
  }
}

/// Adds up the records of one part.
private final class SampleSink: RecordSink {
  private let date: BusinessDate
  var entries = 0
  var rejected = 0
  var firstFault: String?
  var accounts: [AccountCode: ExportSample.Account] = [:]
  var currencies: [CurrencyCode: Int] = [:]
  var postedOutside = 0

  init(date: BusinessDate) {
    self.date = date
  }

  func accept(_ entry: JournalEntry, at position: RecordPosition) {
    entries += 1
    let day = entry.posted.second / 86_400 - (entry.posted.second % 86_400 < 0 ? 1 : 0)
    if day != Int64(date.dayNumber) { postedOutside += 1 }
    for line in entry.lines {
      var account = accounts[line.key.account, default: ExportSample.Account()]
      account.lines += 1
      switch line.direction {
      case .debit: account.debitMinor += Int128(line.amountMinor)
      case .credit: account.creditMinor += Int128(line.amountMinor)
      }
      accounts[line.key.account] = account
      currencies[line.key.currency, default: 0] += 1
    }
  }

  func reject(
    _ fault: RecordFault, text: UnsafeBufferPointer<UInt8>, at position: RecordPosition
  ) {
    rejected += 1
    firstFault = firstFault ?? "record \(position.record): \(fault.finding().message)"
  }

  func rejectTooLong(bytes: Int, at position: RecordPosition) {
    rejected += 1
    firstFault = firstFault ?? "record \(position.record): it is longer than 1 MiB"
  }
}
