using ApiJwts.AspNetCore;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace ApiJwts.OpenApi;

/// <summary>Adds every scheme that verifies tokens to the document, under its name.</summary>
internal sealed class BearerSchemes : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        VerifyingScheme[] schemes = [.. context.ApplicationServices.GetServices<VerifyingScheme>()];
        if (schemes.Length == 0)
            throw new InvalidOperationException($"The OpenAPI document '{context.DocumentName}' cannot describe guarded endpoints, because no authentication scheme verifies tokens. Call services.AddAuthentication().AddApiJwt<T>(), where T is your class.");
        foreach (VerifyingScheme scheme in schemes)
            document.AddComponent<IOpenApiSecurityScheme>(scheme.Name, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" });
        return Task.CompletedTask;
    }
}
