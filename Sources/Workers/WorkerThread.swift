import CLinux
import Glibc

/// A dedicated thread for blocking work.
public struct WorkerThread {
  private let thread: pthread_t

  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a thread; `nil` if the system cannot create one.
  public init?(_ run: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let body = Unmanaged.passRetained(Body(run))
    let code = pthread_create(
      &thread, nil,
      { context in
        if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
    guard code == 0 else {
      body.release()
      return nil
    }
    self.thread = thread
  }

  /// Waits until the thread has ended. Call it exactly once.
  public func join() { pthread_join(thread, nil) }
}

/// Limits how many threads compute at once. Each computing thread holds one core.
public final class CoreBudget: Sendable {
  private let free: Monitor<Int>

  /// Creates a budget of `cores` cores; at least one.
  public init(cores: Int) {
    free = Monitor(max(1, cores))
  }

  /// Acquires a core if one is free; returns whether it did.
  public func tryAcquire() -> Bool {
    free.change { free in
      guard free > 0 else { return false }
      free -= 1
      return true
    }
  }

  /// Waits for a free core and acquires it.
  public func acquire() {
    free.wait { (free: inout Int) -> Void? in
      guard free > 0 else { return nil }
      free -= 1
      return ()
    }
  }

  /// Releases an acquired core.
  public func release() { free.change { $0 += 1 } }

  /// The number of cores that this process may use.
  public static var machineCores: Int {
    max(1, Int(tieout_usable_cores()))
  }
}
