import Synchronization

/// Counts what the server does, for `/v1/metrics`.
public final class RequestMetrics: Sendable {
  /// Upper bounds of the classes that durations are counted in, in microseconds.
  static let boundsMicroseconds = [
    250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000,
    2_500_000, 5_000_000,
  ]

  /// What was counted of one operation.
  struct Operations {
    var byStatus: [Int: Int] = [:]
    /// One class more than bounds: what took longer than all.
    var byClass = [Int](repeating: 0, count: RequestMetrics.boundsMicroseconds.count + 1)
    var microseconds = 0
  }

  /// Everything that was counted.
  struct Counts {
    /// By the operation; the last is what matched none.
    fileprivate(set) var operations = [Operations](
      repeating: Operations(), count: Operation.allCases.count + 1)
    /// What was counted of each operation that was asked for, in the order of their names.
    var named: [(name: String, counted: Operations)] {
      (Operation.allCases.map { ($0.rawValue, operations[$0.place]) }
        + [("other", operations[Operation.allCases.count])])
        .filter { !$0.1.byStatus.isEmpty }.sorted { $0.0 < $1.0 }
    }
    var waits = 0
    var waitedMicroseconds = 0
    var keyRefreshes: [String: Int] = [:]
    var handshakeFailures = 0
    var logLinesDropped = 0
  }

  private let counts = Mutex(Counts())

  /// Nothing was counted yet.
  public init() {}

  var current: Counts { counts.withLock { $0 } }

  /// Counts an answer.
  ///
  /// - Parameter operation: `nil` if the request matched none.
  func answered(_ operation: Operation?, status: Int, in duration: Duration) {
    let place = operation?.place ?? Operation.allCases.count
    let microseconds = Int(duration / .microseconds(1))
    let index =
      Self.boundsMicroseconds.firstIndex { microseconds <= $0 } ?? Self.boundsMicroseconds.count
    counts.withLock { counts in
      counts.operations[place].byStatus[status, default: 0] += 1
      counts.operations[place].byClass[index] += 1
      counts.operations[place].microseconds += microseconds
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

  func logLinesDropped(_ count: Int) { counts.withLock { $0.logLinesDropped += count } }
}
