import { createHash } from 'node:crypto';

export interface Script {
  text: string;
  sha: string;
}

function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

/** Redis's own clock, in whole ms, so that processes need not agree on theirs. */
const NOW = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function whole(number) return string.format('%.0f', number) end
`;

/**
 * KEYS: epoch (hash: run, began), places (sorted set: name by when it stops counting), waiters (hash: lane to
 * "agents deliveries until"), limit (hash: max, windowMs, blockedUntil, policy). ARGV: the exchange, as JSON.
 *
 * The epoch names the run of the server it began in. A flush removes it, a restart or failover changes the run: either
 * way places may be lost, and nothing is granted until a window has passed.
 */
export const EXCHANGE = script(`${NOW}
local ask = cjson.decode(ARGV[1])
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
local epoch = redis.call('HMGET', KEYS[1], 'run', 'began')
local began = tonumber(epoch[2] or 0)
if epoch[1] ~= run then
  began = now
  redis.call('HSET', KEYS[1], 'run', run, 'began', whole(began))
end
redis.call('PEXPIRE', KEYS[1], ask.epochTtlMs)

local limit = redis.call('HMGET', KEYS[4], 'max', 'windowMs', 'blockedUntil', 'policy')
local max = tonumber(limit[1] or ask.max)
local window = tonumber(limit[2] or ask.windowMs)
window = window + 1 + math.ceil(window / 1000)
local blockedUntil = tonumber(limit[3] or 0)

local heldUntil = whole(now + ask.holdMs + window)
for _, place in ipairs(ask.held) do redis.call('ZADD', KEYS[2], heldUntil, place) end
for _, place in ipairs(ask.settled) do redis.call('ZADD', KEYS[2], whole(now + window), place) end
for _, place in ipairs(ask.released) do redis.call('ZREM', KEYS[2], place) end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', whole(now))
local used = redis.call('ZCARD', KEYS[2])

local agents, deliveries = 0, 0
local waiters = redis.call('HGETALL', KEYS[3])
for i = 1, #waiters, 2 do
  local a, d, till = string.match(waiters[i + 1], '(%d+) (%d+) (%d+)')
  if tonumber(till) <= now then
    redis.call('HDEL', KEYS[3], waiters[i])
  elseif waiters[i] ~= ask.lane then
    agents, deliveries = agents + a, deliveries + d
  end
end

local allowed = {
  max,
  math.max(1, max - math.ceil(max * ask.agentPercent / 100)),
  math.max(1, math.floor(max * ask.importPercent / 100)),
}
local ahead = { 0, agents, agents + deliveries }
local opensAt = math.max(blockedUntil, began + window)
local granted, freeIn, number = {}, {}, 0
for class = 1, 3 do
  local free = opensAt > now and 0 or allowed[class] - used - ahead[class]
  granted[class] = math.max(0, math.min(ask.wants[class], free))
  for _ = 1, granted[class] do
    number = number + 1
    redis.call('ZADD', KEYS[2], heldUntil, ask.ticket .. '.' .. number)
  end
  used = used + granted[class]
end
for class = 1, 3 do
  local nth = used + ahead[class] - allowed[class]
  if opensAt > now then
    freeIn[class] = opensAt - now
  elseif nth < 0 then
    freeIn[class] = 0
  else
    -- A call that is not over can't free its place before a window has passed.
    local lapses = redis.call('ZRANGE', KEYS[2], whole(nth), whole(nth), 'WITHSCORES')[2]
    freeIn[class] = math.min(tonumber(lapses or now + window) - now, window)
  end
end

local waitingAgents, waitingDeliveries = ask.wants[1] - granted[1], ask.wants[2] - granted[2]
if waitingAgents + waitingDeliveries > 0 and opensAt <= now then
  local till = now + math.max(freeIn[1], freeIn[2]) + ask.waiterMs
  redis.call('HSET', KEYS[3], ask.lane, waitingAgents .. ' ' .. waitingDeliveries .. ' ' .. whole(till))
  redis.call('PEXPIRE', KEYS[3], whole(till - now))
else
  redis.call('HDEL', KEYS[3], ask.lane)
end
redis.call('PEXPIRE', KEYS[2], whole(ask.holdMs + window))
local policy = blockedUntil > now and limit[4] or ''
return cjson.encode({ granted = granted, freeInMs = freeIn, policy = policy, epoch = run .. '.' .. whole(began) })
`);

/** KEYS: epoch. ARGV: time to live in ms. Counts are whole since ever, unless somebody has begun before. */
export const BEGIN = script(`
if redis.call('EXISTS', KEYS[1]) == 1 then return end
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
redis.call('HSET', KEYS[1], 'run', run, 'began', '0')
redis.call('PEXPIRE', KEYS[1], ARGV[1])
`);

/** KEYS: limit. ARGV: max, windowMs, the window so far, time to live in ms. */
export const LEARN = script(`${NOW}
local known = redis.call('HMGET', KEYS[1], 'windowMs', 'blockedUntil')
redis.call('HSET', KEYS[1], 'max', ARGV[1], 'windowMs', ARGV[2])
-- Places were counted for a shorter window than is true: wait a true one out.
if tonumber(ARGV[2]) > tonumber(known[1] or ARGV[3]) then
  local till = now + ARGV[2] + 1 + math.ceil(ARGV[2] / 1000)
  if till > tonumber(known[2] or 0) then redis.call('HSET', KEYS[1], 'blockedUntil', whole(till), 'policy', '') end
end
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[4]) then redis.call('PEXPIRE', KEYS[1], ARGV[4]) end
`);

/** KEYS: limit. ARGV: policy, ms, time to live in ms. */
export const BLOCK = script(`${NOW}
local till = now + ARGV[2]
if till < tonumber(redis.call('HGET', KEYS[1], 'blockedUntil') or 0) then return end
redis.call('HSET', KEYS[1], 'blockedUntil', whole(till), 'policy', ARGV[1])
redis.call('PEXPIRE', KEYS[1], whole(ARGV[2] + ARGV[3]))
`);
