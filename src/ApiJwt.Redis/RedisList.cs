using StackExchange.Redis;

namespace ApiJwts.Redis;

/// <summary>The list in Redis: a sorted set of entries, numbered in the order in which they were added.</summary>
/// <remarks>
/// There is one entry for each subject, and one for all subjects. A new entry replaces the earlier one in the same script, and revokes the
/// tokens of both, so two writers cannot overwrite each other. The numbers come from the clock of Redis, so they keep growing after Redis has lost
/// its data. A reader asks for the numbers from the last one that it has read.
/// </remarks>
internal sealed class RedisList(IConnectionMultiplexer redis, string className, string? instanceName)
{
    private const int PageSize = 10_000;
    private const int BatchSize = 500;

    // The maximum of ApiJwtOptions.ClockSkew: a service may accept a token for this long after its expiry.
    public static readonly TimeSpan LargestClockDifference = TimeSpan.FromMinutes(5);

    private const string AddScript = """
        -- KEYS: the entries by number, by expiry, and by whose tokens they revoke. ARGV: the channel, by how much clocks may differ, the entries.
        local time = redis.call('TIME')
        local now = time[1] * 1000 + math.floor(time[2] / 1000)
        local number = time[1] * 1000000 + time[2]
        local last = redis.call('ZRANGE', KEYS[1], -1, -1, 'WITHSCORES')[2]
        if last and number <= tonumber(last) then number = last + 1 end
        local first = number
        local margin = tonumber(ARGV[2])
        local function read(entry) return entry:match('^([sa]) (%d+) (%d+)(.*)$') end
        for i = 3, #ARGV do
          local entry, replaced = ARGV[i], nil
          local kind, before, expiry, subject = read(entry)
          expiry = expiry or entry:match('^t (%d+)')
          -- Services ignore an entry that is so far in the future, so it must not replace one that they use.
          if kind and tonumber(before) > now + margin then kind = nil end
          if kind then
            local known = redis.call('HGET', KEYS[3], kind .. subject) or ''
            local _, known_before, known_expiry = read(known)
            if known_before then
              if tonumber(known_before) > tonumber(before) then before = known_before end
              if tonumber(known_expiry) > tonumber(expiry) then expiry = known_expiry end
              entry = kind .. ' ' .. before .. ' ' .. expiry .. subject
              if entry ~= known then replaced = known end
            end
          end
          local kept_until = tonumber(expiry) + margin
          if kept_until > now then
            redis.call('ZADD', KEYS[2], kept_until, entry)
            if redis.call('ZADD', KEYS[1], 'NX', number, entry) == 1 then number = number + 1 end
            if kind then redis.call('HSET', KEYS[3], kind .. subject, entry) end
            -- Last, because a full Redis refuses commands that add data, but not commands that remove it.
            if replaced then
              redis.call('ZREM', KEYS[1], replaced)
              redis.call('ZREM', KEYS[2], replaced)
            end
          end
        end
        for _, expired in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 1000)) do
          redis.call('ZREM', KEYS[1], expired)
          redis.call('ZREM', KEYS[2], expired)
          local kind, _, _, subject = read(expired)
          if kind and redis.call('HGET', KEYS[3], kind .. subject) == expired then redis.call('HDEL', KEYS[3], kind .. subject) end
        end
        local latest = redis.call('ZRANGE', KEYS[2], -1, -1, 'WITHSCORES')[2]
        for _, key in ipairs(KEYS) do
          if latest and latest - now > redis.call('PTTL', key) then redis.call('PEXPIREAT', key, latest) end
        end
        if number > first then redis.call('PUBLISH', ARGV[1], '') end
        """;

    // The braces are a hash tag: a cluster keeps all keys in one slot.
    private readonly RedisKey _entries = $"{instanceName}apijwt:{{{className}}}:revocations";
    private readonly RedisKey _expiries = $"{instanceName}apijwt:{{{className}}}:expiries";
    private readonly RedisKey _subjects = $"{instanceName}apijwt:{{{className}}}:subjects";
    private readonly RedisChannel _channel = RedisChannel.Literal($"{instanceName}apijwt:{{{className}}}:revocations");

    /// <summary>Calls back when another service adds entries. Does not wait for a connection.</summary>
    public void Subscribe(Action<RedisChannel, RedisValue> heard) => redis.GetSubscriber().Subscribe(_channel, heard, CommandFlags.FireAndForget);

    public void Unsubscribe(Action<RedisChannel, RedisValue> heard) => redis.GetSubscriber().Unsubscribe(_channel, heard, CommandFlags.FireAndForget);

    /// <summary>The texts of the entries from a number on, and the numbers of the first and of the last; 0 if there is none.</summary>
    public async Task<(List<string> Texts, double First, double Last)> ReadAsync(double from)
    {
        var texts = new List<string>();
        double first = 0, last = 0;
        SortedSetEntry[] page;
        do
        {
            // Not from a replica, which may be behind.
            page = await redis.GetDatabase().SortedSetRangeByScoreWithScoresAsync(
                _entries, texts.Count == 0 ? from : last, exclude: texts.Count == 0 ? Exclude.None : Exclude.Start, take: PageSize, flags: CommandFlags.DemandMaster).ConfigureAwait(false);
            if (page.Length == 0)
                break;
            first = texts.Count == 0 ? page[0].Score : first;
            last = page[^1].Score;
            texts.AddRange(page.Select(entry => entry.Element.ToString()));
        }
        while (page.Length == PageSize);
        return (texts, first, last);
    }

    /// <summary>Adds entries in batches and notifies the other services. An entry that exists, or that an existing entry covers, gets no new number.</summary>
    public async Task AddAsync(IEnumerable<Revocation> entries)
    {
        foreach (Revocation[] batch in entries.Chunk(BatchSize))
        {
            RedisValue[] arguments = [_channel.ToString(), (long)LargestClockDifference.TotalMilliseconds, .. batch.Select(entry => (RedisValue)EntryText.Of(entry))];
            await redis.GetDatabase().ScriptEvaluateAsync(AddScript, [_entries, _expiries, _subjects], arguments, CommandFlags.DemandMaster | CommandFlags.NoScriptCache).ConfigureAwait(false);
        }
    }
}
