-- Requests balances of many tenants, keys and dates in turn, or one target without a token.
--
-- TOKENS names a file with one token per line, TARGETS a file with one target per line. From all their pairs,
-- shuffled, each thread requests COUNT, starting at number FIRST, and then repeats them. TARGET is the single
-- target. Requests are built before the clock starts, so that only the server is measured.
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
  requests = {}
  position = 0
  local target = os.getenv("TARGET")
  if target ~= "" then
    requests[1] = wrk.format("GET", target)
    return
  end
  local tokens, targets = lines(os.getenv("TOKENS")), lines(os.getenv("TARGETS"))
  local count = tonumber(os.getenv("COUNT"))
  local first = tonumber(os.getenv("FIRST")) + number * count
  for index = 1, count do
    local pair = first + index
    local token = (pair + math.floor(pair / #targets)) % #tokens
    requests[index] = wrk.format(
      "GET", targets[pair * 7919 % #targets + 1], { ["Authorization"] = "Bearer " .. tokens[token + 1] })
  end
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
