import NIOCore
import NIOPosix
import Synchronization

/// Ends the shared read transaction at the end of an event loop's turn.
///
/// Requests that a loop has read together share one transaction, since taking and releasing the store's
/// lock costs as much as a search.
final class ReadTransactionReleaser: Sendable {
  private let isScheduled = Atomic(false)

  /// Schedules the end of the read transaction for the end of the turn; ends it at once outside of
  /// an event loop.
  func releaseAtEndOfTurn(_ books: any BooksRepository) {
    guard let loop = MultiThreadedEventLoopGroup.currentEventLoop else {
      return books.endReadTransactions()
    }
    guard !isScheduled.exchange(true, ordering: .sequentiallyConsistent) else { return }
    loop.execute {
      // First, so that a lookup made meanwhile schedules its own release.
      self.isScheduled.store(false, ordering: .sequentiallyConsistent)
      books.endReadTransactions()
    }
  }
}
