using Microsoft.Extensions.Time.Testing;

namespace Hudya.Tests.Readme;

[Collection(nameof(WholeProcess))]
public class The_rotation_runbook_works
{
    private readonly RsaKeyPair oldPair = TestKeys.Ours;
    private readonly RsaKeyPair newPair = TestKeys.Second;

    [Fact]
    public void The_three_steps_refuse_no_valid_token()
    {
        FakeTimeProvider clock = Clock.Standing();
        var authService = new HudyaJwt(new ApiJwtOptions { PrivateKey = oldPair.PrivateKeyPem, TimeProvider = clock });
        var api = new HudyaJwt(new ApiJwtOptions { PublicKeys = { oldPair.PublicKeyPem }, TimeProvider = clock });
        // This API takes each step as late as the page allows.
        var laterApi = new HudyaJwt(new ApiJwtOptions { PublicKeys = { oldPair.PublicKeyPem }, TimeProvider = clock });
        HudyaJwt[] services = [authService, api, laterApi];
        List<string> inFlight = [authService.Encode(new TokenRequest { Subject = "ann" })];
        ShouldAllBeValid(services, inFlight);

        #region RotateTrust
        api.Keys.AddPublic(newPair.PublicKeyPem);
        #endregion

        inFlight.Add(authService.Encode(new TokenRequest { Subject = "bob" }));
        ShouldAllBeValid(services, inFlight);
        laterApi.Keys.AddPublic(newPair.PublicKeyPem);
        api.Keys.KeyIds.Should().Contain(newPair.KeyId);
        ShouldAllBeValid(services, inFlight);

        #region RotateSign
        authService.Keys.Rotate(newPair.PrivateKeyPem);
        #endregion

        authService.Keys.SigningKeyId.Should().Be(newPair.KeyId);
        inFlight.Add(authService.Encode(new TokenRequest { Subject = "cid" }));
        ShouldAllBeValid(services, inFlight);

        // The rotation is undone and repeated.
        authService.Keys.Rotate(oldPair.PrivateKeyPem);
        inFlight.Add(authService.Encode(new TokenRequest { Subject = "dan" }));
        ShouldAllBeValid(services, inFlight);
        authService.Keys.Rotate(newPair.PrivateKeyPem);
        inFlight.Add(authService.Encode(new TokenRequest { Subject = "eve" }));

        clock.Advance(TimeSpan.FromMinutes(59));
        ShouldAllBeValid(services, inFlight);
        clock.Advance(TimeSpan.FromMinutes(1));
        foreach (string token in inFlight)
            api.Decode(token).Failure.Should().Be(TokenFailure.Expired, "the page says to wait until the last old token has expired");
        inFlight = [authService.Encode(new TokenRequest { Subject = "fay" })];

        #region RotateForget
        api.Keys.Remove(oldPair.KeyId);
        authService.Keys.Remove(oldPair.KeyId);
        #endregion

        ShouldAllBeValid(services, inFlight);
        laterApi.Keys.Remove(oldPair.KeyId);
        authService.Keys.SigningKeyId.Should().Be(newPair.KeyId, "the new key keeps signing");
        inFlight.Add(authService.Encode(new TokenRequest { Subject = "gus" }));
        ShouldAllBeValid(services, inFlight);
        foreach (HudyaJwt service in services)
            service.Keys.KeyIds.Should().Equal(newPair.KeyId);
    }

    [Fact]
    public void Reset_goes_back_to_the_keys_of_the_constructor()
    {
        var jwt = new HudyaJwt(TestKeys.Verifying);
        jwt.Keys.Override(publicKeys: [TestKeys.Second.PublicKeyPem]);

        #region Reset
        jwt.Keys.Reset();
        #endregion

        jwt.Keys.KeyIds.Should().Equal(TestKeys.Ours.KeyId);
    }

    [Fact]
    public void A_key_that_has_leaked_is_refused_at_once()
    {
        var authService = new HudyaJwt(TestKeys.Issuing);
        var api = new HudyaJwt(TestKeys.Verifying);
        string oldToken = authService.Encode(new TokenRequest { Subject = "ann" });
        ShouldAllBeValid([authService, api], [oldToken]);

        #region Leaked
        api.Keys.AddPublic(newPair.PublicKeyPem);
        api.Keys.Remove(oldPair.KeyId);
        authService.Keys.Rotate(newPair.PrivateKeyPem);
        authService.Keys.Remove(oldPair.KeyId);
        #endregion

        api.Decode(oldToken).Failure.Should().Be(TokenFailure.InvalidSignature);
        authService.Decode(oldToken).Failure.Should().Be(TokenFailure.InvalidSignature);
        ShouldAllBeValid([authService, api], [authService.Encode(new TokenRequest { Subject = "ann" })]);
    }

    [Fact]
    public void The_steps_can_be_taken_in_settings_with_the_same_result()
    {
        string bothKeys = $"{oldPair.PublicKeyPem}\n{newPair.PublicKeyPem}\n";
        HudyaJwt oldAuthService = WithSettings(oldPair.PrivateKeyPem, null);
        string oldToken = oldAuthService.Encode(new TokenRequest { Subject = "ann" });

        HudyaJwt apiOfStep1 = WithSettings(null, bothKeys);
        HudyaJwt authServiceOfStep2 = WithSettings(newPair.PrivateKeyPem, oldPair.PublicKeyPem);
        string newToken = authServiceOfStep2.Encode(new TokenRequest { Subject = "ann" });
        HudyaJwt apiOfStep3 = WithSettings(null, newPair.PublicKeyPem);
        HudyaJwt authServiceOfStep3 = WithSettings(newPair.PrivateKeyPem, null);

        ShouldAllBeValid([oldAuthService, apiOfStep1, authServiceOfStep2], [oldToken]);
        ShouldAllBeValid([apiOfStep1, authServiceOfStep2, apiOfStep3, authServiceOfStep3], [newToken]);
        apiOfStep3.Decode(oldToken).Failure.Should().Be(TokenFailure.InvalidSignature);
        authServiceOfStep3.Decode(oldToken).Failure.Should().Be(TokenFailure.InvalidSignature);
    }

    [Fact]
    public void The_page_has_the_tested_steps_in_their_order() =>
        Page.At("src/ApiJwt/docs/ROTATION.md").BlocksOf("csharp").Should().Equal(Regions.Of("The_rotation_runbook_works.cs"));

    private static HudyaJwt WithSettings(string? privateKey, string? publicKeys) =>
        WholeProcess.WithEnvironment(() => new HudyaJwt(ApiJwtOptions.FromEnvironment()), ("JWT_KEY_PRIVATE", privateKey), ("JWT_KEY_PUBLIC", publicKeys));

    private static void ShouldAllBeValid(IEnumerable<HudyaJwt> services, IReadOnlyCollection<string> tokens)
    {
        foreach (HudyaJwt service in services)
        {
            foreach (string token in tokens)
                service.Decode(token).Reason.Should().BeNull();
        }
    }
}
