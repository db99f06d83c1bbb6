-- wrk's side of `bench overload`: each connection sends a ready-made request, and `pause` milliseconds after
-- its answer the next. Ends with one line of JSON that tells answers by status.
-- Arguments: a file of requests divided by NUL, and the pause.

local ready, at, pause
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  local file = assert(io.open(args[1], "rb"))
  ready = {}
  for one in file:read("*a"):gmatch("[^%z]+") do ready[#ready + 1] = one end
  file:close()
  pause = tonumber(args[2])
  at = math.random(#ready)
  good, busy, other = 0, 0, 0
end

function delay()
  -- Spread, so that connections do not march in step.
  return pause > 0 and math.random() * 2 * pause or 0
end

function request()
  at = at % #ready + 1
  return ready[at]
end

function response(status, headers)
  if status < 300 then
    good = good + 1
  elseif status == 503 and (headers["Retry-After"] or headers["retry-after"]) then
    busy = busy + 1
  else
    other = other + 1
  end
end

function done(summary, latency)
  local good, busy, other = 0, 0, 0
  for _, thread in ipairs(threads) do
    good, busy, other = good + thread:get("good"), busy + thread:get("busy"), other + thread:get("other")
  end
  local errors = summary.errors
  io.write(string.format(
    '\n{"seconds": %f, "good": %d, "busy": %d, "other": %d, "p50_ms": %f, "p95_ms": %f}\n',
    summary.duration / 1e6, good, busy,
    other + errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3))
end
