// An API with the bearer scheme of ASP.NET Core, without a reference to ApiJwt.
using System.Security.Claims;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddAuthentication().AddJwtBearer(options =>
{
    options.Authority = builder.Configuration["Authority"];
    options.Audience = "orders";
});
builder.Services.AddAuthorization();

WebApplication app = builder.Build();
app.MapGet("/me", (ClaimsPrincipal user) => $"{user.FindFirstValue(ClaimTypes.NameIdentifier)} {user.FindFirstValue("scope")}").RequireAuthorization();
app.Run();
