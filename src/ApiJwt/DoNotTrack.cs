namespace ApiJwts;

/// <summary>
/// Whether, and how, the subject may be tracked: the <c>dnt</c> claim.
/// </summary>
/// <remarks>The values, and the numbers on the wire, are those of the Python library.</remarks>
public enum DoNotTrack
{
    /// <summary>A normal user. On the wire: <c>"0"</c>, the default.</summary>
    Normal = 0,

    /// <summary>Reserved: do not track this user. On the wire: <c>"1"</c>.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1700", Justification = "The Python library's word for the value, which is in use.")]
    Reserved = 1,

    /// <summary>Do not track, and do not store data about this user even anonymously. On the wire: <c>"2"</c>.</summary>
    NotAnonymous = 2,

    /// <summary>A test user, to be left out of metrics. On the wire: <c>"3"</c>.</summary>
    TestUser = 3,
}
