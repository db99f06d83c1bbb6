-- wrk's side: sends ready-made requests in turn, and ends with one line of JSON.
-- Arguments: a file of requests divided by NUL, and a number from which @@@@@@@@@@@@ is counted up.

local ready, at, count

function init(args)
  local file = assert(io.open(args[1], "rb"))
  ready = {}
  for request in file:read("*a"):gmatch("[^%z]+") do ready[#ready + 1] = request end
  file:close()
  count = tonumber(args[2])
  at = count % #ready
end

function request()
  at = at % #ready + 1
  local text = ready[at]
  if text:find("@@@@@@@@@@@@", 1, true) then
    count = count + 1
    text = text:gsub("@@@@@@@@@@@@", string.format("%012d", count))
  end
  return text
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "seconds": %f, "socket_errors": %d, "refused": %d, "p50_ms": %f, "p95_ms": %f, "p99_ms": %f}\n',
    summary.requests, summary.duration / 1e6,
    errors.connect + errors.read + errors.write + errors.timeout, errors.status,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3))
end
