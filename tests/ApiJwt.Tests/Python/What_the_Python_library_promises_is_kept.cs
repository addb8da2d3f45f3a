using Hudya.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Python;

/// <summary>The tests of the Python library, adapted to a library whose instances have no state.</summary>
public class What_the_Python_library_promises_is_kept
{
    private static readonly TokenRequest Password = new()
    {
        Subject = "user1",
        Level = 1.0,
        Scopes = ["user:all"],
        Factor = "password",
        TimeToLive = TimeSpan.FromSeconds(7200),
    };

    [Fact]
    public void A_new_token_has_its_subject()
    {
        Decoded(Password).Subject.Should().Be("user1");
    }

    [Fact]
    public void A_new_token_is_valid_and_neither_expired_nor_bad()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);

        DecodeResult result = jwt.Decode(jwt.Encode(Password));

        (result.IsValid, result.IsExpired, result.IsBad).Should().Be((true, false, false));
    }

    [Fact]
    public void Decoding_gives_back_level_scopes_factor_and_expiry()
    {
        var jwt = new PlainJwt(Clock.Issuing(Clock.Standing()));

        VerifiedPayload payload = jwt.Decode(jwt.Encode(Password)).Payload!;

        payload.Level.Should().Be(1.0);
        payload.HasScope("user:all").Should().BeTrue();
        payload.HasScope("fake").Should().BeFalse();
        payload.Factor.Should().Be("password");
        payload.ExpiresAt.ToUnixTimeSeconds().Should().Be(Clock.Start + 7200);
    }

    [Fact]
    public void An_extra_that_is_not_asked_for_has_its_default()
    {
        Decoded(new TokenRequest { Subject = "user1" }, AllowTestKey).GetText("testkey").Should().Be("default");
    }

    [Fact]
    public void An_extra_is_refused_with_a_value_that_is_not_allowed()
    {
        Refusal.Of(new PlainJwt(TestKeys.Issuing, AllowTestKey), TestKey("wrong")).Claim.Should().Be("testkey");
    }

    [Fact]
    public void An_extra_with_an_allowed_value_is_read_back()
    {
        Decoded(TestKey("nr3"), AllowTestKey).GetText("testkey").Should().Be("nr3");
    }

    [Fact]
    public void An_expired_token_is_expired_and_not_valid()
    {
        FakeTimeProvider clock = Clock.Standing();
        var jwt = new PlainJwt(Clock.Issuing(clock));
        string token = jwt.Encode(Password);

        clock.Advance(TimeSpan.FromSeconds(7200));

        DecodeResult result = jwt.Decode(token);
        (result.IsValid, result.IsExpired, result.IsBad).Should().Be((false, true, false));
    }

    [Fact]
    public void Another_factor_can_be_asked_for()
    {
        Decoded(new TokenRequest { Subject = "user1", Factor = "otp" }).Factor.Should().Be("otp");
    }

    [Fact]
    public void Do_not_track_and_level_are_read_back()
    {
        VerifiedPayload payload = Decoded(new TokenRequest { Subject = "user1", DoNotTrack = DoNotTrack.TestUser, Level = 3.0 });

        payload.DoNotTrack.Should().Be(DoNotTrack.TestUser);
        payload.Level.Should().Be(3.0);
    }

    [Fact]
    public void Null_leaves_the_defaults()
    {
        VerifiedPayload payload = Decoded(new TokenRequest { Subject = "user1", Factor = null, DoNotTrack = null });

        payload.Factor.Should().BeEmpty();
        payload.DoNotTrack.Should().Be(DoNotTrack.Normal);
    }

    [Fact]
    public void A_key_may_have_several_scopes()
    {
        var request = new TokenRequest { Subject = "user1", Key = "admin", Scopes = ["admin:all", "extra"] };

        Decoded(request, policy => policy.AllowKey("admin", "auth_admin", ["admin:all", "extra"]))
            .Scopes.Should().BeEquivalentTo("admin:all", "extra");
    }

    [Fact]
    public void A_list_extra_that_is_not_asked_for_is_empty()
    {
        Decoded(new TokenRequest { Subject = "user1" }, AllowGroups).GetList("groups").Should().BeEmpty();
    }

    [Fact]
    public void A_list_extra_is_refused_with_an_element_that_is_not_allowed()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, AllowGroups);

        Refusal.Of(jwt, Groups("group3")).Value.Should().Be("group3");
        Refusal.Of(jwt, Groups(ClaimValue.From(["group1", "group3"]))).Value.Should().Be("group3");
    }

    [Fact]
    public void A_list_extra_with_allowed_elements_is_read_back()
    {
        Decoded(Groups(ClaimValue.From(["group2"])), AllowGroups).GetList("groups").Should().Equal("group2");
    }

    [Fact]
    public void Keys_are_overridden_reset_and_added()
    {
        RsaKeyPair other = TestKeys.Second;
        var jwt = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, PublicKeys = { TestKeys.Ours.PublicKeyPem } });
        string first = jwt.Encode(Password);

        jwt.Keys.Override(publicKeys: [other.PublicKeyPem], privateKey: other.PrivateKeyPem);
        jwt.Decode(first).IsBad.Should().BeTrue("its key was removed");

        jwt.Keys.Reset();
        jwt.Decode(first).IsValid.Should().BeTrue("its key was restored");

        jwt.Keys.AddPublic(other.PublicKeyPem);
        jwt.Decode(first).IsValid.Should().BeTrue("adding a key removes none");

        jwt.Keys.Reset();
        jwt.Keys.Override(privateKey: other.PrivateKeyPem);
        jwt.Keys.AddPublic(other.PublicKeyPem);
        jwt.Decode(first).IsValid.Should().BeTrue("only the private key changed");

        string second = jwt.Encode(Password);
        jwt.Decode(second).IsValid.Should().BeTrue("it was signed with the new key");
        jwt.Decode(first).IsValid.Should().BeTrue("both public keys are in use");

        jwt.Keys.Reset();
        jwt.Decode(second).IsBad.Should().BeTrue("its key was removed");
        jwt.Decode(first).IsValid.Should().BeTrue("its key was given to the constructor");
    }

    private static VerifiedPayload Decoded(TokenRequest request, Action<PayloadPolicy>? configure = null) =>
        new PlainJwt(TestKeys.Verifying).Decode(new PlainJwt(TestKeys.Issuing, configure).Encode(request)).Payload!;

    private static void AllowTestKey(PayloadPolicy policy) =>
        policy.AllowExtra(Extra.Text("testkey", "default", allowed: ["default", "nr2", "nr3"]));

    private static TokenRequest TestKey(string value) =>
        new() { Subject = "user1", Extras = new Dictionary<string, ClaimValue> { ["testkey"] = value } };

    private static void AllowGroups(PayloadPolicy policy) =>
        policy.AllowExtra(Extra.TextList("groups", [], allowed: ["group1", "group2"]));

    private static TokenRequest Groups(ClaimValue value) =>
        new() { Subject = "user1", Extras = new Dictionary<string, ClaimValue> { ["groups"] = value } };
}
