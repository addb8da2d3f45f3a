namespace Hudya.Tests;

public class A_missing_argument_is_named
{
    private static readonly TokenRequest Request = new() { Subject = "ann" };

    [Fact]
    public void The_policy_names_a_missing_argument() => Names(
        new PlainJwt(TestKeys.Issuing).Policy,
        ("levels", policy => policy.AllowLevels(null!)),
        ("values", policy => policy.AllowDoNotTrack(null!)),
        ("factors", policy => policy.AllowFactors(null!)),
        ("targets", policy => policy.AllowTargets(null!)),
        ("scopes", policy => policy.AllowScopes(null!)),
        ("audiences", policy => policy.AllowAudiences(null!)),
        ("key", policy => policy.AllowKey(null!, "auth", [])),
        ("issuer", policy => policy.AllowKey("a", null!, [])),
        ("scopes", policy => policy.AllowKey("a", "auth", null!)),
        ("extra", policy => policy.AllowExtra(null!)),
        ("claim", policy => policy.SetDefault(null!, 1)));

    [Fact]
    public void An_extra_names_a_missing_argument() => FluentActions.Invoking(() => Extra.Text(null!)).Should().Throw<ArgumentNullException>().WithParameterName("name");

    [Fact]
    public void The_service_and_its_key_ring_name_a_missing_argument()
    {
        Names(new PlainJwt(TestKeys.Issuing), ("request", jwt => jwt.Encode(null!)), ("request", jwt => jwt.IssueAsync(null!).AsTask()), ("validationParameters", jwt => jwt.TokenHandler.ValidateTokenAsync("", null!).GetAwaiter().GetResult()));
        Names(
            new PlainJwt(TestKeys.Issuing).Keys,
            ("publicKeys", keys => keys.AddPublic(null!)),
            ("privateKey", keys => keys.Rotate((string)null!)),
            ("signer", keys => keys.Rotate((TokenSigner)null!)),
            ("keyId", keys => keys.Remove(null!)),
            ("keyId", keys => keys.Contains(null!)),
            ("options", keys => keys.Reload(null!)));
    }

    [Fact]
    public void A_payload_names_a_missing_argument()
    {
        var jwt = new PlainJwt(TestKeys.Issuing);
        Names(
            jwt.Decode(jwt.Encode(Request)).Payload!,
            ("scope", payload => payload.HasScope(null!)),
            ("scopes", payload => payload.HasAnyScope(null!)),
            ("scopes", payload => payload.HasAllScopes(null!)),
            ("name", payload => payload.GetText(null!)),
            ("name", payload => payload.GetList(null!)));
    }

    private static void Names<T>(T subject, params (string Name, Action<T> Act)[] mistakes)
    {
        foreach ((string name, Action<T> act) in mistakes)
            subject.Invoking(act).Should().ThrowExactly<ArgumentNullException>().WithParameterName(name);
    }
}
