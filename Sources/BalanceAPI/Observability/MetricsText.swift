import BuildInfo
import Glibc

/// What was counted, in Prometheus' text format 0.0.4.
struct MetricsText {
  private(set) var text = ""

  /// The whole page.
  static func page(_ counts: RequestMetrics.Counts, tokens: (remembered: Int, verified: Int))
    -> String
  {
    var page = MetricsText()
    page.family("tieout_server_info", "gauge", "The server's version and commit.")
    page.sample(
      "tieout_server_info", [("git_sha", BuildInfo.gitSHA), ("version", BuildInfo.version)], "1")
    page.requests(counts)
    page.durations(counts)
    page.single(
      "tieout_server_store_waits_total", "counter", "Look-ups that waited for a close to commit.",
      "\(counts.waits)")
    page.single(
      "tieout_server_store_wait_seconds_total", "counter", "How long they waited.",
      seconds(counts.waitedMicroseconds))
    page.family(
      "tieout_server_tokens_total", "counter", "Valid tokens, verified or known from before.")
    page.sample("tieout_server_tokens_total", [("how", "remembered")], "\(tokens.remembered)")
    page.sample("tieout_server_tokens_total", [("how", "verified")], "\(tokens.verified)")
    page.family("tieout_server_key_refreshes_total", "counter", "Times the keys were asked for.")
    for (outcome, count) in counts.keyRefreshes.sorted(by: { $0.key < $1.key }) {
      page.sample("tieout_server_key_refreshes_total", [("outcome", outcome)], "\(count)")
    }
    page.single(
      "tieout_server_tls_handshake_failures_total", "counter", "Connections refused by TLS.",
      "\(counts.handshakeFailures)")
    page.single(
      "tieout_server_log_lines_dropped_total", "counter", "Log lines that nobody took in time.",
      "\(counts.logLinesDropped)")
    page.process()
    return page.text
  }

  private mutating func requests(_ counts: RequestMetrics.Counts) {
    family("tieout_server_requests_total", "counter", "Requests answered.")
    for (operation, counted) in counts.named {
      for (status, count) in counted.byStatus.sorted(by: { $0.key < $1.key }) {
        sample(
          "tieout_server_requests_total", [("operation", operation), ("status", "\(status)")],
          "\(count)")
      }
    }
  }

  private mutating func durations(_ counts: RequestMetrics.Counts) {
    let name = "tieout_server_request_duration_seconds"
    family(name, "histogram", "From a request's head to its answer's.")
    for (operation, counted) in counts.named {
      var total = 0
      for (bound, count) in zip(RequestMetrics.boundsMicroseconds, counted.byClass) {
        total += count
        sample(
          "\(name)_bucket", [("operation", operation), ("le", Self.seconds(bound))], "\(total)")
      }
      total += counted.byClass.last ?? 0
      sample("\(name)_bucket", [("operation", operation), ("le", "+Inf")], "\(total)")
      sample("\(name)_sum", [("operation", operation)], Self.seconds(counted.microseconds))
      sample("\(name)_count", [("operation", operation)], "\(total)")
    }
  }

  private mutating func process() {
    // Processor time of the whole process, in microseconds on POSIX.
    let microseconds = Int(clock())
    single(
      "process_cpu_seconds_total", "counter", "Time of processors used.",
      Self.seconds(microseconds))
    single(
      "process_resident_memory_bytes", "gauge", "Memory in use.", "\(Self.residentBytes())")
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

  private mutating func family(_ name: String, _ type: String, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  private mutating func single(_ name: String, _ type: String, _ help: String, _ value: String) {
    family(name, type, help)
    text += "\(name) \(value)\n"
  }

  private mutating func sample(_ name: String, _ labels: [(String, String)], _ value: String) {
    // Labels are names of ours, versions and numbers: nothing in them is to be escaped.
    let list = labels.map { "\($0)=\"\($1)\"" }.joined(separator: ",")
    text += "\(name){\(list)} \(value)\n"
  }
}
