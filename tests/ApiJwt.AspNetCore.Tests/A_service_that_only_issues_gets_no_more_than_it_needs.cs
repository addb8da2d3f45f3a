namespace Hudya.Tests.AspNetCore;

public class A_service_that_only_issues_gets_no_more_than_it_needs
{
    [Theory]
    [InlineData("Microsoft.AspNetCore.Authorization")]
    [InlineData("Microsoft.AspNetCore.Authentication")]
    [InlineData("Microsoft.AspNetCore.Routing")]
    [InlineData("Microsoft.AspNetCore.SignalR")]
    [InlineData("Microsoft.AspNetCore.Http")]
    public void Nothing_that_answers_requests(string space)
    {
        var services = new ServiceCollection();

        services.AddApiJwt<HudyaJwt>("Jwt");

        Of(services, space).Should().BeEmpty();
        services.Should().NotContain(service => service.ServiceType == typeof(VerifiedPayload));
        services.AddAuthentication().AddApiJwt<HudyaJwt>();
        Of(services, space).Should().NotBeEmpty("the scheme registers them");
    }

    private static IEnumerable<string> Of(IServiceCollection services, string space) =>
        services.Select(service => service.ServiceType.FullName!).Where(name => name.StartsWith(space, StringComparison.Ordinal));
}
