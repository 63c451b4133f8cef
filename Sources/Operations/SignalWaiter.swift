import Glibc

/// Signals that a thread takes in turn, instead of a handler that may do next to nothing.
struct SignalWaiter {
  /// Asks for the state.
  static let question = SIGUSR1
  /// Says that the terminal's size changed; also wakes the thread that takes.
  static let resize = SIGWINCH

  private let taken: [Int32]
  private var set = sigset_t()
  private var before = sigset_t()

  /// Keeps the signals for `next`. To be called before any thread is started, which inherit it.
  ///
  /// - Parameter endings: whether those that end or stop a process are taken too; one that the process
  ///   was told to ignore is left as it is.
  init(takingEndings endings: Bool) {
    var taken = [Self.question, Self.resize]
    if endings { taken += [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP].filter(Self.isDefault) }
    self.taken = taken
    sigemptyset(&set)
    for signal in taken { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, &before)
  }

  private static func isDefault(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    return action.__sigaction_handler.sa_handler == nil
  }

  /// The next signal; `nil` if none came in time.
  func next(within seconds: Double) -> Int32? {
    var set = set
    var limit = timespec()
    limit.tv_sec = Int(seconds)
    limit.tv_nsec = Int((seconds - Double(Int(seconds))) * 1e9)
    let signal = sigtimedwait(&set, nil, &limit)
    return signal > 0 ? signal : nil
  }

  /// Wakes the thread that waits in `next`.
  func wake() { kill(getpid(), Self.resize) }

  /// Lets a signal do to the process what it does to any.
  func letThrough(_ signal: Int32) {
    if signal == SIGTSTP {
      kill(getpid(), SIGSTOP)
      return
    }
    var one = sigset_t()
    sigemptyset(&one)
    sigaddset(&one, signal)
    kill(getpid(), signal)
    pthread_sigmask(SIG_UNBLOCK, &one, nil)
  }

  /// Gives the signals back; a question that nobody answers any more ends nothing.
  func end() {
    signal(Self.question, SIG_IGN)
    var before = before
    pthread_sigmask(SIG_SETMASK, &before, nil)
  }
}
