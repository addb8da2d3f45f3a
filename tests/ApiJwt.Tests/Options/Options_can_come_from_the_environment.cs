using Hudya.Tests.Support;

namespace Hudya.Tests.Options;

[Collection(nameof(WholeProcess))]
public class Options_can_come_from_the_environment
{
    private const string Private = "JWT_KEY_PRIVATE";
    private const string Public = "JWT_KEY_PUBLIC";
    private const string TimeToLive = "JWT_TOKEN_TTL";

    [Fact]
    public void By_the_variables_of_the_Python_library()
    {
        ApiJwtOptions options = OptionsWith(TestKeys.Ours.PrivateKeyForEnvironment, TestKeys.Second.PublicKeyForEnvironment, "7200");
        var jwt = new PlainJwt(options);

        options.TimeToLive.Should().Be(TimeSpan.FromHours(2));
        jwt.Keys.SigningKeyId.Should().Be(TestKeys.Ours.KeyId);
        jwt.Keys.KeyIds.Should().BeEquivalentTo(TestKeys.Ours.KeyId, TestKeys.Second.KeyId);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void What_is_missing_or_empty_has_its_default(string? value)
    {
        ApiJwtOptions options = OptionsWith(value, value, value);

        options.PrivateKey.Should().BeNull();
        options.PublicKeys.Should().BeEmpty();
        options.TimeToLive.Should().Be(TimeSpan.FromHours(1));
        options.Should().BeEquivalentTo(new ApiJwtOptions());
    }

    [Fact]
    public void A_service_that_only_verifies_needs_the_public_key_alone()
    {
        var jwt = new PlainJwt(OptionsWith(null, TestKeys.Ours.PublicKeyPem, null));

        jwt.Decode(Forge.Claims(Forge.GoodPayload)).IsValid.Should().BeTrue();
        jwt.Keys.SigningKeyId.Should().BeNull();
    }

    [Theory]
    [InlineData("1h")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("3600.5")]
    [InlineData("3,600")]
    [InlineData("0x10")]
    [InlineData("1e3")]
    [InlineData("٣٦٠٠")]
    [InlineData("99999999999999999999")]
    public void A_time_to_live_that_is_no_whole_number_is_refused(string value)
    {
        FluentActions.Invoking(() => OptionsWith(null, TestKeys.Ours.PublicKeyPem, value))
            .Should().ThrowExactly<ApiJwtException>().Which.Message.Should().StartWith("JWT_TOKEN_TTL is not a whole number of seconds");
    }

    [Fact]
    public void A_time_to_live_of_zero_is_refused_by_the_variables_name()
    {
        ApiJwtOptions options = OptionsWith(TestKeys.Ours.PrivateKeyPem, null, "0");

        FluentActions.Invoking(() => new PlainJwt(options)).Should().ThrowExactly<ApiJwtException>().WithMessage("JWT_TOKEN_TTL must be between 1 second and 366 days.");
    }

    [Theory]
    [InlineData(" 3600")]
    [InlineData("3600\n")]
    public void Blanks_around_a_time_to_live_do_not_matter(string value) =>
        OptionsWith(null, null, value).TimeToLive.Should().Be(TimeSpan.FromHours(1));

    [Fact]
    public void A_time_to_live_of_a_thousand_years_is_refused_for_what_it_is()
    {
        ApiJwtOptions options = OptionsWith(TestKeys.Ours.PrivateKeyPem, null, "31557600000");

        FluentActions.Invoking(() => new PlainJwt(options)).Should().ThrowExactly<ApiJwtException>().WithMessage("JWT_TOKEN_TTL must be between 1 second and 366 days.");
    }

    [Fact]
    public void The_longest_time_to_live_that_fits_is_taken()
    {
        OptionsWith(null, null, "2147483647").TimeToLive.Should().Be(TimeSpan.FromSeconds(int.MaxValue));
    }

    [Fact]
    public void What_is_set_after_it_goes_before_it()
    {
        ApiJwtOptions options = OptionsWith(TestKeys.Ours.PrivateKeyPem, null, "7200");
        options.TimeToLive = TimeSpan.FromSeconds(5);
        options.TimeProvider = Clock.Standing();

        Wire.ClaimsOf(new PlainJwt(options).Encode(new TokenRequest { Subject = "ann" }))["exp"]!.GetValue<long>().Should().Be(Clock.Start + 5);
    }

    private static ApiJwtOptions OptionsWith(string? privateKey, string? publicKey, string? timeToLive) =>
        WholeProcess.WithEnvironment(ApiJwtOptions.FromEnvironment, (Private, privateKey), (Public, publicKey), (TimeToLive, timeToLive));
}
