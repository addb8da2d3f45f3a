using System.Text;
using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

/// <summary>In a hardware module, a key vault, a certificate store: this library never sees the private half.</summary>
public sealed class Tokens_can_be_signed_where_the_key_is : IDisposable
{
    private static readonly TokenRequest Ann = new() { Subject = "ann" };

    private readonly ElsewhereSigner _signer = new(TestKeys.Ours);
    private readonly RecordingLogger _logger = new();
    private readonly PlainJwt _jwt;

    public Tokens_can_be_signed_where_the_key_is() => _jwt = new PlainJwt(new ApiJwtOptions { Signer = _signer }, policy => policy.WriteTokenId(), _logger);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> BadSignatures => ["of another key", "of something else", "cut off", "empty", "null", "too long", "changed"];

    [Fact]
    public async Task At_once()
    {
        IssuedToken token = _jwt.Issue(Ann);

        _jwt.Decode(token.Text).Payload!.TokenId.Should().Be(token.TokenId);
        _jwt.Decode(_jwt.Encode(Ann)).IsValid.Should().BeTrue();
        _jwt.Decode(await _jwt.EncodeAsync(Ann, Cancel)).IsValid.Should().BeTrue();
        Encoding.ASCII.GetString(_signer.Inputs[0]).Should().Be(token.Text[..token.Text.LastIndexOf('.')]);
    }

    [Fact]
    public async Task Later()
    {
        SignLater();

        IssuedToken token = await _jwt.IssueAsync(Ann, Cancel);

        _jwt.Decode(token.Text).Payload!.TokenId.Should().Be(token.TokenId);
        _jwt.Decode(await _jwt.EncodeAsync(Ann, Cancel)).IsValid.Should().BeTrue();
    }

    [Fact]
    public void But_not_later_to_a_caller_who_does_not_wait()
    {
        SignLater();

        foreach (Action issue in (Action[])[() => _jwt.Encode(Ann), () => _jwt.Issue(Ann)])
            issue.Should().ThrowExactly<ApiJwtException>().WithMessage("*signs asynchronously. Call EncodeAsync or IssueAsync*");
    }

    [Fact]
    public void And_verified_and_published_by_its_public_half()
    {
        _jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        _jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        _jwt.Keys.ToJwks().Should().Contain(TestKeys.Ours.KeyId);
        new PlainJwt(TestKeys.Verifying).Decode(_jwt.Encode(Ann)).IsValid.Should().BeTrue();
    }

    [Fact]
    public async Task Unless_the_caller_cancels()
    {
        using var cancel = new CancellationTokenSource();
        _signer.Sign = async (input, token) =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return input;
        };

        await ShouldIssueNothingAsync<OperationCanceledException>(cancel.Token);
    }

    /// <summary>Not every client of a vault throws what the platform does.</summary>
    [Fact]
    public async Task Whatever_the_signer_says_to_it()
    {
        using var cancel = new CancellationTokenSource();
        _signer.Sign = async (_, _) =>
        {
            await cancel.CancelAsync();
            throw new IOException("the connection was closed");
        };

        await ShouldIssueNothingAsync<OperationCanceledException>(cancel.Token);
    }

    [Fact]
    public async Task Unless_it_takes_too_long()
    {
        foreach (Exception late in (Exception[])[new TimeoutException(), new TaskCanceledException(), new OperationCanceledException()])
        {
            _signer.Sign = (_, _) => ValueTask.FromException<byte[]>(late);

            TokenSigningException thrown = await ShouldIssueNothingAsync<TokenSigningException>(Cancel);
            thrown.Fault.Should().Be(TokenSigningFault.TimedOut);
            thrown.InnerException.Should().BeSameAs(late);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Unless_it_fails(bool atOnce)
    {
        var fault = new InvalidOperationException("the module is not there");
        _signer.Sign = atOnce ? (_, _) => throw fault : (_, _) => ValueTask.FromException<byte[]>(fault);

        TokenSigningException thrown = await ShouldIssueNothingAsync<TokenSigningException>(Cancel);

        thrown.Fault.Should().Be(TokenSigningFault.Failed);
        thrown.InnerException.Should().BeSameAs(fault);
        thrown.Message.Should().Be("ElsewhereSigner could not sign: the module is not there. No token was issued.");
    }

    /// <summary>Such as another version of the key: every service would refuse the token.</summary>
    [Theory]
    [MemberData(nameof(BadSignatures))]
    public async Task Unless_the_signature_is_not_good(string kind)
    {
        using var other = new ElsewhereSigner(TestKeys.Second);
        _signer.Sign = (input, _) => new(kind switch
        {
            "of another key" => other.SignNow(input),
            "of something else" => _signer.SignNow([.. input, 0]),
            "cut off" => _signer.SignNow(input)[..^1],
            "empty" => [],
            "null" => null!,
            "too long" => [0, .. _signer.SignNow(input)],
            _ => [.. _signer.SignNow(input)[..^1], 0xFF],
        });

        TokenSigningException thrown = await ShouldIssueNothingAsync<TokenSigningException>(Cancel);

        thrown.Fault.Should().Be(TokenSigningFault.InvalidSignature);
        thrown.Message.Should().Contain("ElsewhereSigner").And.Contain(TestKeys.Ours.KeyId).And.Contain("No token was issued");
    }

    [Fact]
    public void Beside_no_private_key()
    {
        var options = new ApiJwtOptions { Signer = _signer, PrivateKey = TestKeys.Second.PrivateKeyPem };

        FluentActions.Invoking(() => new PlainJwt(options)).Should().ThrowExactly<ApiJwtException>().WithMessage("ApiJwtOptions.Signer and ApiJwtOptions.PrivateKey are both set*");
    }

    [Fact]
    public void And_by_everything_that_the_platform_shows_as_an_RSA()
    {
        using var rsa = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        var jwt = new PlainJwt(new ApiJwtOptions { Signer = TokenSigner.FromRsa(rsa) });

        jwt.Decode(jwt.Encode(Ann)).IsValid.Should().BeTrue();
        FluentActions.Invoking(() => TokenSigner.FromRsa(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public async Task And_a_cancelled_call_asks_no_signer_of_the_platform()
    {
        using var rsa = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        foreach (ApiJwtOptions options in (ApiJwtOptions[])[new() { Signer = TokenSigner.FromRsa(rsa) }, TestKeys.Issuing])
        {
            var jwt = new PlainJwt(options);
            Func<Task> issue = async () => await jwt.EncodeAsync(Ann, new CancellationToken(canceled: true));
            await issue.Should().ThrowAsync<OperationCanceledException>();
        }
    }

    public void Dispose() => _signer.Dispose();

    private void SignLater() => _signer.Sign = async (input, _) =>
    {
        await Task.Delay(TimeSpan.FromMilliseconds(100), Cancel);
        return _signer.SignNow(input);
    };

    /// <summary>No token leaves, and none is said to have been issued.</summary>
    private async Task<TException> ShouldIssueNothingAsync<TException>(CancellationToken cancel)
        where TException : Exception
    {
        IssuedToken? issued = null;
        Func<Task> issue = async () => issued = await _jwt.IssueAsync(Ann, cancel);

        TException thrown = (await issue.Should().ThrowAsync<TException>()).Which;

        issued.Should().BeNull();
        _logger.Entries.Should().BeEmpty();
        return thrown;
    }
}
