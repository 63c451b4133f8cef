import NIOCore
import NIOPosix
import Synchronization

/// Lets the books go on after the look-ups that are due at once on an event loop.
///
/// Requests that a loop has read together are answered one after the other; the store's lock is taken
/// and given up once for all of them, which costs as much as a search.
final class ReadTransactionReleaser: Sendable {
  private let isDue = Atomic(false)

  /// Sees to it that the reading ends, at the latest when the loop has done what is due now; at once
  /// where there is no loop.
  func see(to books: any BooksRepository) {
    guard let loop = MultiThreadedEventLoopGroup.currentEventLoop else {
      return books.endReadTransactions()
    }
    guard !isDue.exchange(true, ordering: .sequentiallyConsistent) else { return }
    loop.execute {
      // First, so that a look-up which is made meanwhile sees to its own end.
      self.isDue.store(false, ordering: .sequentiallyConsistent)
      books.endReadTransactions()
    }
  }
}
