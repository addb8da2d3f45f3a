using Hudya.Tests.Support;

namespace Hudya.Tests.Issuing;

public class Text_of_every_script_arrives_unchanged
{
    [Theory]
    [InlineData("Åse Ødegård")]
    [InlineData("日本語")]
    [InlineData("😀👩‍👩‍👧‍👦🇳🇴")]
    [InlineData("e\u0301")]
    [InlineData("\u00e9")]
    [InlineData("שלום عالم")]
    [InlineData("\u202eabc\u202c")]
    [InlineData("\ufeffann\u200b")]
    [InlineData("\ufb01\u212b\u1e9e")]
    [InlineData("\U0010ffff\uffff")]
    [InlineData("<a href=\"x\">&'+/\\\b\u2028\u007f\u0001")]
    public void As_subject_factor_target_scope_key_and_extra(string text)
    {
        string scope = new([.. text.Where(character => !char.IsControl(character))]);
        var jwt = new PlainJwt(TestKeys.Issuing, policy =>
        {
            policy.AllowKey(text, text + "_issuer", [scope]);
            policy.AllowExtra(Extra.Text(text));
            policy.AllowExtra(Extra.TextList("groups"));
        });

        VerifiedPayload payload = jwt.Decode(jwt.Encode(new TokenRequest
        {
            Subject = text,
            Key = text,
            Factor = text,
            Target = text,
            Scopes = [scope],
            Extras = new Dictionary<string, ClaimValue> { [text] = text, ["groups"] = ClaimValue.From([scope]) },
        })).Payload!;

        (payload.Subject, payload.Key, payload.Issuer, payload.Factor, payload.Target).Should().Be((text, text, text + "_issuer", text, text));
        payload.Scopes.Should().Equal(scope);
        payload.GetText(text).Should().Be(text);
        payload.GetList("groups").Should().Equal(scope);
    }
}
