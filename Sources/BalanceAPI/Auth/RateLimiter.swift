import LedgerDomain
import Synchronization

/// Holds each tenant to so many requests a second, so that none takes the server from the others.
///
/// A tenant that was quiet may ask for a second's worth at once. Tenants come from verified tokens, so
/// that there are no more of them than the issuer has.
final class RateLimiter: Sendable {
  private struct Bucket {
    var tokens: Double
    var filledAt: ContinuousClock.Instant
  }

  private let requestsPerSecond: Double
  private let buckets = Mutex<[TenantID: Bucket]>([:])

  init(requestsPerSecond: Int) { self.requestsPerSecond = Double(requestsPerSecond) }

  /// - Throws: `too_many_requests` if the tenant has asked for more than that.
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
        .tooManyRequests, "a tenant may ask \(Int(requestsPerSecond)) times a second.")
      problem.fields[.retryAfter] = "1"
      throw problem
    }
  }
}
