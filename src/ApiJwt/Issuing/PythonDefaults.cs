namespace ApiJwts;

/// <summary>The defaults of the Python library: what is allowed and written if the subclass configures nothing.</summary>
internal static class PythonDefaults
{
    public const string PolicyKeyName = "user";

    public static readonly IReadOnlyList<PolicyKey> PolicyKeys = [new(PolicyKeyName, "auth_user", []), new("admin", "auth_admin", [])];

    public static readonly ClaimRule Levels = new(ClaimNames.Level, ClaimKind.Level, "Allow it with Policy.AllowLevels")
    {
        BuiltInValues = new AllowedValues(ForEveryPolicyKey: ["0.0", "1.0", "2.0", "3.0", "4.0"]),
        BuiltInDefault = ["0.0"],
    };

    public static readonly ClaimRule Factors = new(ClaimNames.Factor, ClaimKind.Text, "Allow it with Policy.AllowFactors") { BuiltInDefault = [""] };

    public static readonly ClaimRule Targets = new(ClaimNames.Target, ClaimKind.Text, "Allow it with Policy.AllowTargets") { BuiltInDefault = [""] };

    public static readonly ClaimRule DoNotTrack = new(ClaimNames.DoNotTrack, ClaimKind.Integer, "Allow it with Policy.AllowDoNotTrack")
    {
        BuiltInValues = new AllowedValues(ForEveryPolicyKey: ["0", "1", "2", "3"]),
        BuiltInDefault = ["0"],
    };

    public static readonly ClaimRule Scopes = new(ClaimNames.Scopes, ClaimKind.TextList, "Allow it with Policy.AllowKey or Policy.AllowScopes")
    {
        BuiltInValues = new AllowedValues(ForEveryPolicyKey: []).For(PolicyKeyName, ["user:all"]).For("admin", ["admin:all"]),
        BuiltInDefault = [],
    };
}
