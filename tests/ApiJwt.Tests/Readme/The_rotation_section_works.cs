using Hudya.Tests.Support;

namespace Hudya.Tests.Readme;

public class The_rotation_section_works
{
    [Fact]
    public void The_three_steps_leave_no_valid_token_refused()
    {
        RsaKeyPair oldPair = TestKeys.Ours;
        RsaKeyPair newPair = TestKeys.Second;
        var authService = new HudyaJwt(TestKeys.Issuing);
        var api = new HudyaJwt(TestKeys.Verifying);
        string oldToken = authService.Encode(new TokenRequest { Subject = "ann" });

        #region RotateTrust
        api.Keys.AddPublic(newPair.PublicKeyPem);
        #endregion

        api.Decode(oldToken).IsValid.Should().BeTrue("old tokens live on while the new key is announced");

        #region RotateSign
        authService.Keys.Override(publicKeys: [oldPair.PublicKeyPem], privateKey: newPair.PrivateKeyPem);
        #endregion

        string newToken = authService.Encode(new TokenRequest { Subject = "ann" });
        foreach (HudyaJwt service in (HudyaJwt[])[api, authService])
        {
            service.Decode(oldToken).IsValid.Should().BeTrue("the old token has not expired");
            service.Decode(newToken).IsValid.Should().BeTrue("the new key is known already");
        }

        #region RotateForget
        api.Keys.Override(publicKeys: [newPair.PublicKeyPem]);
        authService.Keys.Override(publicKeys: [newPair.PublicKeyPem]);
        #endregion

        authService.Keys.SigningKeyId.Should().Be(newPair.KeyId);
        foreach (HudyaJwt service in (HudyaJwt[])[api, authService])
        {
            service.Decode(oldToken).Failure.Should().Be(TokenFailure.InvalidSignature);
            service.Decode(newToken).IsValid.Should().BeTrue();
        }
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
}
