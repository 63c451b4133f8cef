import SnapshotStore

/// Reads the books, and retries while a close commits.
///
/// A lookup takes microseconds and is made on the connection's event loop. Waiting suspends the task, so
/// the loop serves other connections.
struct RetryingBooksRepository: Sendable {
  let books: any BooksRepository
  /// Counts the lookups that waited, and for how long.
  let metrics: RequestMetrics
  /// How long a lookup is retried.
  let timeout: Duration
  /// Raised when something in the store is damaged.
  let alarm: DamageAlarm
  /// Called with the reason when the books cannot be read.
  let report: @Sendable (String) -> Void
  private let commit = CommitWait()
  private let releaser = ReadTransactionReleaser()
  private static let retryInterval = Duration.microseconds(500)

  init(
    books: any BooksRepository, metrics: RequestMetrics, alarm: DamageAlarm? = nil,
    timeout: Duration = .seconds(5), report: @escaping @Sendable (String) -> Void
  ) {
    (self.books, self.metrics, self.timeout, self.report) = (books, metrics, timeout, report)
    self.alarm = alarm ?? DamageAlarm(metrics: metrics, report: report)
  }

  /// Makes a lookup.
  ///
  /// - Throws: `store_unavailable` if the books cannot be read, or a close commits for longer than `timeout`.
  func read<Outcome>(
    _ lookup: (any BooksRepository) throws -> Outcome
  ) async throws(Problem) -> Outcome {
    if let outcome = try attempt(lookup, hasTimedOut: false) { return outcome }
    let start = ContinuousClock.now
    var isLeader = false
    defer { if isLeader { commit.leaderFinished() } }
    while true {
      if let outcome = try attempt(lookup, hasTimedOut: .now - start > timeout) {
        metrics.waited(.now - start)
        return outcome
      }
      isLeader = isLeader || commit.becomeLeader()
      guard isLeader else {
        await commit.waitForLeader()
        continue
      }
      do { try await Task.sleep(for: Self.retryInterval) } catch {
        throw Problem(.storeUnavailable, "The server is shutting down.")
      }
    }
  }

  /// The outcome of a lookup; `nil` while a close commits.
  private func attempt<Outcome>(
    _ lookup: (any BooksRepository) throws -> Outcome, hasTimedOut: Bool
  ) throws(Problem) -> Outcome? {
    do {
      let outcome = try lookup(books)
      releaser.releaseAtEndOfTurn(books)
      return outcome
    } catch let error as StoreError where error.code == .locked && !hasTimedOut {
      return nil
    } catch {
      alarm.found(error)
      throw Self.unavailable(error, report)
    }
  }

  /// The problem for the client. Only the log has the reason, since it names paths.
  private static func unavailable(
    _ error: any Error, _ report: @Sendable (String) -> Void
  ) -> Problem {
    report("the books cannot be read: \(error)")
    var problem = Problem(
      .storeUnavailable, "The books cannot be read at the moment; try again later.")
    problem.fields[.retryAfter] = "5"
    return problem
  }
}
