import BuildInfo
import Glibc
import PrometheusFormat

/// The page of `/v1/metrics`: what the server counted, in Prometheus' text format.
struct MetricsPage {
  private var page = PrometheusText()

  /// The text of the page.
  static func text(_ counts: RequestMetrics.Counts, tokens: (cached: Int, verified: Int))
    -> String
  {
    var metrics = MetricsPage()
    metrics.page.family("tieout_server_info", .gauge, help: "The server's version and commit.")
    metrics.page.sample(
      "tieout_server_info", [("git_sha", BuildInfo.gitSHA), ("version", BuildInfo.version)], "1")
    metrics.requests(counts)
    metrics.durations(counts)
    metrics.page.family(
      "tieout_server_store_waits_total", .counter,
      help: "Lookups that waited for a close to commit.",
      value: "\(counts.waits)")
    metrics.page.family(
      "tieout_server_store_wait_seconds_total", .counter, help: "Time that lookups waited.",
      value: seconds(counts.waitedMicroseconds))
    metrics.page.family(
      "tieout_server_store_damaged", .gauge,
      help: "1 after a stored value could not be proved, until all books were proved again.",
      value: counts.isDamaged ? "1" : "0")
    metrics.page.family(
      "tieout_server_store_faults_total", .counter,
      help: "Lookups and proofs that found a damaged store.", value: "\(counts.damageFound)")
    metrics.page.family(
      "tieout_server_store_proofs_total", .counter, help: "How often all books were proved.",
      value: "\(counts.proofs)")
    metrics.page.family(
      "tieout_server_tokens_total", .counter, help: "Valid tokens, verified or found in the cache.")
    metrics.page.sample(
      "tieout_server_tokens_total", [("how", "remembered")], "\(tokens.cached)")
    metrics.page.sample("tieout_server_tokens_total", [("how", "verified")], "\(tokens.verified)")
    metrics.page.family(
      "tieout_server_key_refreshes_total", .counter, help: "Attempts to fetch the key set.")
    for (outcome, count) in counts.keyRefreshes.sorted(by: { $0.key < $1.key }) {
      metrics.page.sample("tieout_server_key_refreshes_total", [("outcome", outcome)], "\(count)")
    }
    metrics.page.family(
      "tieout_server_tls_handshake_failures_total", .counter, help: "Connections refused by TLS.",
      value: "\(counts.handshakeFailures)")
    metrics.page.family(
      "tieout_server_log_lines_dropped_total", .counter,
      help: "Log lines dropped because the log could not be written in time.",
      value: "\(counts.logLinesDropped)")
    metrics.process()
    return metrics.page.text
  }

  private mutating func requests(_ counts: RequestMetrics.Counts) {
    page.family("tieout_server_requests_total", .counter, help: "Requests answered.")
    for (operation, counted) in counts.named {
      for (status, count) in counted.byStatus.sorted(by: { $0.key < $1.key }) {
        page.sample(
          "tieout_server_requests_total", [("operation", operation), ("status", "\(status)")],
          "\(count)")
      }
    }
  }

  private mutating func durations(_ counts: RequestMetrics.Counts) {
    let name = "tieout_server_request_duration_seconds"
    page.family(name, .histogram, help: "Time from a request's head to its response.")
    for (operation, counted) in counts.named {
      var total = 0
      for (bound, count) in zip(RequestMetrics.boundsMicroseconds, counted.byBucket) {
        total += count
        page.sample(
          "\(name)_bucket", [("operation", operation), ("le", Self.seconds(bound))], "\(total)")
      }
      total += counted.byBucket.last ?? 0
      page.sample("\(name)_bucket", [("operation", operation), ("le", "+Inf")], "\(total)")
      page.sample("\(name)_sum", [("operation", operation)], Self.seconds(counted.microseconds))
      page.sample("\(name)_count", [("operation", operation)], "\(total)")
    }
  }

  private mutating func process() {
    // Processor time of the whole process, in microseconds on POSIX.
    let microseconds = Int(clock())
    page.family(
      "process_cpu_seconds_total", .counter, help: "CPU time used.",
      value: Self.seconds(microseconds))
    page.family(
      "process_resident_memory_bytes", .gauge, help: "Memory in use.",
      value: "\(Self.residentBytes())")
  }

  private static func residentBytes() -> Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
    let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
      .split(separator: " ")
    return (words.count > 1 ? Int(words[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// Microseconds in seconds, without rounding.
  private static func seconds(_ microseconds: Int) -> String {
    let fraction = String(1_000_000 + microseconds % 1_000_000).dropFirst()
    return "\(microseconds / 1_000_000).\(fraction)"
  }
}
