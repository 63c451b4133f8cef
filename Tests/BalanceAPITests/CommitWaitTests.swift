import NIOCore
import NIOPosix
import SnapshotStore
import Synchronization
import Testing

@testable import BalanceAPI

@Suite("Lookups while a close commits")
struct CommitWaitTests {
  private final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }
    func increment() { value.withLock { $0 += 1 } }
  }

  @Test("followers sleep until the leader finishes, and only then is there another leader")
  func followersSleepUntilTheLeaderFinishes() async {
    let wait = CommitWait()
    // Without a leader nobody sleeps.
    await wait.waitForLeader()
    #expect(wait.becomeLeader())
    #expect(!wait.becomeLeader())
    let woken = Counter()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<20 {
        group.addTask {
          await wait.waitForLeader()
          woken.increment()
        }
      }
      while wait.followerCount < 20 { await Task.yield() }
      #expect(woken.count == 0, "nobody wakes while the leader retries")
      #expect(!wait.becomeLeader())
      wait.leaderFinished()
    }
    #expect(woken.count == 20)
    #expect(wait.followerCount == 0)
    #expect(wait.becomeLeader())
  }

  @Test("all lookups are answered in the end, and those that waited are counted")
  func allLookupsAreAnswered() async throws {
    let (books, metrics) = (MemoryBooks(), RequestMetrics())
    let repository = RetryingBooksRepository(
      books: books, metrics: metrics, timeout: .seconds(3_600)
    ) { _ in }
    books.lock(lookups: 200)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<50 { group.addTask { try await repository.read { try $0.check() } } }
      try await group.waitForAll()
    }
    #expect((1...50).contains(metrics.current.waits))
    #expect(!books.isReading)
  }

  @Test("lookups fail after the timeout, and the leader wakes the others")
  func lookupsTimeOut() async {
    let (books, metrics) = (MemoryBooks(), RequestMetrics())
    let repository = RetryingBooksRepository(
      books: books, metrics: metrics, timeout: .milliseconds(20)
    ) { _ in }
    books.lock(lookups: .max)
    let refused = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<20 {
        group.addTask {
          do throws(Problem) {
            try await repository.read { try $0.check() }
            return false
          } catch {
            return error.code == .storeUnavailable
          }
        }
      }
      return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
    }
    #expect(refused == 20)
  }

  @Test("lookups of one turn of an event loop share a read transaction")
  func lookupsOfATurnShareATransaction() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let books = MemoryBooks()
    let releaser = ReadTransactionReleaser()
    let states = try await group.next().submit {
      var states: [Bool] = []
      for _ in 0..<3 {
        try books.check()
        releaser.releaseAtEndOfTurn(books)
        states.append(books.isReading)
      }
      return states
    }.get()
    #expect(states == [true, true, true])
    try await group.next().submit {}.get()
    #expect(!books.isReading)
    try await group.shutdownGracefully()
  }
}
