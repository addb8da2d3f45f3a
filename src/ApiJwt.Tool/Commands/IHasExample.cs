namespace ApiJwts.Tool.Commands;

/// <summary>A command whose help shows how it is used.</summary>
internal interface IHasExample
{
    /// <summary>A line as somebody would type it.</summary>
    public string Example { get; }
}
