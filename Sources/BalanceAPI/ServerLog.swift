import Dispatch
import Glibc
import LedgerDomain
import Synchronization

/// The server's log: lines of JSON, written by a thread of its own.
///
/// Whoever logs only appends to a buffer, so that a reader of the log that has stalled never stalls an
/// answer. Past 8 MiB lines are dropped, and counted.
public final class ServerLog: Sendable {
  private struct State {
    var buffer: [UInt8] = []
    var dropped = 0
    var isClosed = false
  }

  private static let bufferBytesMax = 8 << 20
  private let descriptor: Int32
  private let now: @Sendable () -> Double
  private let metrics: RequestMetrics
  private let state = Mutex(State())
  private let wakeUp = DispatchSemaphore(value: 0)
  private let finished = DispatchSemaphore(value: 0)

  /// A log that is written to a descriptor.
  ///
  /// - Parameter now: seconds since 1970-01-01 UTC.
  public init(
    descriptor: Int32, metrics: RequestMetrics, now: @escaping @Sendable () -> Double
  ) {
    self.descriptor = descriptor
    self.now = now
    self.metrics = metrics
    let thread = DispatchQueue(label: "tieout.log")
    thread.async { self.run() }
  }

  /// Adds a line.
  ///
  /// - Parameter fill: appends the line's members to an object that is open.
  func add(level: String, message: StaticString, _ fill: (inout LogLine) -> Void) {
    var line = LogLine(level: level, message: message, time: timestamp())
    fill(&line)
    let bytes = line.finished()
    let isFirst = state.withLock { state in
      guard !state.isClosed, state.buffer.count + bytes.count <= Self.bufferBytesMax else {
        state.dropped += 1
        return false
      }
      state.buffer.append(contentsOf: bytes)
      return state.buffer.count == bytes.count
    }
    if isFirst { wakeUp.signal() }
  }

  /// Writes what was added and ends the thread.
  public func close() {
    state.withLock { $0.isClosed = true }
    wakeUp.signal()
    finished.wait()
  }

  private func run() {
    while true {
      wakeUp.wait()
      // Lines of the next moment are written with it.
      usleep(20_000)
      let (bytes, dropped, isClosed) = state.withLock { state in
        defer { (state.buffer, state.dropped) = ([], 0) }
        return (state.buffer, state.dropped, state.isClosed)
      }
      write(bytes)
      if dropped > 0 { metrics.logLinesDropped(dropped) }
      if isClosed { break }
    }
    finished.signal()
  }

  private func write(_ bytes: [UInt8]) {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      // Where the log cannot be written there is no place to say so.
      if count <= 0 { return metrics.logLinesDropped(1) }
      written += count
    }
  }

  /// The time as RFC 3339 in UTC, to the millisecond.
  private func timestamp() -> String {
    let milliseconds = Int((now() * 1_000).rounded(.down))
    let (day, rest) = milliseconds.quotientAndRemainder(dividingBy: 86_400_000)
    func digits(_ number: Int, _ count: Int) -> Substring { String(10_000 + number).suffix(count) }
    return "\(BusinessDate(dayNumber: Int32(day)))T\(digits(rest / 3_600_000, 2)):"
      + "\(digits(rest / 60_000 % 60, 2)):\(digits(rest / 1_000 % 60, 2))."
      + "\(digits(rest % 1_000, 3))Z"
  }
}

/// One line of the log.
struct LogLine {
  private var bytes: [UInt8] = []

  init(level: String, message: StaticString, time: String) {
    bytes.reserveCapacity(320)
    bytes.append(contentsOf: "{\"time\":\"\(time)\",\"level\":\"\(level)\",\"message\":\"".utf8)
    message.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func add(_ name: StaticString, _ value: String) {
    open(name)
    bytes.append(UInt8(ascii: "\""))
    JSONText.escape(value, into: &bytes)
    bytes.append(UInt8(ascii: "\""))
  }

  mutating func add(_ name: StaticString, _ value: Int) {
    open(name)
    bytes.append(contentsOf: String(value).utf8)
  }

  private mutating func open(_ name: StaticString) {
    bytes.append(contentsOf: [UInt8(ascii: ","), UInt8(ascii: "\"")])
    name.withUTF8Buffer { bytes.append(contentsOf: $0) }
    bytes.append(contentsOf: [UInt8(ascii: "\""), UInt8(ascii: ":")])
  }

  func finished() -> [UInt8] { bytes + Array("}\n".utf8) }
}
