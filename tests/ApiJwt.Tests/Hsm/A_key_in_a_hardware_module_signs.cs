using System.Collections.Concurrent;
using System.Globalization;
using Hudya.Tests.Readme;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Hudya.Tests.Hsm;

/// <summary>SoftHSM stands in for a hardware module. The signer is the example from the page about private keys.</summary>
[Collection(nameof(SoftHsm))]
public sealed class A_key_in_a_hardware_module_signs : IDisposable
{
    private static readonly TokenRequest Request = new() { Subject = "ann" };

    private readonly SoftHsm _hsm;
    private readonly ITestOutputHelper _output;

    public A_key_in_a_hardware_module_signs(ITestOutputHelper output)
    {
        if (SoftHsm.LibraryPath is null)
            MissingProgram.Report("The hardware module was not asked: SoftHSM is not installed. Install it with: bash tests/ApiJwt.Tests/Hsm/install.sh");
        _output = output;
        _hsm = new SoftHsm();
    }

    public void Dispose() => _hsm?.Dispose();

    [Fact]
    public void A_key_that_was_made_in_the_module_cannot_be_exported()
    {
        IObjectHandle key = _hsm.MakeKey("first");

        IReadOnlyList<IObjectAttribute> attributes = _hsm.Read(key, CKA.CKA_LOCAL, CKA.CKA_ALWAYS_SENSITIVE, CKA.CKA_NEVER_EXTRACTABLE, CKA.CKA_PRIVATE_EXPONENT);

        attributes.Take(3).Select(attribute => attribute.GetValueAsBool()).Should().AllBeEquivalentTo(true);
        attributes[3].CannotBeRead.Should().BeTrue();
        ITokenInfo token = _hsm.Slot.GetTokenInfo();
        _output.WriteLine($"{token.Model.Trim()} {_hsm.Library.LibraryVersion}: made inside, sensitive, not extractable; its private exponent cannot be read");
    }

    [Fact]
    public async Task The_key_signs_tokens_and_its_public_half_verifies_them()
    {
        PlainJwt jwt = ServiceWithKey();

        string token = jwt.Encode(Request);
        string another = await jwt.EncodeAsync(Request, TestContext.Current.CancellationToken);

        jwt.Decode(token).IsValid.Should().BeTrue();
        jwt.Decode(another).IsValid.Should().BeTrue();
        Wire.HeaderOf(token).Should().Contain($"\"kid\":\"{jwt.Keys.SigningKeyId}\"");
        new PlainJwt(new ApiJwtOptions { PublicKeys = { new Pkcs11Signer(_hsm.Slot, "first").PublicKey } }).Decode(token).IsValid.Should().BeTrue();
        jwt.Keys.ToJwks().Should().Contain(jwt.Keys.SigningKeyId);
        _output.WriteLine($"issued and verified with key {jwt.Keys.SigningKeyId}");
    }

    [Fact]
    public void Many_threads_issue_with_the_key_at_once()
    {
        PlainJwt jwt = ServiceWithKey();

        int valid = Enumerable.Range(0, 200).AsParallel().WithDegreeOfParallelism(8).Count(_ => jwt.Decode(jwt.Encode(Request)).IsValid);

        valid.Should().Be(200);
        _output.WriteLine("200 tokens on 8 threads, all valid");
    }

    [Theory]
    [InlineData("the token is pulled out"), InlineData("its sessions are closed"), InlineData("the user is logged out")]
    public async Task A_module_that_is_gone_is_reported_by_an_exception(string what)
    {
        PlainJwt jwt = ServiceWithKey();
        string before = jwt.Encode(Request);

        Action take = what switch { "the token is pulled out" => _hsm.PullOut, "its sessions are closed" => _hsm.Slot.CloseAllSessions, _ => _hsm.LogOut };
        take();

        TokenSigningException exception = (await FluentActions.Awaiting(() => jwt.EncodeAsync(Request, TestContext.Current.CancellationToken).AsTask()).Should().ThrowExactlyAsync<TokenSigningException>()).Which;
        exception.Fault.Should().Be(TokenSigningFault.Failed);
        exception.InnerException.Should().BeOfType<Pkcs11Exception>();
        exception.Message.Should().StartWith("Pkcs11Signer could not sign: ").And.EndWith(". Nothing was signed.");
        jwt.Invoking(service => service.Encode(Request)).Should().ThrowExactly<TokenSigningException>();
        jwt.Decode(before).IsValid.Should().BeTrue("only the public half is needed to verify");
        _output.WriteLine($"{what}: {exception.Message}");
    }

    [Fact]
    public async Task A_module_that_goes_while_tokens_are_issued_leaves_only_valid_tokens()
    {
        PlainJwt jwt = ServiceWithKey();
        var issued = new ConcurrentBag<string>();
        var faults = new ConcurrentBag<TokenSigningException>();
        using var enough = new CountdownEvent(100);

        Task[] workers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            try
            {
                while (true)
                {
                    issued.Add(jwt.Encode(Request));
                    if (!enough.IsSet)
                        enough.Signal();
                }
            }
            catch (TokenSigningException fault)
            {
                faults.Add(fault);
            }
        }))];
        enough.Wait(TestContext.Current.CancellationToken);
        _hsm.PullOut();
        await Task.WhenAll(workers);

        faults.Should().HaveCount(4);
        issued.Should().OnlyContain(token => jwt.Decode(token).IsValid);
        _output.WriteLine($"pulled out while 4 threads issued: {issued.Count.ToString(CultureInfo.InvariantCulture)} tokens, all valid, and 4 exceptions");
    }

    [Fact]
    public void A_new_signer_uses_the_same_key_once_the_module_is_back()
    {
        PlainJwt jwt = ServiceWithKey();
        string before = jwt.Encode(Request);
        _hsm.LogOut();
        jwt.Invoking(service => service.Encode(Request)).Should().ThrowExactly<TokenSigningException>();

        _hsm.LogIn();
        jwt.Keys.Rotate(new Pkcs11Signer(_hsm.Slot, "first"));

        jwt.Decode(jwt.Encode(Request)).IsValid.Should().BeTrue();
        jwt.Decode(before).IsValid.Should().BeTrue();
        jwt.Keys.KeyIds.Should().ContainSingle();
        _output.WriteLine("logged in again: a new signer goes on with the same key");
    }

    private PlainJwt ServiceWithKey()
    {
        _hsm.MakeKey("first");
        return new PlainJwt(new ApiJwtOptions { Signer = new Pkcs11Signer(_hsm.Slot, "first") });
    }
}
