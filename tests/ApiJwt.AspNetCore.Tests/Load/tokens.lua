-- Sends the tokens of the file that the first argument names, one after the other.
local headers = {}
local next = 0

function init(args)
  for line in io.lines(args[1]) do
    headers[#headers + 1] = "Bearer " .. line
  end
end

function request()
  next = next % #headers + 1
  wrk.headers["Authorization"] = headers[next]
  return wrk.format()
end

function done(summary, latency, requests)
  if summary.errors.status > 0 then
    print("REFUSED " .. summary.errors.status)
  end
end
