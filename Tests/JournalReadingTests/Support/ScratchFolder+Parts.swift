import ReadingTestSupport

@testable import JournalReading

extension ScratchFolder {
  /// Writes a part of these bytes; gzip bytes if the name ends in `.gz`.
  func part(_ bytes: some Sequence<UInt8>, name: String) throws -> ExportPart {
    try write(bytes, to: name)
    return ExportPart(name: name, directory: path)
  }

  /// Writes a part of these bytes and reads it.
  func read(
    _ bytes: some Sequence<UInt8>, as name: String, limits: ReadLimits = ReadLimits()
  ) throws -> (records: [PlacedReading], receipt: PartSummary) {
    let sink = CollectingSink()
    let receipt = try PartReader.read(part(bytes, name: name), limits: limits, into: sink)
    return (sink.records, receipt)
  }

  /// The error that reading a part of these bytes stops with.
  func readingError(
    _ bytes: some Sequence<UInt8>, as name: String, limits: ReadLimits = ReadLimits()
  ) throws -> ReadingError? {
    do {
      _ = try read(bytes, as: name, limits: limits)
      return nil
    } catch let error as ReadingError {
      return error
    }
  }
}
