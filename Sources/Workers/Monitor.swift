import Glibc

/// A lock with a condition variable: threads wait until the protected state lets them continue.
///
/// Use `Synchronization.Mutex` where no thread waits for a change.
public final class Monitor<State: Sendable>: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  // Accessed only while the mutex is held.
  private var state: State

  /// Creates a monitor that protects a state.
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

  /// Changes the state and wakes all waiting threads.
  public func change<Outcome>(_ body: (inout State) throws -> Outcome) rethrows -> Outcome {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    return try body(&state)
  }

  /// Waits until the body returns a value other than `nil`, and returns that value.
  ///
  /// The body runs after every change. It must leave the state unchanged when it returns `nil`.
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
