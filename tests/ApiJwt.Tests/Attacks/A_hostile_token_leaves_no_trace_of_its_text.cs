using System.Buffers.Text;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Logging;

namespace Hudya.Tests.Attacks;

public partial class A_hostile_token_leaves_no_trace_of_its_text
{
    // A shorter text occurs in log messages by chance.
    private const int ShortestSecret = 6;

    // Names of claims that a reason may contain, and words of the log messages and of type names.
    private static readonly string[] Public = ["factor", "target", "scopes", "header", "TestUser", "Infinity", "signature", "payload", "protected", " RS256", "issuer"];

    /// <summary>No exception is logged or traced either: the library catches what the JSON reader throws, and reports it as a reason.</summary>
    [Fact]
    public void Logs_reasons_traces_and_counts_repeat_no_token_claim_or_key()
    {
        using var ear = new Eavesdropper();
        string[] keyTexts = [.. new[] { TestKeys.Ours, TestKeys.Second, TestKeys.Foreign }.SelectMany(KeyTexts)];
        List<string> leaks = [];
        int lines = 0;
        foreach ((string name, PlainJwt service, HostileToken token) in Corpus.Served(family => family.Service(logger: ear, meters: ear)))
        {
            ear.TakeHeard();
            DecodeResult result = service.Decode(token.Token);
            string[] heard = [.. ear.TakeHeard(), result.Reason!, result.ToString()!];
            lines += heard.Length;

            heard.Should().NotContain(line => line.StartsWith("exception", StringComparison.Ordinal) || line.StartsWith("Microsoft.IdentityModel", StringComparison.Ordinal));
            foreach (string start in (string[])["log: Refused a token", "trace: ApiJwt.Decode", "count: apijwt.decodes"])
                heard.Should().Contain(line => line.StartsWith(start, StringComparison.Ordinal));
            foreach (string secret in Secrets(token.Token).Concat(GoodClaims.Values).Concat(keyTexts))
                leaks.AddRange(heard.Where(line => line.Contains(secret, StringComparison.Ordinal)).Select(line => $"{name}: '{secret}' in {line}"));
        }

        leaks.Should().BeEmpty();
        lines.Should().BeGreaterThan(Corpus.Count * 3);
    }

    /// <summary>Throwing and catching one exception costs about as much as checking a signature.</summary>
    [Fact]
    public void Decoding_a_hostile_token_throws_at_most_one_exception_inside()
    {
        int thread = Environment.CurrentManagedThreadId;
        int thrown = 0;
        void Count(object? sender, FirstChanceExceptionEventArgs happening) => thrown += Environment.CurrentManagedThreadId == thread ? 1 : 0;
        AppDomain.CurrentDomain.FirstChanceException += Count;
        try
        {
            foreach ((string name, PlainJwt service, HostileToken token) in Corpus.Served())
            {
                thrown = 0;
                DecodeResult result = service.Decode(token.Token);
                int inside = thrown;
                inside.Should().BeInRange(0, result.Failure == TokenFailure.Malformed ? 1 : 0, name);
            }
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }
    }

    /// <summary>The tests above would pass if the eavesdropper recorded nothing.</summary>
    [Fact]
    public void The_eavesdropper_hears_events_traces_and_counts()
    {
        using var ear = new Eavesdropper();
        using var library = new ActivitySource("ApiJwt");
        using var meter = new Meter("ApiJwt");

        IdentityModelEventSource.Logger.WriteError("said in an event");
        library.StartActivity("said in a trace")?.SetTag("tag", "said in a tag").Dispose();
        library.StartActivity("a failure")?.AddException(new InvalidOperationException("said in an exception")).Dispose();
        ear.Log(LogLevel.Error, 0, "", new InvalidOperationException("said in an exception of the log"), (text, _) => text);
        meter.CreateCounter<long>("count").Add(1, new KeyValuePair<string, object?>("tag", "said in a count"));

        string heard = string.Join('\n', ear.TakeHeard());
        heard.Should().ContainAll("said in an event", "said in a trace", "said in a tag", "said in a count", "said in an exception", "exception: exception", "exception: System.InvalidOperationException: said in an exception of the log");
    }

    [Fact]
    public void A_good_token_leaves_no_trace_of_its_text_either()
    {
        using var ear = new Eavesdropper();
        PlainJwt service = new HostileFamily("good", []).Service(logger: ear, meters: ear);
        string token = Forge.Claims(GoodClaims.Json);

        DecodeResult result = service.Decode(token);

        string[] heard = [.. ear.TakeHeard(), result.ToString()!, result.Payload!.ToString()!];
        foreach (string secret in Secrets(token).Concat(GoodClaims.Values))
            heard.Should().NotContain(line => line.Contains(secret, StringComparison.Ordinal));
    }

    private static IEnumerable<string> KeyTexts(RsaKeyPair pair) =>
        (pair.PublicKeyPem + pair.PrivateKeyPem).Split('\n').Where(line => line.Length > 20 && !line.StartsWith('-'));

    private static IEnumerable<string> Secrets(string token)
    {
        // The first characters of each part of the token, and every string in the decoded parts.
        foreach (string segment in token.Split('.').Distinct().Where(segment => segment.Length >= ShortestSecret).Take(10))
        {
            yield return segment[..Math.Min(segment.Length, 24)];
            if (segment.Length < 20_000 && Base64Url.IsValid(segment))
            {
                foreach (string quoted in Quoted().Matches(Forge.TextOf(segment)).Select(match => match.Value).Except(Public))
                    yield return quoted;
            }
        }
    }

    [GeneratedRegex("(?<=\")[^\"\\\\:,{}\\[\\]]{6,}(?=\")")]
    private static partial Regex Quoted();
}
