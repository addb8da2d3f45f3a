using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace ApiJwts.AspNetCore;

/// <summary>A document that other services fetch with GET or HEAD. A conditional request for an unchanged document gets 304.</summary>
internal sealed class PublishedDocument
{
    private readonly byte[] _body;
    private readonly EntityTagHeaderValue _tag;
    private readonly string _contentType;
    private readonly string _cacheControl;

    public PublishedDocument(string text, string contentType, string cacheControl)
    {
        Text = text;
        _body = Encoding.UTF8.GetBytes(text);
        _tag = new EntityTagHeaderValue($"\"{Convert.ToHexString(SHA256.HashData(_body).AsSpan(0, 16))}\"");
        _contentType = contentType;
        _cacheControl = cacheControl;
    }

    public string Text { get; }

    public Task WriteAsync(HttpContext context)
    {
        ResponseHeaders headers = context.Response.GetTypedHeaders();
        headers.ETag = _tag;
        context.Response.Headers.CacheControl = _cacheControl;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(_tag, useStrongComparison: false) || known.Equals(EntityTagHeaderValue.Any)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        context.Response.ContentType = _contentType;
        context.Response.ContentLength = _body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(_body).AsTask();
    }
}
