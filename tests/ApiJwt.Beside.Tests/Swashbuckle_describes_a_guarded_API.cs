using System.Text.Json;

namespace Hudya.Tests.Beside;

public class Swashbuckle_describes_a_guarded_API
{
    [Fact]
    public async Task Swashbuckle_does_not_list_the_payload_as_a_parameter()
    {
        await using GuardedApp app = await GuardedApp.StartAsync(
            app =>
            {
                app.UseSwagger();
                app.MapGet("/me", (VerifiedPayload me, int number) => $"{me.Subject} {number}");
                app.MapGet("/mobile", () => "in").RequireScope("support:mobile");
            },
            builder => builder.Services.AddEndpointsApiExplorer().AddSwaggerGen());

        using var document = JsonDocument.Parse(await app.GetTextAsync("/swagger/v1/swagger.json"));

        JsonElement paths = document.RootElement.GetProperty("paths");
        paths.EnumerateObject().Select(path => path.Name).Should().Equal("/me", "/mobile");
        JsonElement me = paths.GetProperty("/me").GetProperty("get");
        me.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()).Should().Equal("number");
        me.TryGetProperty("requestBody", out _).Should().BeFalse();
        (await app.GetTextAsync("/me?number=5", GuardedApp.Issue())).Should().Be("ann 5");
    }
}
