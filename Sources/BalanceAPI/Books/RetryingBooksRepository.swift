import SnapshotStore

/// The books, asked again for as long as a close takes to commit.
///
/// A look-up takes microseconds and is made on the thread that serves the connection; waiting is not:
/// it gives the thread to others.
struct RetryingBooksRepository: Sendable {
  let books: any BooksRepository
  /// Told how many milliseconds a look-up had to wait, and what went wrong for good.
  let metrics: RequestMetrics
  /// How long a look-up is asked again.
  let patience: Duration
  let report: @Sendable (String) -> Void
  private let commit = CommitWait()
  private let readingEnd = ReadTransactionReleaser()
  private static let pause = Duration.microseconds(500)

  init(
    books: any BooksRepository, metrics: RequestMetrics, patience: Duration = .seconds(5),
    report: @escaping @Sendable (String) -> Void
  ) {
    (self.books, self.metrics, self.patience, self.report) = (books, metrics, patience, report)
  }

  /// - Throws: `store_unavailable` if the books cannot be read, or not in time.
  func read<Outcome>(
    _ look: (any BooksRepository) throws -> Outcome
  ) async throws(Problem) -> Outcome {
    if let outcome = try attempt(look, outOfPatience: false) { return outcome }
    let began = ContinuousClock.now
    var isLeader = false
    defer { if isLeader { commit.leaderReturned() } }
    while true {
      if let outcome = try attempt(look, outOfPatience: .now - began > patience) {
        metrics.waited(.now - began)
        return outcome
      }
      isLeader = isLeader || commit.becomeLeader()
      guard isLeader else {
        await commit.untilLeaderReturns()
        continue
      }
      do { try await Task.sleep(for: Self.pause) } catch {
        throw Problem(.storeUnavailable, "the server is shutting down.")
      }
    }
  }

  /// The outcome of a look-up; `nil` while a close commits.
  private func attempt<Outcome>(
    _ look: (any BooksRepository) throws -> Outcome, outOfPatience: Bool
  ) throws(Problem) -> Outcome? {
    do {
      let outcome = try look(books)
      readingEnd.see(to: books)
      return outcome
    } catch let error as StoreError where error.code == .locked && !outOfPatience {
      return nil
    } catch {
      throw Self.unavailable(error, report)
    }
  }

  /// What is the matter goes to the log, since it names paths.
  private static func unavailable(
    _ error: any Error, _ report: @Sendable (String) -> Void
  ) -> Problem {
    report("the books cannot be read: \(error)")
    var problem = Problem(.storeUnavailable, "the books cannot be read; try again later.")
    problem.fields[.retryAfter] = "5"
    return problem
  }
}
