using System.Text.Json;
using Hudya.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hudya.Tests.Options;

public sealed class ApiJwtOptionsTests : IDisposable
{
    private const long Second = TimeSpan.TicksPerSecond;
    private const long Day = 86400 * Second;

    private static readonly Dictionary<string, (object?[] Good, object?[] Bad)> Bounds = new()
    {
        ["TimeToLive"] = ([Second, 366 * Day], [Second - 1, (366 * Day) + 1, 0L, -Second, long.MaxValue, long.MinValue]),
        ["MaxTimeToLive"] = ([Second, 366 * Day], [Second - 1, (366 * Day) + 1, -Second]),
        ["MaxAge"] = ([null, Second, 366 * Day], [Second - 1, (366 * Day) + 1, 0L, -Second]),
        ["RevocationsRefreshInterval"] = ([Second, 3600 * Second], [Second - 1, (3600 * Second) + 1, -Second]),
        ["ClockSkew"] = ([0L, 300 * Second], [(300 * Second) + 1, -1L, long.MaxValue, long.MinValue]),
        ["TokenType"] = (["JWT", "at+jwt", "application/at+jwt"], ["", " ", "at jwt", "JWT\n", null]),
        ["Audience"] = ([null, "aud", "😀"], [""]),
        ["MaxTokenLength"] = ([512, 1024 * 1024], [511, (1024 * 1024) + 1, 0, -1, int.MaxValue, int.MinValue]),
        ["VerifiedTokenCacheSize"] = ([0, 1, 2, 5000, 1_000_000], [-1, 1_000_001, int.MaxValue, int.MinValue]),
        ["TimeProvider"] = ([], [null]),
    };

    private readonly ElsewhereSigner _signer = new(TestKeys.Second);
    private readonly CacheHits _meters = new();
    private readonly HttpClient _client = new();

    [Theory]
    [InlineData("Issuers"), InlineData("AcceptedAudiences"), InlineData("AcceptedTokenTypes")]
    public void An_entry_of_a_list_that_accepts_nothing_is_refused(string name)
    {
        IList<string> ListOf(ApiJwtOptions options) =>
            name == "Issuers" ? options.Issuers : name == "AcceptedAudiences" ? options.AcceptedAudiences : options.AcceptedTokenTypes;
        CheckPart(name, true, options => ListOf(options).Add(name == "AcceptedTokenTypes" ? "at+jwt" : "a name with blanks"));
        foreach (string? bad in (string?[])["", null, .. HalfCharacters.Texts])
        {
            CheckPart($"{name} has an entry that is empty or that no token can contain", false, options =>
            {
                ListOf(options).Add("good");
                ListOf(options).Add(bad!);
            });
        }
    }

    /// <summary>The setting suggests that it lets in tokens without an audience. Without an accepted audience it has no effect.</summary>
    [Theory]
    [InlineData(null, null, false), InlineData("orders", null, true), InlineData(null, "orders", true)]
    public void An_optional_audience_without_an_accepted_one_is_refused(string? audience, string? accepted, bool good) =>
        CheckPart("RequireAudience has no effect", good, options =>
        {
            options.RequireAudience = false;
            options.Audience = audience;
            if (accepted is not null)
                options.AcceptedAudiences.Add(accepted);
        });

    [Theory]
    [InlineData("https://auth.example/revocations", true), InlineData("http://localhost:5001/revocations", true)]
    [InlineData("http://auth.example/revocations", false), InlineData("https://ann:secret@auth.example/", false)]
    public void The_address_of_the_list_of_revocations_is_over_https_and_without_a_secret(string address, bool good) =>
        Check("RevocationsUri", good, options => options.RevocationsUri = new Uri(address));

    [Fact]
    public void An_audience_of_half_a_character_is_refused()
    {
        foreach (string half in HalfCharacters.Texts)
            Check("Audience", false, options => options.Audience = half);
    }

    [Fact]
    public void All_bad_options_are_named_at_once()
    {
        ApiJwtOptions options = TestKeys.Issuing;
        options.TimeToLive = TimeSpan.Zero;
        options.ClockSkew = TimeSpan.FromHours(1);
        options.Audience = "";
        options.MaxTokenLength = 0;
        options.VerifiedTokenCacheSize = -1;
        options.TimeProvider = null!;

        FluentActions.Invoking(() => new PlainJwt(options)).Should().ThrowExactly<ApiJwtException>().Which.Message.Should().ContainAll(
            "ApiJwtOptions.TimeToLive", "ApiJwtOptions.ClockSkew", "ApiJwtOptions.Audience", "ApiJwtOptions.MaxTokenLength",
            "ApiJwtOptions.VerifiedTokenCacheSize", "ApiJwtOptions.TimeProvider");
    }

    [Fact]
    public void Missing_options_are_an_argument_error() =>
        FluentActions.Invoking(() => new PlainJwt(null!)).Should().Throw<ArgumentNullException>().WithParameterName("options");

    public static TheoryData<string> BoundedOptions => [.. Bounds.Keys];

    /// <summary>The times in the rows are in ticks.</summary>
    [Theory]
    [MemberData(nameof(BoundedOptions))]
    public void An_option_out_of_its_bounds_is_named_and_refused(string name)
    {
        foreach (object? value in Bounds[name].Good)
            Check(name, true, options => Set(options, value));
        foreach (object? value in Bounds[name].Bad)
            Check(name, false, options => Set(options, value));

        void Set(ApiJwtOptions options, object? value)
        {
            if (name == "MaxTimeToLive")
                options.TimeToLive = TimeSpan.FromTicks(Second);
            typeof(ApiJwtOptions).GetProperty(name)!.SetValue(options, value is long ticks ? TimeSpan.FromTicks(ticks) : value);
        }
    }

    [Theory]
    [InlineData("MaxTokenLength must be between 512 and 1048576 characters"), InlineData("MaxTimeToLive must be between 1 second and 366 days")]
    public void The_refusal_of_an_option_says_its_bounds(string message) => CheckPart(message, false, options =>
    {
        options.MaxTokenLength = 1;
        options.MaxTimeToLive = TimeSpan.Zero;
    });

    [Fact]
    public void The_options_have_safe_defaults()
    {
        var options = new ApiJwtOptions();

        options.Should().BeEquivalentTo(new
        {
            PrivateKey = (string?)null, Signer = (TokenSigner?)null, PublicKeys = Array.Empty<string>(), JwksUri = (Uri?)null, AllowHttpJwksUri = false,
            RevocationsUri = (Uri?)null, RevocationsRefreshInterval = TimeSpan.FromSeconds(5),
            TimeToLive = TimeSpan.FromHours(1), MaxTimeToLive = TimeSpan.FromDays(366), MaxAge = (TimeSpan?)null, ClockSkew = TimeSpan.Zero,
            Issuers = Array.Empty<string>(), Audience = (string?)null, AcceptedAudiences = Array.Empty<string>(), RequireAudience = true,
            TokenType = "JWT", AcceptedTokenTypes = Array.Empty<string>(), WriteKeyId = true, AllowMissingSubject = false, ChecksTokenBinding = false,
            MaxTokenLength = 16384, VerifiedTokenCacheSize = 1024,
        });
        options.TimeProvider.Should().BeSameAs(TimeProvider.System);
    }

    [Fact]
    public void A_change_of_the_options_after_construction_has_no_effect()
    {
        ApiJwtOptions options = Clock.Issuing(Clock.Standing());
        options.PublicKeys.Add(TestKeys.Ours.PublicKeyPem);
        var jwt = new PlainJwt(options);

        options.PrivateKey = TestKeys.Foreign.PrivateKeyPem;
        options.PublicKeys.Clear();
        options.PublicKeys.Add(TestKeys.Foreign.PublicKeyPem);
        options.TimeToLive = TimeSpan.FromSeconds(1);
        options.Audience = "other";
        options.ClockSkew = TimeSpan.FromMinutes(5);
        options.MaxTokenLength = 0;
        options.VerifiedTokenCacheSize = -1;
        options.TimeProvider = Clock.At("2050-01-01T00:00:00Z");
        options.MaxTimeToLive = TimeSpan.FromSeconds(1);
        options.MaxAge = TimeSpan.FromSeconds(1);
        options.Issuers.Add("other");
        options.AcceptedAudiences.Add("other");
        options.RequireAudience = false;
        options.TokenType = "at+jwt";
        options.AcceptedTokenTypes.Add("at+jwt");
        options.WriteKeyId = false;
        options.AllowMissingSubject = true;
        options.ChecksTokenBinding = true;
        options.JwksUri = options.RevocationsUri = new Uri("https://127.0.0.1:1/");

        string token = jwt.Encode(new TokenRequest { Subject = "ann" });
        Wire.ShouldCarry(token, """
            {"iss":"auth_user","sub":"ann","exp":1767326645,"level":"0.0","factor":"","target":"","dnt":"0","scopes":""}
            """);
        jwt.Decode(token).IsValid.Should().BeTrue();
        jwt.Decode(Forge.Claims($$"""{"sub":"ann","exp":{{Clock.Start}}}""")).IsExpired.Should().BeTrue();
        Wire.HeaderOf(token).Should().Be($$"""{"alg":"RS256","kid":"{{TestKeys.Ours.KeyId}}","typ":"JWT"}""");
        jwt.Decode(Forge.Claims("""{"exp":4102444800}""")).Failure.Should().Be(TokenFailure.Malformed);
        jwt.Decode(Forge.Claims("""{"sub":"ann","exp":4102444800,"cnf":{}}""")).Failure.Should().Be(TokenFailure.SenderConstrained);
        jwt.Decode(Forge.Claims("""{"sub":"ann","exp":4102444800,"aud":"other"}""")).Failure.Should().Be(TokenFailure.InvalidAudience);
        jwt.Decode(Forge.Sign("""{"alg":"RS256","typ":"at+jwt"}""", Forge.GoodPayload)).Failure.Should().Be(TokenFailure.UnsupportedHeader);
        jwt.Keys.FetchStatus.Should().BeNull();
        jwt.Keys.Reset();
        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
    }

    /// <summary>Serialized settings can end up in logs and support tickets.</summary>
    [Fact]
    public void Private_keys_are_not_serialized_with_the_options()
    {
        var options = new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, PublicKeys = { TestKeys.Ours.PublicKeyPem }, Audience = "orders" };
        string json = JsonSerializer.Serialize(options);
        json.Should().Contain("orders").And.Contain("\"PublicKeys\"");
        ShouldShowNothingOf(TestKeys.Ours, json);
    }

    /// <summary>Clocks, clients, meters and loggers cannot be written as text.</summary>
    [Fact]
    public void Parts_of_the_program_are_not_serialized_with_the_options()
    {
        string json = JsonSerializer.Serialize(new ApiJwtOptions
        {
            Signer = _signer, TimeProvider = Clock.Standing(), CreateHttpClient = () => _client, MeterFactory = _meters,
            LoggerFactory = NullLoggerFactory.Instance,
        });

        using var document = JsonDocument.Parse(json);
        document.RootElement.EnumerateObject().Select(member => member.Name).Should().NotContain(
            ["PrivateKey", "Signer", "TimeProvider", "CreateHttpClient", "MeterFactory", "LoggerFactory"]);
        ShouldShowNothingOf(TestKeys.Second, json);
    }

    [Fact]
    public void Private_keys_are_not_serialized_with_a_key_pair()
    {
        string json = JsonSerializer.Serialize(TestKeys.Ours);
        json.Should().Contain(TestKeys.Ours.KeyId);
        ShouldShowNothingOf(TestKeys.Ours, json);
        $"{TestKeys.Ours} {new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem }}".Should().Be("ApiJwts.RsaKeyPair ApiJwts.ApiJwtOptions");
    }

    public void Dispose()
    {
        _signer.Dispose();
        _meters.Dispose();
        _client.Dispose();
    }

    private static void Check(string name, bool good, Action<ApiJwtOptions> set) => CheckPart($"{name} must ", good, set);

    private static void CheckPart(string message, bool good, Action<ApiJwtOptions> set)
    {
        ApiJwtOptions options = TestKeys.Issuing;
        set(options);
        Action construct = () => _ = new PlainJwt(options);
        if (good)
            construct.Should().NotThrow();
        else
            construct.Should().ThrowExactly<ApiJwtException>().WithMessage($"*ApiJwtOptions.{message}*");
    }

    private static void ShouldShowNothingOf(RsaKeyPair pair, string json)
    {
        // An escape in the JSON would hide a line of the key from the search.
        string text = json.Replace("\\u002B", "+", StringComparison.Ordinal);
        text.Should().NotContainAny(pair.PrivateKeyPem.Split('\n').Where(line => line.Length > 8));
        text.Should().NotContainAny(pair.PrivateKeyForEnvironment[100..200], "PRIVATE KEY");
    }
}
