namespace ApiJwts;

/// <summary>Whether the subject may be tracked: the <c>dnt</c> claim.</summary>
/// <remarks>The values are those of the Python library.</remarks>
public enum DoNotTrack
{
    /// <summary>A normal user, the default. In the token: <c>"0"</c>.</summary>
    Normal = 0,

    /// <summary>Reserved: do not track this user. In the token: <c>"1"</c>.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1700", Justification = "The Python library has this name for the value.")]
    Reserved = 1,

    /// <summary>Do not track, and do not store data about this user even anonymously. In the token: <c>"2"</c>.</summary>
    NotAnonymous = 2,

    /// <summary>A test user, to be excluded from metrics. In the token: <c>"3"</c>.</summary>
    TestUser = 3,
}
