import CLinux
import Glibc

/// A thread of its own, for work that blocks.
public struct WorkerThread {
  private let thread: pthread_t

  private final class Body {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  /// Starts a thread; `nil` if the system has none left.
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

  /// Waits until the thread has ended. To be called once.
  public func join() { pthread_join(thread, nil) }
}

/// How many threads may compute at once. Work that could be split asks before it takes another.
public final class CoreBudget: Sendable {
  private let free: Monitor<Int>

  /// A budget of so many cores; at least one.
  public init(cores: Int) {
    free = Monitor(max(1, cores))
  }

  /// Takes a core if one is free.
  public func tryTake() -> Bool {
    free.change { free in
      guard free > 0 else { return false }
      free -= 1
      return true
    }
  }

  /// Waits for a core and takes it.
  public func take() {
    free.wait { (free: inout Int) -> Void? in
      guard free > 0 else { return nil }
      free -= 1
      return ()
    }
  }

  /// Gives a core back.
  public func giveBack() { free.change { $0 += 1 } }

  /// The cores of this machine that the process may use.
  public static var machineCores: Int {
    max(1, Int(tieout_usable_cores()))
  }
}
