namespace HealthEquity.Api.Site.Needs;

/// <summary>One of the large choices of the first page.</summary>
/// <param name="Code">What the form sends.</param>
/// <param name="Key">The key of its words.</param>
/// <param name="Question">The question that it stands for, which the search reads like one that somebody typed.</param>
/// <param name="Kinds">The kinds of entry that can help; what a health department can adopt is not among them.</param>
/// <param name="Icon">The path of its picture, 24 by 24.</param>
public sealed record Need(string Code, string Key, string Question, IReadOnlyList<string> Kinds, string Icon)
{
    /// <summary>All choices, in the order of the page.</summary>
    public static IReadOnlyList<Need> All { get; } =
    [
        new("detained", "find.detained", "immigration detained my family", ["attorney", "organization", "material"], "M4 21V5h16v16M8 5v16M12 5v16M16 5v16M4 9h16"),
        new("lawyer", "find.lawyer", "immigration lawyer", ["attorney", "organization"], "M12 3v18M6 21h12M5 7h14M5 7l-3 7h6zM19 7l-3 7h6z"),
        new("talk", "find.talk", "someone to talk to, therapist", ["provider", "organization"], "M21 12a8 8 0 0 1-8 8H4l2-3a8 8 0 1 1 15-5zM9 11h.01M13 11h.01M17 11h.01"),
        new("rights", "find.rights", "know your rights card", ["material", "organization"], "M6 3h9l4 4v14H6zM9 11h7M9 15h7"),
        new("hurt", "find.hurt", "domestic violence", ["organization", "provider", "attorney"], "M12 3l8 4v5c0 5-4 8-8 9-4-1-8-4-8-9V7zM12 8v5M12 16h.01"),
        new("else", "find.else", "", [], "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l5 5"),
    ];
}
