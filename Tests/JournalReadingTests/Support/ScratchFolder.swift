import Foundation
import LedgerDomain

@testable import JournalReading

/// A temporary directory of its own, removed when the value is.
final class ScratchFolder {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "tieout-reading-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
  }

  /// Makes a directory in the folder, with those above it.
  @discardableResult
  func directory(_ name: String) throws -> String {
    let directory = "\(path)/\(name)"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    return directory
  }

  /// Writes a file into the folder, or over the one of that name.
  ///
  /// - Returns: its path.
  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
    let file = "\(path)/\(name)"
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// Writes text as UTF-8.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    try write(text.utf8, to: name)
  }

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
