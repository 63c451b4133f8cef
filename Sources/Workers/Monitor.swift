import Glibc

/// A lock with a condition: threads wait until a state that the lock protects allows them to go on.
public final class Monitor<State>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // Touched only while the mutex is held.
  private var state: State

  /// A monitor over that state.
  public init(_ state: State) {
    self.state = state
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Changes the state, and wakes everybody who waits for a change.
  public func change<Outcome>(_ body: (inout State) throws -> Outcome) rethrows -> Outcome {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    return try body(&state)
  }

  /// Waits until the body gives something other than `nil`, and returns that.
  ///
  /// The body may change the state, but only when it gives something.
  public func wait<Outcome>(until body: (inout State) -> Outcome?) -> Outcome {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    while true {
      if let outcome = body(&state) { return outcome }
      pthread_cond_wait(condition, mutex)
    }
  }
}
