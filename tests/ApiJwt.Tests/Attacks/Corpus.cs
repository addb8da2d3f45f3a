namespace Hudya.Tests.Attacks;

/// <summary>Every hostile token of every family.</summary>
public static class Corpus
{
    public static IReadOnlyList<HostileFamily> Families { get; } =
    [
        Algorithms_other_than_RS256_are_refused.Family,
        A_public_key_is_never_taken_for_a_secret.Family,
        No_key_is_taken_from_a_token.Family,
        Extensions_are_refused_not_ignored.Family,
        A_token_is_three_parts.Family,
        A_token_has_one_text.Family,
        Each_part_is_one_strict_JSON_object.Family,
        No_member_stands_twice.Family,
        Claims_of_another_type_are_refused.Family,
        Claims_of_another_type_are_refused.Audiences,
        Time_is_judged_to_the_second.Family,
        A_token_cannot_exhaust_the_service.Family,
        A_token_cannot_exhaust_the_service.Roomy,
        A_forged_signature_is_refused.Family,
        Padding_is_checked_to_the_last_byte.Family,
        Scopes_that_stand_in_two_claims_must_agree.Family,
        A_type_of_token_is_no_disguise.Family,
        An_issuer_that_is_not_on_the_list_is_refused.Family,
        A_token_with_a_condition_is_held_to_it.Bound,
        A_token_with_a_condition_is_held_to_it.Aged,
        A_list_of_revocations_is_no_token.Family,
    ];

    public static int Count => Families.Sum(family => family.Tokens.Count());

    /// <summary>Each token with the service of its family, and with the name of the family before its own.</summary>
    public static IEnumerable<(string Name, PlainJwt Service, HostileToken Token)> Served(Func<HostileFamily, PlainJwt>? serve = null) =>
        from family in Families
        let service = serve?.Invoke(family) ?? family.Service()
        from token in family.Tokens
        select ($"{family.Name}: {token.Name}", service, token);
}
