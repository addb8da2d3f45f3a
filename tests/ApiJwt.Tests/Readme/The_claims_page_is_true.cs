using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Readme;

public partial class The_claims_page_is_true
{
    private static readonly IReadOnlyDictionary<string, string> Claims = Page.At("src/ApiJwt/docs/CLAIMS.md").RowsOf("## The claims");

    [Fact]
    public void Every_claim_has_a_row_and_every_row_is_a_claim()
    {
        string token = new PlainJwt(new ApiJwtOptions { PrivateKey = TestKeys.Ours.PrivateKeyPem, Audience = "shop" }).Encode(new TokenRequest { Subject = "ann" });

        Wire.ClaimsOf(token).Select(claim => claim.Key).Should().BeEquivalentTo(Claims.Keys);
    }

    [Fact]
    public void A_claim_that_is_not_set_has_the_default_on_the_page()
    {
        JsonObject sent = Wire.ClaimsOf(new PlainJwt(Clock.Issuing(Clock.Standing())).Encode(new TokenRequest { Subject = "ann" }));

        foreach ((string claim, string row) in Claims.Where(claim => claim.Key is not ("sub" or "exp" or "aud")))
            row.Split('|')[1].Should().Contain($"`{sent[claim]!.ToJsonString()}`");
        sent["exp"]!.GetValue<long>().Should().Be(Clock.Start + 3600);
        sent.ContainsKey("aud").Should().BeFalse();
    }

    [Fact]
    public void A_claim_is_set_and_read_by_the_names_on_the_page()
    {
        foreach (string row in Claims.Values)
        {
            string[] cells = row.Split('|');
            foreach (string name in CodeSpan().Matches(cells[0]).Select(match => match.Groups["name"].Value))
                new[] { typeof(TokenRequest), typeof(ApiJwtOptions) }.SelectMany(type => type.GetProperties()).Select(property => property.Name).Should().Contain(name);
            foreach (string name in CodeSpan().Matches(cells[2]).Select(match => match.Groups["name"].Value))
                typeof(VerifiedPayload).GetMembers().Select(member => member.Name).Should().Contain(name);
        }
    }

    [Fact]
    public void An_extra_is_declared_issued_and_read()
    {
        var jwt = new ShopJwt(TestKeys.Issuing);

        #region ExtrasIssued
        string token = jwt.Encode(new TokenRequest
        {
            Subject = "user@domain.com",
            Extras = new Dictionary<string, ClaimValue>
            {
                ["department"] = "care",
                ["regions"] = new[] { "north", "west" },
            },
        });
        #endregion

        VerifiedPayload payload = jwt.Decode(token).Payload!;

        #region ExtrasRead
        string? department = payload.GetText("department");               // "care"
        long? orders = payload.GetInteger("orders");                      // 10, the default
        double? discount = payload.GetNumber("discount");                 // null: not asked for, and no default
        IReadOnlyList<string>? regions = payload.GetList("regions");      // "north", "west"
        #endregion

        department.Should().Be("care");
        orders.Should().Be(10);
        discount.Should().BeNull();
        regions.Should().Equal("north", "west");
    }

    [GeneratedRegex(@"`(ApiJwtOptions\.)?(?<name>\w+)`")]
    private static partial Regex CodeSpan();

    private sealed class ShopJwt : ApiJwt
    {
        public ShopJwt(ApiJwtOptions options, ILogger<ShopJwt>? logger = null)
            : base(options, logger)
        {
            #region ExtrasDeclared
            Policy.AllowExtra(Extra.Text("department", allowed: ["sales", "care"]));
            Policy.AllowExtra(Extra.Integer("orders", defaultValue: 10));
            Policy.AllowExtra(Extra.Number("discount", allowedPerKey: new Dictionary<string, double[]> { ["admin"] = [0.1, 0.25] }));
            Policy.AllowExtra(Extra.TextList("regions"));
            #endregion
        }
    }
}
