import LedgerDomain
import Synchronization

/// Limits each tenant's requests per second, so that one tenant cannot take the server from the others.
///
/// An idle tenant may send one second's requests at once. Tenants come from verified tokens, so there are
/// no more of them than the issuer has.
final class RateLimiter: Sendable {
  private struct Bucket {
    var tokens: Double
    var filledAt: ContinuousClock.Instant
  }

  private let requestsPerSecond: Double
  private let buckets = Mutex<[TenantID: Bucket]>([:])

  init(requestsPerSecond: Int) { self.requestsPerSecond = Double(requestsPerSecond) }

  /// Counts a request.
  ///
  /// - Throws: `too_many_requests` if the tenant exceeds the limit.
  func count(_ tenant: TenantID, at now: ContinuousClock.Instant) throws(Problem) {
    let isAllowed = buckets.withLock { buckets in
      var bucket =
        buckets[tenant] ?? Bucket(tokens: requestsPerSecond, filledAt: now)
      let elapsed = (now - bucket.filledAt) / .seconds(1)
      bucket.tokens = min(requestsPerSecond, bucket.tokens + elapsed * requestsPerSecond)
      bucket.filledAt = now
      let isAllowed = bucket.tokens >= 1
      if isAllowed { bucket.tokens -= 1 }
      buckets[tenant] = bucket
      return isAllowed
    }
    guard isAllowed else {
      var problem = Problem(
        .tooManyRequests,
        "The limit is \(Int(requestsPerSecond).counted("request")) per second for each tenant.")
      problem.fields[.retryAfter] = "1"
      throw problem
    }
  }
}
