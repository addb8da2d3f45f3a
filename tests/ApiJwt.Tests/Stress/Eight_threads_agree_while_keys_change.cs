using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Hudya.Tests.Stress;

/// <remarks>
/// CI runs a short version. The long one:
/// <c>APIJWT_STRESS_DECODES=1000000 dotnet test --project tests/ApiJwt.Tests --filter-class "*Eight_threads_agree_while_keys_change"</c>.
/// </remarks>
[Collection(nameof(WholeProcess))]
public class Eight_threads_agree_while_keys_change(ITestOutputHelper output)
{
    private const int Threads = 8;
    private const int DecodesPerRotation = 1000;
    private const string Visitor = """{"sub":"visitor","exp":4102444800}""";

    private static readonly int Decodes = int.Parse(Environment.GetEnvironmentVariable("APIJWT_STRESS_DECODES") ?? "50000", CultureInfo.InvariantCulture);

    private readonly ConcurrentQueue<string> _wrong = new();
    private int _rotations;

    [Theory]
    [InlineData(1024), InlineData(0)]
    public void Every_verdict_is_right_and_no_memory_or_handle_leaks(int cacheSize)
    {
        var service = new PlainJwt(new ApiJwtOptions { PublicKeys = { TestKeys.Ours.PublicKeyPem }, VerifiedTokenCacheSize = cacheSize });
        (string Token, Func<DecodeResult, bool> IsRight)[] cases = [.. Cases()];
        // The first part fills pools and caches. Memory that grows after it is a leak.
        Run(service, cases, Decodes / 10);
        (long memory, long all, int handles) = Settle();
        _rotations = 0;
        var stopwatch = Stopwatch.StartNew();

        Run(service, cases, Decodes);

        TimeSpan elapsed = stopwatch.Elapsed;
        (long memoryAfter, long allAfter, int handlesAfter) = Settle();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Decodes} decodes on {Threads} threads in {elapsed.TotalSeconds:F1} s beside {_rotations} key changes; managed memory {memory} to {memoryAfter} bytes, all of the process {all} to {allAfter} bytes, handles {handles} to {handlesAfter}"));
        _wrong.Should().BeEmpty();
        _rotations.Should().BeGreaterThan(Decodes / DecodesPerRotation);
        (memoryAfter - memory).Should().BeLessThan(4 * 1024 * 1024);
        // Only this figure includes native RSA memory. Each 2048-bit key that is not freed costs a few kilobytes.
        (allAfter - all).Should().BeLessThan(96 * 1024 * 1024);
        (handlesAfter - handles).Should().BeLessThan(16);
    }

    private void Run(PlainJwt service, (string Token, Func<DecodeResult, bool> IsRight)[] cases, int decodes)
    {
        int running = Threads;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            Guarded(() => DecodeAll(service, cases, thread, decodes / Threads));
            Interlocked.Decrement(ref running);
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        Guarded(() =>
        {
            do
                Rotate(service);
            while (Volatile.Read(ref running) > 0);
        });
        foreach (Thread thread in threads)
            thread.Join();
    }

    private void DecodeAll(PlainJwt service, (string Token, Func<DecodeResult, bool> IsRight)[] cases, int first, int decodes)
    {
        for (int i = 0; i < decodes; i++)
        {
            int which = (first + i) % cases.Length;
            DecodeResult result = service.Decode(cases[which].Token);
            if (!cases[which].IsRight(result))
                _wrong.Enqueue($"case {which}: {result.Failure}");
        }
    }

    /// <summary>Adds and removes the second key. Its tokens must be accepted and refused at once. The first key always stays.</summary>
    private void Rotate(PlainJwt service)
    {
        string visitor = VisitorToken.Value;
        service.Keys.AddPublic(TestKeys.Second.PublicKeyPem);
        Expect(service.Decode(visitor), TokenFailure.None);
        service.Keys.Override(publicKeys: [TestKeys.Ours.PublicKeyPem]);
        Expect(service.Decode(visitor), TokenFailure.InvalidSignature);
        service.Keys.Override(publicKeys: [TestKeys.Second.PublicKeyPem, TestKeys.Ours.PublicKeyPem]);
        Expect(service.Decode(visitor), TokenFailure.None);
        service.Keys.Reset();
        Expect(service.Decode(visitor), TokenFailure.InvalidSignature);
        _rotations += 4;
    }

    private void Expect(DecodeResult result, TokenFailure failure)
    {
        if (result.Failure != failure)
            _wrong.Enqueue($"after a key change: {result.Failure} for {failure}");
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
#pragma warning disable CA1031 // The test must report every kind of exception.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _wrong.Enqueue(exception.ToString());
        }
    }

    private static readonly Lazy<string> VisitorToken = new(() =>
    {
        using RSA second = TestKeys.RsaOf(TestKeys.Second.PrivateKeyPem);
        return Forge.Sign(Forge.Rs256Header, Visitor, second);
    });

    private static IEnumerable<(string Token, Func<DecodeResult, bool> IsRight)> Cases()
    {
        for (int i = 0; i < 16; i++)
        {
            string subject = $"subject-{i}";
            string payload = $$"""{"sub":"{{subject}}","exp":4102444800,"scopes":"scope-{{i}}"}""";
            string good = Forge.Claims(payload);
            string[] parts = good.Split('.');
            yield return (good, result => result.Payload?.Subject == subject);
            yield return (good, result => result.Payload?.HasScope("scope-" + subject[8..]) == true);
            yield return ($"{parts[0]}.{Forge.Encode(payload.Replace("subject", "Subject", StringComparison.Ordinal))}.{parts[2]}", result => result.Failure == TokenFailure.InvalidSignature);
            yield return (Forge.Sign(Forge.Rs256Header, payload, TestKeys.ForeignKey), result => result.Failure == TokenFailure.InvalidSignature);
            yield return (Forge.Sign($$"""{"alg":"RS256","kid":"{{TestKeys.Ours.KeyId}}"}""", payload, TestKeys.ForeignKey), result => result.Failure == TokenFailure.InvalidSignature);
            yield return (Forge.Claims(payload.Replace("4102444800", "1", StringComparison.Ordinal)), result => result.IsExpired && result.Payload is null);
            yield return (good + "=", result => result.Failure == TokenFailure.Malformed);
            yield return (VisitorToken.Value, result => result.Failure == TokenFailure.InvalidSignature || result.Payload?.Subject == "visitor");
        }
    }

    private static (long Memory, long All, int Handles) Settle()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using var process = Process.GetCurrentProcess();
        return (GC.GetTotalMemory(forceFullCollection: true), process.WorkingSet64, process.HandleCount);
    }
}
