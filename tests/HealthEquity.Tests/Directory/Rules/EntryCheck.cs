using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Rules;
using HealthEquity.Directory.Vocabularies;
using Microsoft.Extensions.Time.Testing;

namespace HealthEquity.Tests.Directory.Rules;

/// <summary>The smallest valid entry of each kind, and assertions about validation.</summary>
internal static class EntryCheck
{
    private static readonly EntryValidation Rules =
        new(VocabularySet.Shipped, new FakeTimeProvider(new DateTimeOffset(2026, 6, 15, 12, 0, 0, TimeSpan.Zero)));

    public static Provider AProvider { get; } = new() { Name = "Example Clinic" };

    public static Attorney AnAttorney { get; } = new() { Name = "Example Legal Aid" };

    public static Organization AnOrganization { get; } = new() { Name = "Example Network" };

    public static Material AMaterial { get; } = new()
    {
        Name = "Example card",
        MaterialType = VocabularySet.Shipped.Find("materialType")!.Terms[0].Code,
        Editions = [new() { Language = "en", Title = "Example card", Url = "https://example.org/card" }],
    };

    public static Event AnEvent { get; } = new()
    {
        Name = "Example workshop",
        EventType = VocabularySet.Shipped.Find("eventType")!.Terms[0].Code,
        StartsAt = new DateTime(2026, 9, 1, 18, 0, 0),
        TimeZone = "America/New_York",
    };

    public static PolicyAction APolicyAction { get; } = new()
    {
        Name = "Example policy",
        Theme = VocabularySet.Shipped.Find("policyTheme")!.Terms[0].Code,
        Provisions = [new() { Code = "judicial-warrant", Text = "Ask for a judicial warrant." }],
    };

    public static Location APlace { get; } = new() { Visibility = Visibility.Public };

    /// <summary>Each failure as "path: message".</summary>
    public static IReadOnlyList<string> Failures(Entry entry) =>
        [.. Rules.Validate(entry).Errors.Select(e => $"{e.PropertyName}: {e.ErrorMessage}")];

    public static void Accepts(Entry entry) => Assert.Empty(Failures(entry));

    /// <summary>Asserts exactly one failure, at that path. Its message names the path and contains the remedy.</summary>
    public static void Refuses(Entry entry, string path, string remedy)
    {
        var failure = Assert.Single(Failures(entry));
        Assert.StartsWith($"{path}: '{path}' ", failure, StringComparison.Ordinal);
        Assert.Contains(remedy, failure, StringComparison.Ordinal);
    }

    public static void Check(Entry entry, bool good, string path, string remedy)
    {
        if (good)
        {
            Accepts(entry);
        }
        else
        {
            Refuses(entry, path, remedy);
        }
    }
}
