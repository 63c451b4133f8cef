import Synchronization

/// How much has been read, counted by the threads that read and looked at by any other.
///
/// It is counted once for each block of half a megabyte, so that a record costs nothing more.
public final class ReadingMeter: Sendable {
  private let byteCount = Atomic<Int>(0)
  private let recordCount = Atomic<Int>(0)
  private let whole: ReadingMeter?

  /// A meter of nothing yet.
  ///
  /// - Parameter whole: what it is a part of, which counts the same.
  public init(partOf whole: ReadingMeter? = nil) {
    self.whole = whole
  }

  /// Bytes read of files as they lie on disk.
  public var bytes: Int { byteCount.load(ordering: .relaxed) }

  /// Records read.
  public var records: Int { recordCount.load(ordering: .relaxed) }

  /// Counts what was read since the last call.
  func add(bytes: Int, records: Int) {
    byteCount.wrappingAdd(bytes, ordering: .relaxed)
    recordCount.wrappingAdd(records, ordering: .relaxed)
    whole?.add(bytes: bytes, records: records)
  }
}
