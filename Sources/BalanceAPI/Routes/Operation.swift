/// The operations of the API, each with its path below `/v1`.
enum Operation: String, CaseIterable {
  case balance = "getAccountBalance"
  case reconciliationStatus = "getReconciliationStatus"
  case live = "getHealthLive"
  case ready = "getHealthReady"
  case metrics = "getMetrics"

  /// The operation at a path, with the account in the path.
  ///
  /// A trailing slash makes a different path. Paths are case-sensitive: `/V1` does not match.
  static func matching(_ segments: [String]) -> (operation: Operation, account: String)? {
    guard segments.first == "v1" else { return nil }
    switch (segments.count, segments.dropFirst().first) {
    case (4, "accounts") where segments[3] == "balance": return (.balance, segments[2])
    case (3, "reconciliation") where segments[2] == "status": return (.reconciliationStatus, "")
    case (3, "health") where segments[2] == "live": return (.live, "")
    case (3, "health") where segments[2] == "ready": return (.ready, "")
    case (2, "metrics"): return (.metrics, "")
    default: return nil
    }
  }

  /// The operation's index in lists by operation, from 0.
  var slot: Int {
    switch self {
    case .balance: 0
    case .reconciliationStatus: 1
    case .live: 2
    case .ready: 3
    case .metrics: 4
    }
  }

  /// The scope that a token must have; `nil` if no token is needed.
  var scope: String? {
    switch self {
    case .balance: "hpts:balances:read"
    case .reconciliationStatus: "hpts:reconciliation:read"
    case .live, .ready, .metrics: nil
    }
  }

  /// The query parameters that the operation accepts.
  var parameterNames: [String] {
    switch self {
    case .balance: ["currency", "layer", "as_of_date"]
    case .reconciliationStatus: ["as_of_date"]
    case .live, .ready, .metrics: []
    }
  }
}
