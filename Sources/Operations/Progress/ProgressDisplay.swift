import CloseJob
import Synchronization
import Workers

/// Reports the progress of a run: status lines on a terminal, a log line every minute otherwise,
/// and the full state on SIGUSR1.
///
/// It runs on its own thread, which mostly sleeps and only reads the run's counters.
final class ProgressDisplay: @unchecked Sendable {
  /// The interval between redraws of the status lines, in seconds.
  private static let redrawSeconds = 0.15
  /// The interval between progress lines in the log of a long run, in seconds.
  private static let loggingSeconds = 60.0

  private let progress: CloseProgress
  private let log: RunLog
  private let statusLines: StatusLines?
  private let signals: SignalWaiter
  private let isOver = Atomic<Bool>(false)
  // Used only on the display's thread.
  private var rate = ProgressRate()
  // Used only on the thread that starts and ends the display.
  private var thread: WorkerThread?

  /// - Parameter statusLines: the status lines of a terminal; `nil` to write to the log.
  init(_ progress: CloseProgress, log: RunLog, statusLines: StatusLines?) {
    self.progress = progress
    self.log = log
    self.statusLines = statusLines
    signals = SignalWaiter(interceptingTermination: statusLines != nil)
    thread = WorkerThread { [self] in run() }
  }

  /// Ends the display and clears the status lines.
  func end() {
    isOver.store(true, ordering: .relaxed)
    signals.wake()
    thread?.join()
    thread = nil
    statusLines?.clear()
    signals.end()
  }

  private func run() {
    let seconds = statusLines == nil ? Self.loggingSeconds : Self.redrawSeconds
    while !isOver.load(ordering: .relaxed) {
      let signal = signals.next(within: seconds)
      if isOver.load(ordering: .relaxed) { return }
      switch signal {
      case nil: update(isDue: true)
      case SignalWaiter.resize: update(isDue: false)
      case SignalWaiter.statusRequest: logState()
      case .some(let termination):
        statusLines?.clear()
        signals.deliver(termination)
      }
    }
  }

  private func update(isDue: Bool) {
    guard statusLines != nil || isDue else { return }
    let text = currentText()
    if let statusLines {
      let size = StatusLines.terminalSize
      statusLines.show(text.lines(columns: size.columns, rows: size.rows), isResized: !isDue)
    } else {
      text.events().prefix(1).forEach { log.log($0) }
    }
  }

  private func logState() {
    for event in currentText().events() { log.log(event, isRequested: true) }
  }

  private func currentText() -> ProgressText {
    progress.measurePlannedBytes()
    let state = progress.state()
    rate.record(state)
    return ProgressText(state: state, rate: rate)
  }
}
