using System.Text.Json;
using HealthEquity.Directory.Entries;
using HealthEquity.Store.Starter;
using static HealthEquity.Tests.Directory.Rules.EntryCheck;

namespace HealthEquity.Tests.Directory.Entries;

public class EntryJsonTests
{
    [Fact]
    public void A_revision_round_trips() => Assert.All(StarterDirectory.Read(), starter =>
    {
        var body = EntryJson.Write(starter.Entry);
        var again = EntryJson.Read(body);
        Assert.Equal(starter.Entry.GetType(), again.GetType());
        Assert.Equal(body, EntryJson.Write(again));
    });

    [Fact]
    public void An_unknown_member_is_refused() =>
        Assert.Throws<JsonException>(() => EntryJson.Read("""{"kind":"provider","name":"A","phone":"+13055550142"}"""));

    [Fact]
    public void The_public_form_contains_nothing_editorial()
    {
        var entry = AProvider with { InternalNotes = "kept among curators", Consent = new() { Status = "granted", GivenBy = "kept among curators" } };
        Assert.Contains("kept among curators", EntryJson.Write(entry), StringComparison.Ordinal);

        var written = JsonSerializer.Serialize<Entry>(entry, EntryJson.Public);
        Assert.DoesNotContain("kept among curators", written, StringComparison.Ordinal);
        using var document = JsonDocument.Parse(written);
        Assert.All(["internalNotes", "consent"], name => Assert.False(document.RootElement.TryGetProperty(name, out _)));
    }
}
