import Synchronization

/// The server's counters, for `/v1/metrics`.
public final class RequestMetrics: Sendable {
  /// The upper bounds of the duration histogram's buckets, in microseconds.
  static let boundsMicroseconds = [
    250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    2_500_000, 5_000_000,
  ]

  /// The counters of one operation.
  struct Operations {
    var byStatus: [Int: Int] = [:]
    /// One bucket more than bounds, for longer durations.
    var byBucket = [Int](repeating: 0, count: RequestMetrics.boundsMicroseconds.count + 1)
    var microseconds = 0
  }

  /// All counters.
  struct Counts {
    /// By `Operation.slot`; the last counts requests that match no operation.
    fileprivate(set) var operations = [Operations](
      repeating: Operations(), count: Operation.allCases.count + 1)
    /// The counters of each operation that has any, sorted by name.
    var named: [(name: String, counted: Operations)] {
      (Operation.allCases.map { ($0.rawValue, operations[$0.slot]) }
        + [("other", operations[Operation.allCases.count])])
        .filter { !$0.1.byStatus.isEmpty }.sorted { $0.0 < $1.0 }
    }
    var waits = 0
    var waitedMicroseconds = 0
    var keyRefreshes: [String: Int] = [:]
    var handshakeFailures = 0
    var logLinesDropped = 0
    var isDamaged = false
    var damageFound = 0
    var proofs = 0
  }

  private let counts = Mutex(Counts())

  /// Counters that start at zero.
  public init() {}

  var current: Counts { counts.withLock { $0 } }

  /// Counts a response.
  ///
  /// - Parameter operation: `nil` if the request matches none.
  func answered(_ operation: Operation?, status: Int, in duration: Duration) {
    let slot = operation?.slot ?? Operation.allCases.count
    let microseconds = Int(duration / .microseconds(1))
    let index =
      Self.boundsMicroseconds.firstIndex { microseconds <= $0 } ?? Self.boundsMicroseconds.count
    counts.withLock { counts in
      counts.operations[slot].byStatus[status, default: 0] += 1
      counts.operations[slot].byBucket[index] += 1
      counts.operations[slot].microseconds += microseconds
    }
  }

  func waited(_ duration: Duration) {
    counts.withLock {
      $0.waits += 1
      $0.waitedMicroseconds += Int(duration / .microseconds(1))
    }
  }

  func keysRefreshed(_ outcome: String) {
    counts.withLock { $0.keyRefreshes[outcome, default: 0] += 1 }
  }

  func handshakeFailed() { counts.withLock { $0.handshakeFailures += 1 } }

  func damageFound() {
    counts.withLock {
      $0.damageFound += 1
      $0.isDamaged = true
    }
  }

  func proved() {
    counts.withLock {
      $0.proofs += 1
      $0.isDamaged = false
    }
  }

  func logLinesDropped(_ count: Int) { counts.withLock { $0.logLinesDropped += count } }
}
