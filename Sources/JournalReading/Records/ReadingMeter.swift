import Synchronization

/// Counts what has been read. Reading threads add to it; any thread may look.
///
/// Readers add to it once per block of 512 KiB, so records cost nothing extra.
public final class ReadingMeter: Sendable {
  private let byteCount = Atomic<Int>(0)
  private let recordCount = Atomic<Int>(0)
  private let whole: ReadingMeter?

  /// A meter at zero.
  ///
  /// - Parameter whole: a meter that also counts everything this one counts.
  public init(partOf whole: ReadingMeter? = nil) {
    self.whole = whole
  }

  /// Bytes read from disk.
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
