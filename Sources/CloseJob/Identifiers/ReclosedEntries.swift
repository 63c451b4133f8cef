import LedgerDomain

/// The entries that later dates share with dates that a run closed again, and what became of them there.
///
/// The identifiers of a date that was closed again may be kept no longer. The later dates must count its
/// entries as if all dates were closed in order, all the same.
struct ReclosedEntries {
  /// By entry and date, the fingerprint of the content that the date accepts now; `nil` if it does not
  /// accept the entry any more.
  private var contents: [JournalEntryID: [BusinessDate: UInt64?]] = [:]

  /// Notes what became of an entry.
  mutating func note(_ id: JournalEntryID, content: UInt64?, of date: BusinessDate) {
    contents[id, default: [:]].updateValue(content, forKey: date)
  }

  /// Whether it is noted what became of an entry on a date.
  func contains(_ id: JournalEntryID, of date: BusinessDate) -> Bool {
    contents[id]?[date] != nil
  }

  /// The entries that dates of a range accept now, each with the first of these dates.
  func entries(of dates: ClosedRange<BusinessDate>) -> [JournalEntryID: ClosedEntry] {
    contents.compactMapValues { noted in
      noted.compactMap { date, content in
        dates.contains(date) ? content.map { ClosedEntry(date: date, content: $0) } : nil
      }.min { $0.date < $1.date }
    }
  }
}
