namespace Hudya.Tests.Readme;

[Collection(nameof(WholeProcess))]
public class The_keys_section_works
{
    [Fact]
    public void The_variables_on_the_page_set_the_options()
    {
        (string Name, string? Value)[] variables =
        [
            ("JWT_KEY_PRIVATE", TestKeys.Ours.PrivateKeyForEnvironment),
            ("JWT_KEY_PUBLIC", TestKeys.Second.PublicKeyForEnvironment),
            ("JWT_KEY_PRIVATE_FILE", null),
            ("JWT_KEY_PUBLIC_FILE", null),
            ("JWT_TOKEN_TTL", "60"),
        ];

        HudyaJwt service = WholeProcess.WithEnvironment(
            () =>
            {
                #region FromEnvironment
                var jwt = new HudyaJwt(ApiJwtOptions.FromEnvironment());
                #endregion
                return jwt;
            },
            variables);

        service.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        service.Keys.KeyIds.Should().BeEquivalentTo(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
        string token = service.Encode(new TokenRequest { Subject = "ann" });
        service.Decode(token).Payload!.ExpiresAt.Should().BeOnOrBefore(TimeProvider.System.GetUtcNow().AddSeconds(60));
        Page.Readme.RowsOf("## Keys").Keys.Should().Equal(variables.Select(variable => variable.Name), "the page lists these variables");
    }
}
