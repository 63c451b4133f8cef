import NIOCore
import NIOPosix
import SnapshotStore
import Testing

@testable import BalanceAPI

@Suite("Look-ups while a close commits")
struct CommitWaitTests {
  @Test("have one leader; whoever waits goes on when it is back")
  func leader() async {
    let wait = CommitWait()
    await wait.untilLeaderReturns()
    #expect(wait.becomeLeader())
    #expect(!wait.becomeLeader())
    let woken = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<20 {
        group.addTask {
          await wait.untilLeaderReturns()
          return 1
        }
      }
      wait.leaderReturned()
      return await group.reduce(0, +)
    }
    #expect(woken == 20)
    #expect(wait.becomeLeader())
    wait.leaderReturned()
  }

  @Test("are all answered in the end, and each that waited is counted")
  func answered() async throws {
    let (books, metrics) = (MemoryBooks(), RequestMetrics())
    let repository = RetryingBooksRepository(
      books: books, metrics: metrics, patience: .seconds(3_600)
    ) { _ in }
    books.lock(looks: 200)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<50 { group.addTask { try await repository.read { try $0.check() } } }
      try await group.waitForAll()
    }
    #expect((1...50).contains(metrics.current.waits))
    #expect(!books.isReading)
  }

  @Test("end with the patience, and wake the others to end with theirs")
  func impatient() async {
    let (books, metrics) = (MemoryBooks(), RequestMetrics())
    let repository = RetryingBooksRepository(
      books: books, metrics: metrics, patience: .milliseconds(20)
    ) { _ in }
    books.lock(looks: .max)
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

  @Test("on an event loop leave the books in their state until what is due is done, and no longer")
  func sharedReading() async throws {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    let books = MemoryBooks()
    let end = ReadTransactionReleaser()
    let states = try await group.next().submit {
      var states: [Bool] = []
      for _ in 0..<3 {
        try books.check()
        end.see(to: books)
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
