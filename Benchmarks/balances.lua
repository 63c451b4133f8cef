-- Asks for balances of many tenants, keys and dates in turn; each thread begins elsewhere.
--
-- TOKENS names a file with a token a line, KEYS one with a target a line. Requests are put together
-- before the clock starts, so that it is the server that is measured.
local function lines(path)
  local list = {}
  for line in io.lines(path) do list[#list + 1] = line end
  return list
end

local threads = 0
function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(args)
  local tokens = lines(os.getenv("TOKENS"))
  local keys = lines(os.getenv("KEYS"))
  requests = {}
  for index = 1, 20000 do
    local key = keys[(index * 31 + number * 7919) % #keys + 1]
    requests[index] = wrk.format(
      "GET", key, { ["Authorization"] = "Bearer " .. tokens[index % #tokens + 1] })
  end
  position = 0
end

function request()
  position = position % #requests + 1
  return requests[position]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    "result requests=%d seconds=%.3f rate=%.0f p50_ms=%.2f p99_ms=%.2f p999_ms=%.2f errors=%d\n",
    summary.requests, summary.duration / 1e6, summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3, latency:percentile(99.9) / 1e3,
    e.connect + e.read + e.write + e.status + e.timeout))
end
