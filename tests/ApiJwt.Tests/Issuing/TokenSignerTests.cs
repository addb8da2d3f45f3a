using System.Text;
using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

/// <summary>A signer stands for a private key in a hardware module, a key vault or a certificate store, which this library never reads.</summary>
public sealed class TokenSignerTests : IDisposable
{
    private static readonly TokenRequest Ann = new() { Subject = "ann" };

    private readonly ElsewhereSigner _signer = new(TestKeys.Ours);
    private readonly RecordingLogger _logger = new();
    private readonly PlainJwt _jwt;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public TokenSignerTests() => _jwt = new PlainJwt(new ApiJwtOptions { Signer = _signer }, policy => policy.WriteTokenId(), _logger);

    [Fact]
    public async Task A_signer_may_sign_synchronously()
    {
        IssuedToken token = _jwt.Issue(Ann);
        _jwt.Decode(token.Text).Payload!.TokenId.Should().Be(token.TokenId);
        _jwt.Decode(_jwt.Encode(Ann)).IsValid.Should().BeTrue();
        _jwt.Decode(await _jwt.EncodeAsync(Ann, Cancel)).IsValid.Should().BeTrue();
        Encoding.ASCII.GetString(_signer.Inputs[0]).Should().Be(token.Text[..token.Text.LastIndexOf('.')]);
    }

    [Fact]
    public async Task A_signer_may_sign_asynchronously()
    {
        _signer.Sign = async (input, _) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), Cancel);
            return _signer.SignNow(input);
        };

        IssuedToken token = await _jwt.IssueAsync(Ann, Cancel);
        _jwt.Decode(token.Text).Payload!.TokenId.Should().Be(token.TokenId);
        _jwt.Decode(await _jwt.EncodeAsync(Ann, Cancel)).IsValid.Should().BeTrue();
    }

    [Fact]
    public void An_asynchronous_signer_is_refused_in_a_synchronous_call()
    {
        List<CancellationToken> calls = [];
        _signer.Sign = async (input, cancel) =>
        {
            calls.Add(cancel);
            await Task.Delay(Timeout.Infinite, cancel);
            return input;
        };

        foreach (Action issue in (Action[])[() => _jwt.Encode(Ann), () => _jwt.Issue(Ann)])
            issue.Should().ThrowExactly<ApiJwtException>().WithMessage("*signs asynchronously. Call EncodeAsync or IssueAsync*");
        calls.Should().HaveCount(2).And.OnlyContain(cancel => cancel.IsCancellationRequested, "no caller gets the token");
    }

    [Fact]
    public void The_public_half_of_a_signer_verifies_and_is_published()
    {
        _jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        _jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
        _jwt.Keys.ToJwks().Should().Contain(TestKeys.Ours.KeyId);
        new PlainJwt(TestKeys.Verifying).Decode(_jwt.Encode(Ann)).IsValid.Should().BeTrue();
    }

    /// <summary>Clients of key vaults throw different exceptions when a call is cancelled.</summary>
    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_cancelled_call_issues_nothing_whatever_the_signer_throws(bool isClosed)
    {
        using var cancel = new CancellationTokenSource();
        _signer.Sign = async (input, token) =>
        {
            await cancel.CancelAsync();
            if (isClosed)
                throw new IOException("the connection was closed");
            await Task.Delay(Timeout.Infinite, token);
            return input;
        };

        await ShouldIssueNothingAsync<OperationCanceledException>(cancel.Token);
    }

    [Fact]
    public async Task A_signer_that_takes_too_long_issues_nothing()
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
    [InlineData(true), InlineData(false)]
    public async Task A_signer_that_fails_issues_nothing(bool atOnce)
    {
        var fault = new InvalidOperationException("the module is not there");
        _signer.Sign = atOnce ? (_, _) => throw fault : (_, _) => ValueTask.FromException<byte[]>(fault);
        TokenSigningException thrown = await ShouldIssueNothingAsync<TokenSigningException>(Cancel);
        thrown.Fault.Should().Be(TokenSigningFault.Failed);
        thrown.InnerException.Should().BeSameAs(fault);
        thrown.Message.Should().Be("ElsewhereSigner could not sign: the module is not there. Nothing was signed.");
    }

    public static TheoryData<string> BadSignatures => ["of another key", "of something else", "cut off", "empty", "null", "too long", "changed"];

    /// <summary>A vault may sign with another version of the key. Every service would refuse such a token.</summary>
    [Theory]
    [MemberData(nameof(BadSignatures))]
    public async Task A_signature_that_is_not_good_issues_nothing(string kind)
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
        thrown.Message.Should().Contain("ElsewhereSigner").And.Contain(TestKeys.Ours.KeyId).And.Contain("Nothing was signed");
    }

    [Fact]
    public void Every_RSA_object_of_the_platform_can_sign()
    {
        using var rsa = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        var jwt = new PlainJwt(new ApiJwtOptions { Signer = TokenSigner.FromRsa(rsa) });
        jwt.Decode(jwt.Encode(Ann)).IsValid.Should().BeTrue();
        FluentActions.Invoking(() => TokenSigner.FromRsa(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public async Task A_cancelled_call_does_not_sign_with_a_key_of_the_platform()
    {
        using var rsa = TestKeys.RsaOf(TestKeys.Ours.PrivateKeyPem);
        foreach (ApiJwtOptions options in (ApiJwtOptions[])[new() { Signer = TokenSigner.FromRsa(rsa) }, TestKeys.Issuing])
        {
            var jwt = new PlainJwt(options);
            Func<Task> issue = async () => await jwt.EncodeAsync(Ann, new CancellationToken(canceled: true));
            await issue.Should().ThrowAsync<OperationCanceledException>();
        }
    }

    [Fact]
    public void A_service_without_a_private_key_issues_nothing_and_says_what_to_set() =>
        new PlainJwt(TestKeys.Verifying).Invoking(jwt => jwt.Encode(new TokenRequest { Subject = "ann" }))
            .Should().ThrowExactly<ApiJwtException>().WithMessage("*no private key*ApiJwtOptions.PrivateKey*JWT_KEY_PRIVATE*");

    public void Dispose() => _signer.Dispose();

    /// <summary>Checks that no token is returned, and that none is counted as issued.</summary>
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
