using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Hudya.Tests.Redis.Support;

/// <summary>Calls the APIs with valid and revoked tokens, revokes tokens meanwhile, and checks the answers afterwards.</summary>
internal sealed class Traffic
{
    private const int TokensPerSubject = 3;

    private readonly ConcurrentQueue<(Session Session, TimeSpan Sent, TimeSpan Answered, HttpStatusCode Status)> _answers = new();
    private readonly ConcurrentBag<Task> _probes = [];
    private readonly Landscape _landscape;
    private readonly Session[] _sessions;

    public Traffic(Landscape landscape, int subjects)
    {
        var issuer = new SessionJwt(TestKeys.Issuing);
        _landscape = landscape;
        _sessions = [.. Enumerable.Range(0, subjects * TokensPerSubject).Select(i => new Session($"user-{i % subjects}", issuer.Encode(new TokenRequest { Subject = $"user-{i % subjects}" })))];
    }

    public int Count => _answers.Count;

    /// <summary>The number of confirmed revocations of tokens and of subjects.</summary>
    public int Revocations { get; private set; }

    /// <summary>Calls random APIs with random tokens, a number of times within the duration.</summary>
    public async Task AskAsync(int times, TimeSpan duration)
    {
        TimeSpan begin = _landscape.Now;
        for (int i = 0; i < times; i++)
        {
            await AskAsync(_landscape.Apis[RandomNumberGenerator.GetInt32(_landscape.Apis.Count)], _sessions[RandomNumberGenerator.GetInt32(_sessions.Length)]);
            TimeSpan wait = begin + (duration * i / times) - _landscape.Now;
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, Landscape.Cancel);
        }
    }

    /// <summary>Revokes tokens and subjects at random running auth services until the duration is over.</summary>
    public async Task RevokeAsync(TimeSpan pause, TimeSpan duration)
    {
        TimeSpan end = _landscape.Now + duration;
        for (int i = 0; _landscape.Now < end && Array.Find(_sessions, session => session.RevocationBegun is null) is not null; i++)
        {
            Session[] good = [.. _sessions.Where(session => session.RevocationBegun is null)];
            Session session = good[RandomNumberGenerator.GetInt32(good.Length)];
            if (i % 2 == 0)
                await RevokeAsync("/logout", session.Token, [session]);
            else
                await RevokeAsync("/logout-everywhere", session.Token, [.. good.Where(other => other.Subject == session.Subject)]);
            await Task.Delay(pause, Landscape.Cancel);
        }
    }

    /// <summary>One user repeatedly logs in, logs out everywhere, and logs in again within the same second.</summary>
    public async Task ComeBackAsync(TimeSpan pause, TimeSpan duration)
    {
        for (TimeSpan end = _landscape.Now + duration; _landscape.Now < end; await Task.Delay(pause, Landscape.Cancel))
        {
            Service auth = _landscape.Auths[^1];
            var first = new Session("ann", await auth.LogInAsync());
            await AskAllAsync(first);
            await RevokeAsync("/logout-everywhere", first.Token, [first], auth);
            var second = new Session("ann", await auth.LogInAsync());
            await AskAllAsync(second);
            // The next round revokes the second token.
            second.RevocationBegun = _landscape.Now;
        }
    }

    public Task WaitForProbesAsync() => Task.WhenAll(_probes);

    /// <summary>The tokens accepted after their deadline, the valid tokens refused, and the longest delays of a revocation without a fault and after one.</summary>
    public (int Passed, int Refused, TimeSpan LongestDelay, TimeSpan LongestDelayAfterFault, int Unpromised) Judge()
    {
        Session[] revoked = [.. _answers.Select(answer => answer.Session).Distinct().Where(session => session.RevocationAnswered is not null)];
        foreach (Session session in revoked)
            session.Deadline = _landscape.DeadlineOf(session.RevocationAnswered!.Value, session.RevokedAt!);
        var late = _answers.Where(answer => answer.Status == HttpStatusCode.OK && answer.Sent > answer.Session.RevocationAnswered)
            .Select(answer => (answer.Session, answer.Sent, Delay: _landscape.DelayOf(answer.Session.RevocationAnswered!.Value, answer.Sent))).ToArray();
        return (
            late.Count(answer => answer.Sent > answer.Session.Deadline),
            _answers.Count(answer => answer.Status != HttpStatusCode.OK && !(answer.Answered > answer.Session.RevocationBegun)),
            Longest(isAroundFault: false),
            Longest(isAroundFault: true),
            revoked.Count(session => session.Deadline is null));

        TimeSpan Longest(bool isAroundFault) =>
            late.Where(answer => _landscape.IsAroundFault(answer.Session.RevocationAnswered!.Value) == isAroundFault).Select(answer => answer.Delay).DefaultIfEmpty().Max();
    }

    private Task<HttpStatusCode[]> AskAllAsync(Session session) => Task.WhenAll(_landscape.Apis.Select(api => AskAsync(api, session)));

    private async Task<HttpStatusCode> AskAsync(Service api, Session session)
    {
        TimeSpan sent = _landscape.Now;
        using HttpResponseMessage answer = await api.SendAsync(HttpMethod.Get, "/me", session.Token);
        _answers.Enqueue((session, sent, _landscape.Now, answer.StatusCode));
        return answer.StatusCode;
    }

    private async Task RevokeAsync(string path, string token, Session[] sessions, Service? auth = null)
    {
        auth ??= _landscape.Auths[RandomNumberGenerator.GetInt32(_landscape.Auths.Count)];
        Array.ForEach(sessions, session => session.RevocationBegun = _landscape.Now);
        try
        {
            if ((await auth.SendAsync(HttpMethod.Post, path, token)).StatusCode != HttpStatusCode.OK)
                return;
        }
        // The auth service was killed before it confirmed the revocation.
        catch (HttpRequestException)
        {
            return;
        }

        Revocations++;
        Array.ForEach(sessions, session => (session.RevocationAnswered, session.RevokedAt) = (_landscape.Now, auth));
        foreach (Service api in _landscape.Apis)
            _probes.Add(ProbeAsync(api, sessions[0]));
    }

    /// <summary>Calls one API until it refuses the token, to measure the delay.</summary>
    private async Task ProbeAsync(Service api, Session session)
    {
        TimeSpan end = _landscape.Now + TimeSpan.FromSeconds(20);
        for (int pause = 5; _landscape.Now < end && await AskAsync(api, session) == HttpStatusCode.OK; pause = Math.Min(2 * pause, 40))
            await Task.Delay(pause, Landscape.Cancel);
    }
}
