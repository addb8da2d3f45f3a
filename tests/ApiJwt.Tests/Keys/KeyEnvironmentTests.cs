using Hudya.Tests.Support;

namespace Hudya.Tests.Keys;

[Collection(nameof(WholeProcess))]
public class KeyEnvironmentTests
{
    private const string Private = "JWT_KEY_PRIVATE";
    private const string Public = "JWT_KEY_PUBLIC";

    [Fact]
    public void A_faulty_public_key_of_the_environment_is_named_by_its_variable()
    {
        KeyFormatException exception = Refused.By(OptionsWith((Private, null), (Public, TestKeys.Ours.PrivateKeyPem)));

        exception.Message.Should().StartWith($"{Public}: this is a private key").And.NotContain("ApiJwtOptions");
        Refused.Repeats_nothing_of(TestKeys.Ours.PrivateKeyPem, exception);
    }

    [Fact]
    public void A_faulty_private_key_of_the_environment_is_named_by_its_variable()
    {
        KeyFormatException exception = Refused.By(OptionsWith((Private, TestKeys.Ours.PublicKeyForEnvironment), (Public, null)));

        exception.Message.Should().StartWith($"{Private}: this is a public key").And.NotContain("ApiJwtOptions");
        Refused.Repeats_nothing_of(TestKeys.Ours.PublicKeyPem, exception);
    }

    [Fact]
    public void Swapped_keys_of_the_environment_are_both_named_by_their_variables()
    {
        KeyFormatException exception = Refused.By(OptionsWith((Private, TestKeys.Ours.PublicKeyPem), (Public, TestKeys.Ours.PrivateKeyPem)));

        exception.Faults.Should().SatisfyRespectively(
            fault => fault.Should().StartWith(Private),
            fault => fault.Should().StartWith(Public));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void An_environment_without_a_key_is_refused_with_the_variables_to_set(string? value)
    {
        ApiJwtOptions options = OptionsWith((Private, value), (Public, value));

        FluentActions.Invoking(() => new PlainJwt(options)).Should().Throw<ApiJwtException>()
            .WithMessage("There is no key. Set JWT_KEY_PUBLIC or ApiJwtOptions.JwksUri to verify tokens, or JWT_KEY_PRIVATE to issue and verify them*");
    }

    private static ApiJwtOptions OptionsWith(params (string Name, string? Value)[] variables) =>
        WholeProcess.WithEnvironment(ApiJwtOptions.FromEnvironment, variables);
}
