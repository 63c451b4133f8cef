import NIOCore

/// Runs the tasks of a connection on the event loop that reads and writes it.
///
/// Without it each request would go from the loop's thread to one of Swift's pool and back, which
/// costs more than answering it.
final class LoopExecutor: TaskExecutor {
  private let loop: any EventLoop

  init(_ loop: any EventLoop) { self.loop = loop }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
