import CloseJob
import Synchronization
import Workers

/// Shows how far a run is: live lines on a terminal, now and then a line in a log, and the state to
/// whoever sends SIGUSR1.
///
/// It has a thread of its own, which sleeps nearly always and only reads what the run counts.
final class ProgressDisplay: @unchecked Sendable {
  /// How often the live lines are drawn, in seconds.
  private static let drawingSeconds = 0.15
  /// How often a long run leaves a line in the log, in seconds.
  private static let loggingSeconds = 60.0

  private let progress: CloseProgress
  private let log: RunLog
  private let terminal: LiveTerminal?
  private let signals: SignalWaiter
  private let isOver = Atomic<Bool>(false)
  // Used by the display's thread alone.
  private var rate = ProgressRate()
  // Used by the thread that starts and ends the display.
  private var thread: WorkerThread?

  /// - Parameter terminal: where live lines are drawn; `nil` for none.
  init(_ progress: CloseProgress, log: RunLog, terminal: LiveTerminal?) {
    self.progress = progress
    self.log = log
    self.terminal = terminal
    signals = SignalWaiter(takingEndings: terminal != nil)
    thread = WorkerThread { [self] in run() }
  }

  /// Ends the display and takes live lines away.
  func end() {
    isOver.store(true, ordering: .relaxed)
    signals.wake()
    thread?.join()
    thread = nil
    terminal?.clear()
    signals.end()
  }

  private func run() {
    let seconds = terminal == nil ? Self.loggingSeconds : Self.drawingSeconds
    while !isOver.load(ordering: .relaxed) {
      let signal = signals.next(within: seconds)
      if isOver.load(ordering: .relaxed) { return }
      switch signal {
      case nil: tick(isDue: true)
      case SignalWaiter.resize: tick(isDue: false)
      case SignalWaiter.question: answer()
      case .some(let ending):
        terminal?.clear()
        signals.letThrough(ending)
      }
    }
  }

  private func tick(isDue: Bool) {
    guard terminal != nil || isDue else { return }
    let text = look()
    if let terminal {
      let size = LiveTerminal.size
      terminal.draw(text.lines(columns: size.columns, rows: size.rows), isResized: !isDue)
    } else {
      text.events().prefix(1).forEach { log.log($0) }
    }
  }

  private func answer() {
    for event in look().events() { log.log(event, isAskedFor: true) }
  }

  private func look() -> ProgressText {
    progress.survey()
    let state = progress.state()
    rate.note(state)
    return ProgressText(state: state, rate: rate)
  }
}
