-- Asks for one target, which TARGET names, without a token.
function init(args) asked = wrk.format("GET", os.getenv("TARGET")) end

function request() return asked end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    "result requests=%d seconds=%.3f rate=%.0f p50_ms=%.2f p99_ms=%.2f p999_ms=%.2f errors=%d\n",
    summary.requests, summary.duration / 1e6, summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency:percentile(99.9) / 1e3,
    e.connect + e.read + e.write + e.status + e.timeout))
end
