using Hudya.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Hudya.Tests.Readme;

public class Extras_work
{
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
