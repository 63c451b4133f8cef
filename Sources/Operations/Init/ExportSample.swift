import JournalReading
import LedgerDomain
import Workers

/// What the records of a few parts contain, read up to a limit.
struct ExportSample {
  /// An account as the sample shows it.
  struct Account {
    var lines = 0
    /// Where the first of them is.
    var place = ""
    var debitMinor: Int128 = 0
    var creditMinor: Int128 = 0

    /// The side on which most of it was posted: a guess, for a person to check.
    var guessedSide: NormalSide { debitMinor >= creditMinor ? .debit : .credit }
  }

  /// Records that are refused for the same code and field.
  struct FaultKind {
    var records: Int
    /// Where the first is and what is wrong with it.
    let first: String
  }

  private static let bytesPerPart = 4 << 20
  private static let bytesMax = 96 << 20
  private static let partsMax = 300

  private(set) var parts = 0
  private(set) var entries = 0
  /// Records that are no journal entries.
  private(set) var rejected = 0
  /// Why they are none: how many for each code and field, and the first of them.
  private(set) var faultKinds: [String: FaultKind] = [:]
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
    let sink = SampleSink(date: date, place: "\(name)/\(part.name)")
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
    faultKinds.merge(sink.faultKinds) { left, right in
      FaultKind(records: left.records + right.records, first: left.first)
    }
    postedOutside += sink.postedOutside
    accounts.merge(sink.accounts) { left, right in
      Account(
        lines: left.lines + right.lines, place: left.place,
        debitMinor: left.debitMinor + right.debitMinor,
        creditMinor: left.creditMinor + right.creditMinor)
    }
    currencies.merge(sink.currencies, uniquingKeysWith: +)
  }
}

/// Adds up the records of one part.
private final class SampleSink: RecordSink {
  private let date: BusinessDate
  private let place: String
  var entries = 0
  var rejected = 0
  var faultKinds: [String: ExportSample.FaultKind] = [:]
  var accounts: [AccountCode: ExportSample.Account] = [:]
  var currencies: [CurrencyCode: Int] = [:]
  var postedOutside = 0

  init(date: BusinessDate, place: String) {
    self.date = date
    self.place = place
  }

  func accept(_ entry: JournalEntry, at position: RecordPosition) {
    entries += 1
    let day = entry.posted.second / 86_400 - (entry.posted.second % 86_400 < 0 ? 1 : 0)
    if day != Int64(date.dayNumber) { postedOutside += 1 }
    for line in entry.lines {
      var account = accounts[line.key.account, default: ExportSample.Account()]
      if account.lines == 0 { account.place = "\(place), record \(position.record)" }
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
    let field = fault.field.map { " " + Self.withoutNumbers($0) } ?? ""
    reject(as: fault.code.rawValue + field, "record \(position.record): \(fault.finding().message)")
  }

  func rejectTooLong(bytes: Int, at position: RecordPosition) {
    reject(
      as: FindingCode.recordTooLong.rawValue, "record \(position.record): it is longer than 1 MiB")
  }

  private func reject(as kind: String, _ fault: String) {
    rejected += 1
    let first = faultKinds[kind]?.first ?? "\(place), \(fault)"
    faultKinds[kind] = ExportSample.FaultKind(
      records: (faultKinds[kind]?.records ?? 0) + 1, first: first)
  }

  /// `lines[].currency` for `lines[1].currency`: the same in every line.
  private static func withoutNumbers(_ field: String) -> String {
    String(field.filter { !$0.isASCII || !$0.isNumber })
  }
}
