/// A closed date whose export is no longer what its close read.
public struct LateDate: Hashable, Sendable {
  /// The business date.
  public let date: BusinessDate
  /// The close that stands.
  public let closeID: CloseID
  /// How many parts the close read.
  public let partsClosed: Int
  /// How many parts there are now.
  public let partsNow: Int
  /// What differs: `part-00001.ndjson is new`.
  public let differences: String
  /// Why the export cannot be read as it is now; `nil` if it can.
  public let readingError: String?

  /// A closed date with a changed export.
  public init(
    date: BusinessDate, closeID: CloseID, partsClosed: Int, partsNow: Int, differences: String,
    readingError: String? = nil
  ) {
    self.date = date
    self.closeID = closeID
    self.partsClosed = partsClosed
    self.partsNow = partsNow
    self.differences = differences
    self.readingError = readingError
  }

  /// The same date with another description of what differs.
  public func with(differences: String) -> LateDate {
    LateDate(
      date: date, closeID: closeID, partsClosed: partsClosed, partsNow: partsNow,
      differences: differences, readingError: readingError)
  }

  /// The same date, with the reason why its export cannot be read.
  public func with(readingError: String) -> LateDate {
    LateDate(
      date: date, closeID: closeID, partsClosed: partsClosed, partsNow: partsNow,
      differences: differences, readingError: readingError)
  }

  /// What happened, in a sentence.
  public var change: String {
    let sentence =
      "The export changed after close \(closeID), which read \(partsClosed.counted("part")): \(differences)."
    return readingError.map { "\(sentence) It cannot be read now: \($0)" } ?? sentence
  }

  /// What to do about it.
  public var remedy: String {
    readingError == nil
      ? "Find out why, then run tieout backfill --from \(date) --to \(date) --reclose."
      : "Have it exported again, then run tieout backfill --from \(date) --to \(date) --reclose."
  }
}
