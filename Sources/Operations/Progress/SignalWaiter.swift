import Glibc

/// Signals that one thread waits for, so that no code has to run in a signal handler.
struct SignalWaiter {
  /// Requests the state of the run.
  static let statusRequest = SIGUSR1
  /// Reports a new terminal size; also used to wake the waiting thread.
  static let resize = SIGWINCH

  private var set = sigset_t()
  private var previous = sigset_t()

  /// Blocks the signals, so that only `next` receives them. Call it before starting any thread:
  /// threads inherit the mask.
  ///
  /// - Parameter interceptsTermination: whether to wait for signals that end or stop the process,
  ///   too.
  ///   A signal that the process ignores stays ignored.
  init(interceptingTermination interceptsTermination: Bool) {
    var signals = [Self.statusRequest, Self.resize]
    if interceptsTermination {
      signals += [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP].filter(Self.isDefault)
    }
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    pthread_sigmask(SIG_BLOCK, &set, &previous)
  }

  private static func isDefault(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    return action.__sigaction_handler.sa_handler == nil
  }

  /// The next signal; `nil` if none arrives within the given seconds.
  func next(within seconds: Double) -> Int32? {
    var set = set
    var limit = timespec()
    limit.tv_sec = Int(seconds)
    limit.tv_nsec = Int((seconds - Double(Int(seconds))) * 1e9)
    let signal = sigtimedwait(&set, nil, &limit)
    return signal > 0 ? signal : nil
  }

  /// Wakes the thread waiting in `next`.
  func wake() { kill(getpid(), Self.resize) }

  /// Gives a signal its default effect on the process.
  func deliver(_ signal: Int32) {
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

  /// Restores the signal mask. A late status request is ignored instead of ending the process.
  func end() {
    signal(Self.statusRequest, SIG_IGN)
    var previous = previous
    pthread_sigmask(SIG_SETMASK, &previous, nil)
  }
}
