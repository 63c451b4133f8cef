import NIOCore

/// Runs tasks on an event loop, from their first line to their last: what they do before they first wait at
/// once and on the spot, the rest when the loop comes to it.
///
/// Swift's pool would take every request to another thread and back, which costs more than answering it.
final class EventLoopExecutor: TaskExecutor {
  private let loop: any EventLoop
  /// Whether the task that is being made runs on the spot. Touched on the loop alone.
  nonisolated(unsafe) private var runsOnTheSpot = false

  init(_ loop: any EventLoop) { self.loop = loop }

  /// Begins a task. To be called on the loop.
  func begin(_ operation: sending @escaping () async -> Void) {
    loop.preconditionInEventLoop()
    runsOnTheSpot = true
    Task(executorPreference: self, operation: operation)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    if loop.inEventLoop, runsOnTheSpot {
      runsOnTheSpot = false
      job.runSynchronously(on: asUnownedTaskExecutor())
    } else {
      loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }
}
