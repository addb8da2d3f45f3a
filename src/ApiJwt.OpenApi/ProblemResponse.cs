using Microsoft.OpenApi;

namespace ApiJwts.OpenApi;

/// <summary>Creates a response with problem details (RFC 9457).</summary>
internal static class ProblemResponse
{
    // The name of the schema that ASP.NET Core generates.
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

    // ASP.NET Core can generate this schema only if the JSON serializer of the application knows the type, which it may not with native AOT.
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
