import NIOCore

/// Runs tasks on an event loop from beginning to end.
///
/// Swift's thread pool would take each request to another thread and back, which costs more than answering it.
final class EventLoopExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) { self.loop = loop }

  /// Starts a task synchronously: it runs on the caller's stack until it first suspends, and continues in a
  /// later turn of the loop.
  ///
  /// - Precondition: the caller is on the event loop.
  func start(_ operation: sending @escaping () async -> Void) {
    loop.preconditionInEventLoop()
    Task.immediate(executorPreference: self, operation: operation)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
