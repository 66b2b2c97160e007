using System.Runtime.CompilerServices;
using System.Text.Json;
using HealthEquity.Api.Languages;
using HealthEquity.Directory.Entries;
using HealthEquity.Hosting;
using HealthEquity.Search.Index;

namespace HealthEquity.Api.Search;

/// <summary>Whom to call when nothing was found: the national lifeline, and a hotline of the directory that serves the place asked about.</summary>
public sealed class Hotlines(Messages messages, PublicPath path)
{
    private const string LifelineNumber = "988";
    private const int Candidates = 50;

    private readonly ConditionalWeakTable<IndexedEntry, Reading> _read = [];

    /// <summary>The hotlines for a search that found nothing.</summary>
    public IReadOnlyList<Hotline> For(DirectorySnapshot snapshot, SearchQuery query, LanguageChoice choice)
    {
        var known = snapshot
            .Search(new SearchQuery { Kinds = [EntryKind.Organization], Text = "hotline", Terms = Place(query), ServesZip = query.ServesZip, Near = query.Near, Take = Candidates })
            .Hits.Select(h => Of(h.Entry)).OfType<Hotline>().ToList();
        var everywhere = known.Count > 0 ? known : [.. snapshot
            .Search(new SearchQuery { Kinds = [EntryKind.Organization], Text = "hotline", Take = Candidates })
            .Hits.Select(h => Of(h.Entry)).OfType<Hotline>()];
        var lifeline = new Hotline
        {
            Name = "988 Suicide & Crisis Lifeline",
            Number = LifelineNumber,
            Text = messages.Of("lifeline", choice).Text,
            Link = everywhere.FirstOrDefault(h => h.Number == LifelineNumber)?.Link,
        };
        return [lifeline, .. everywhere.Where(h => h.Number != LifelineNumber).Take(1)];
    }

    /// <summary>An entry is read once for as long as it stands in the directory.</summary>
    private Hotline? Of(IndexedEntry entry) => _read.GetValue(entry, e => new Reading(Read(e))).Hotline;

    private static IReadOnlyList<TermFilter> Place(SearchQuery query) =>
        [.. query.Terms.Where(t => t.Field == SearchFields.State || t.Field == SearchFields.Language)];

    /// <summary>The entry's first number marked as a hotline; null when it has none.</summary>
    private Hotline? Read(IndexedEntry entry)
    {
        using var document = JsonDocument.Parse(entry.Body);
        var root = document.RootElement;
        if (!root.TryGetProperty("phones", out var phones))
        {
            return null;
        }

        var phone = phones.EnumerateArray().FirstOrDefault(p => p.TryGetProperty("type", out var type) && type.ValueEquals("hotline"));
        return phone.ValueKind != JsonValueKind.Object ? null : new Hotline
        {
            Name = root.GetProperty("name").GetString()!,
            Number = phone.GetProperty("number").GetString()!,
            Text = root.TryGetProperty("summary", out var summary) ? summary.GetString() : null,
            Link = path.Of($"/v1/{entry.Kind.Path()}/{entry.Slug}"),
        };
    }

    private sealed record Reading(Hotline? Hotline);
}
