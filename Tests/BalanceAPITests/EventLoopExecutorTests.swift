import NIOCore
import NIOPosix
import Synchronization
import Testing

@testable import BalanceAPI

@Suite("Tasks on an event loop")
struct EventLoopExecutorTests {
  @Test("a task runs at once until it suspends, and continues on the loop")
  func taskStartsSynchronously() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let loop = group.next()
    let steps = Steps()
    let early = try await loop.submit {
      EventLoopExecutor(loop).start {
        await steps.add(loop.inEventLoop)
        await Task.yield()
        await steps.add(loop.inEventLoop)
      }
      return steps.onLoop
    }.get()
    #expect(early == [true])
    try await loop.submit {}.get()
    while steps.onLoop.count < 2 { try await loop.submit {}.get() }
    #expect(steps.onLoop == [true, true])
    try await group.shutdownGracefully()
  }

  /// Where each step of a task ran; asynchronous, as the parts of a response are.
  private final class Steps: Sendable {
    private let steps = Mutex<[Bool]>([])

    var onLoop: [Bool] { steps.withLock { $0 } }

    func add(_ isOnLoop: Bool) async { steps.withLock { $0.append(isOnLoop) } }
  }
}
