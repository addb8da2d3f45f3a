using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Python;

/// <summary>The tests of the Python library, adapted to a library whose instances have no state.</summary>
public class What_the_Python_library_promises_is_kept
{
    private static readonly TokenRequest Password = new()
    {
        Subject = "user1", Level = 1.0, Scopes = ["user:all"], Factor = "password", DoNotTrack = DoNotTrack.TestUser, TimeToLive = TimeSpan.FromSeconds(7200),
    };

    [Fact]
    public void A_token_is_valid_until_it_expires_and_never_bad()
    {
        FakeTimeProvider clock = Clock.Standing();
        var jwt = new PlainJwt(Clock.Issuing(clock));
        string token = jwt.Encode(Password);

        DecodeResult before = jwt.Decode(token);
        clock.Advance(TimeSpan.FromSeconds(7200));
        DecodeResult after = jwt.Decode(token);

        (before.IsValid, before.IsExpired, before.IsBad).Should().Be((true, false, false));
        (after.IsValid, after.IsExpired, after.IsBad).Should().Be((false, true, false));
        before.Payload!.ExpiresAt.ToUnixTimeSeconds().Should().Be(Clock.Start + 7200);
    }

    [Fact]
    public void Every_claim_that_was_asked_for_is_read_back()
    {
        VerifiedPayload payload = Decoded(Password);

        (payload.Subject, payload.Level, payload.Factor, payload.DoNotTrack).Should().Be(("user1", 1.0, "password", DoNotTrack.TestUser));
        (payload.HasScope("user:all"), payload.HasScope("fake")).Should().Be((true, false));
    }

    [Fact]
    public void Null_leaves_the_defaults()
    {
        VerifiedPayload payload = Decoded(new TokenRequest { Subject = "user1", Factor = null, DoNotTrack = null });

        (payload.Factor, payload.DoNotTrack).Should().Be(("", DoNotTrack.Normal));
    }

    [Fact]
    public void A_key_may_have_several_scopes()
    {
        var request = new TokenRequest { Subject = "user1", Key = "admin", Scopes = ["admin:all", "extra"] };

        Decoded(request, policy => policy.AllowKey("admin", "auth_admin", ["admin:all", "extra"])).Scopes.Should().BeEquivalentTo("admin:all", "extra");
    }

    [Fact]
    public void An_extra_that_is_not_asked_for_has_its_default()
    {
        VerifiedPayload payload = Decoded(new TokenRequest { Subject = "user1" }, AllowExtras);

        payload.GetText("testkey").Should().Be("default");
        payload.GetList("groups").Should().BeEmpty();
    }

    [Fact]
    public void An_extra_is_refused_with_a_value_or_an_element_that_is_not_allowed()
    {
        var jwt = new PlainJwt(TestKeys.Issuing, AllowExtras);

        Refusal.Of(jwt, RequestWith.Extra("testkey", "wrong")).Value.Should().Be("wrong");
        Refusal.Of(jwt, RequestWith.Extra("groups", "group3")).Value.Should().Be("group3");
        Refusal.Of(jwt, RequestWith.Extra("groups", ClaimValue.From(["group1", "group3"]))).Value.Should().Be("group3");
    }

    [Fact]
    public void An_extra_with_an_allowed_value_is_read_back()
    {
        Decoded(RequestWith.Extra("testkey", "nr3"), AllowExtras).GetText("testkey").Should().Be("nr3");
        Decoded(RequestWith.Extra("groups", ClaimValue.From(["group2"])), AllowExtras).GetList("groups").Should().Equal("group2");
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

    private static void AllowExtras(PayloadPolicy policy)
    {
        policy.AllowExtra(Extra.Text("testkey", "default", allowed: ["default", "nr2", "nr3"]));
        policy.AllowExtra(Extra.TextList("groups", [], allowed: ["group1", "group2"]));
    }
}
