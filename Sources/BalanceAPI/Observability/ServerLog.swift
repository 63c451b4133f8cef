import Dispatch
import Glibc
import Synchronization
import SystemPackage

/// The server's log: JSON lines, written by a dedicated thread.
///
/// Logging only appends to a buffer, so a stalled log reader never delays a response. Beyond 8 MiB, lines
/// are dropped and counted.
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

  /// A log that writes to a descriptor.
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
  /// - Parameter fill: adds the line's members.
  func add(level: String, message: StaticString, _ fill: (inout JSONObjectWriter) -> Void) {
    var line = JSONObjectWriter()
    line.add("time", milliseconds: Int((now() * 1_000).rounded(.down)))
    line.add("level", level)
    line.add("message", "\(message)")
    fill(&line)
    line.finish()
    let bytes = line.bytes
    let isFirst = state.withLock { state in
      guard !state.isClosed, state.buffer.count + bytes.count < Self.bufferBytesMax else {
        state.dropped += 1
        return false
      }
      let isFirst = state.buffer.isEmpty
      state.buffer.append(contentsOf: bytes)
      state.buffer.append(UInt8(ascii: "\n"))
      return isFirst
    }
    if isFirst { wakeUp.signal() }
  }

  /// Writes the remaining lines and ends the thread, or gives up after a while: if nobody reads the log's
  /// pipe, a write to it never returns.
  ///
  /// - Parameter timeout: how long to wait for the log's reader.
  public func close(timeout: Duration = .seconds(2)) {
    state.withLock { $0.isClosed = true }
    wakeUp.signal()
    _ = finished.wait(timeout: .now() + timeout / .seconds(1))
  }

  private func run() {
    while true {
      wakeUp.wait()
      // Collect the lines of the next 20 ms into one write.
      usleep(20_000)
      let (bytes, dropped, isClosed) = state.withLock { state in
        defer {
          (state.buffer, state.dropped) = ([], 0)
          state.buffer.reserveCapacity(64 << 10)
        }
        return (state.buffer, state.dropped, state.isClosed)
      }
      // If the log cannot be written, only the metrics can report it.
      if (try? FileDescriptor(rawValue: descriptor).writeAll(bytes)) == nil {
        metrics.logLinesDropped(1)
      }
      if dropped > 0 { metrics.logLinesDropped(dropped) }
      if isClosed { break }
    }
    finished.signal()
  }
}
