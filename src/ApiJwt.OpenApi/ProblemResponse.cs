using Microsoft.OpenApi;

namespace ApiJwts.OpenApi;

/// <summary>An answer with problem details (RFC 9457).</summary>
internal static class ProblemResponse
{
    // The name that the platform gives its own type.
    private const string Schema = "ProblemDetails";

    public static OpenApiResponse Of(string description, OpenApiDocument document)
    {
        if (document.Components?.Schemas?.ContainsKey(Schema) != true)
            document.AddComponent<IOpenApiSchema>(Schema, Members());
        return new OpenApiResponse
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(Schema, document) } },
        };
    }

    // Written here because the type of the platform has a schema only where the serializer of the application knows it, which native code may not.
    private static OpenApiSchema Members() => new()
    {
        Type = JsonSchemaType.Object,
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text(),
            ["title"] = Text(),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.Null, Format = "int32" },
            ["detail"] = Text(),
            ["instance"] = Text(),
        },
    };

    private static OpenApiSchema Text() => new() { Type = JsonSchemaType.String | JsonSchemaType.Null };
}
