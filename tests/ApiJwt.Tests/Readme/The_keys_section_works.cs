namespace Hudya.Tests.Readme;

[Collection(nameof(The_keys_section_works))]
[CollectionDefinition(nameof(The_keys_section_works), DisableParallelization = true)]
public class The_keys_section_works
{
    [Fact]
    public void The_settings_come_from_the_environment()
    {
        Dictionary<string, string?> variables = new()
        {
            ["JWT_KEY_PRIVATE"] = Support.TestKeys.Ours.PrivateKeyForEnvironment,
            ["JWT_KEY_PUBLIC"] = Support.TestKeys.Second.PublicKeyForEnvironment,
            ["JWT_TOKEN_TTL"] = "60",
        };
        variables.Keys.Should().BeEquivalentTo(ReadmeFile.RowsOf("## Keys").Keys);
        Set(variables);
        try
        {
            #region FromEnvironment
            var jwt = new HudyaJwt(ApiJwtOptions.FromEnvironment());
            #endregion

            jwt.Keys.SigningKeyId.Should().Be(Support.TestKeys.Ours.KeyId);
            jwt.Keys.KeyIds.Should().BeEquivalentTo(Support.TestKeys.Ours.KeyId, Support.TestKeys.Second.KeyId);
        }
        finally
        {
            Set(variables.ToDictionary(variable => variable.Key, _ => (string?)null));
        }
    }

    private static void Set(Dictionary<string, string?> variables)
    {
        foreach ((string name, string? value) in variables)
            Environment.SetEnvironmentVariable(name, value);
    }
}
