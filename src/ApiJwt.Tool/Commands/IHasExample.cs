namespace ApiJwts.Tool.Commands;

/// <summary>A command whose help shows an example.</summary>
internal interface IHasExample
{
    /// <summary>A complete command line.</summary>
    public string Example { get; }
}
