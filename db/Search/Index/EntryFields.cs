using System.Collections.Frozen;
using HealthEquity.Directory.Entries;
using HealthEquity.Directory.Geography;
using HealthEquity.Directory.Vocabularies;

namespace HealthEquity.Search.Index;

/// <summary>
/// What an entry holds in each of the <see cref="SearchFields"/>. To add a filter, name it there and give its values here.
/// What an entry does not say of a yes-or-no question is "unknown", a value like any other.
/// </summary>
internal static class EntryFields
{
    private const string Unknown = "unknown";

    private static readonly string[] StateCodes = [.. States.All.Select(s => s.Code)];

    private static readonly FrozenSet<string> CountyCodes = Counties.All.Select(c => c.Code).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The fields and values of an entry, as the vocabularies have them today; a value may come twice.</summary>
    public static FieldValues Of(Entry entry, VocabularySet vocabularies)
    {
        var values = new FieldValues(entry.Kind, vocabularies);
        values.Add(SearchFields.Kind, entry.Kind.Code());
        values.Add(SearchFields.Tag, entry.Tags);
        switch (entry)
        {
            case Provider provider:
                Add(values, provider);
                break;
            case Attorney attorney:
                Add(values, attorney);
                break;
            case Organization organization:
                values.Add(SearchFields.OrganizationType, organization.OrganizationType);
                values.Add(SearchFields.Function, organization.Functions);
                break;
            case PolicyAction action:
                Add(values, action);
                break;
            case Material material:
                values.Add(SearchFields.Type, material.MaterialType);
                values.Add(SearchFields.Audience, material.Audiences);
                AddLanguages(values, material.Editions.Select(e => e.Language));
                break;
            case Event @event:
                values.Add(SearchFields.Type, @event.EventType);
                AddLanguages(values, @event.Languages);
                AddPlace(values, @event.Location);
                break;
        }

        if (entry is ServiceEntry service)
        {
            AddService(values, service);
        }

        return values;
    }

    /// <summary>A place's county as "FL:Miami-Dade County", from its ZIP code where it does not say.</summary>
    public static string? CountyOf(Location place)
    {
        if (place is { StateProvince: { } state, County: { } name })
        {
            var code = $"{state}:{name}";
            return CountyCodes.Contains(code) ? code : Counties.Find(state, name)?.Code ?? code;
        }

        return ZipCodes.TryGet(place.PostalCode, out var zip) ? zip.County?.Code : null;
    }

    private static void Add(FieldValues values, Provider provider)
    {
        values.Add(SearchFields.ProviderType, provider.ProviderType);
        values.Add(SearchFields.Specialty, provider.Specialties);
        values.Add(SearchFields.Modality, provider.Modalities);
        values.Add(SearchFields.Evaluation, provider.Evaluations);
        foreach (var license in provider.Licenses)
        {
            values.Add(SearchFields.License, license.Type);
        }
    }

    private static void Add(FieldValues values, Attorney attorney)
    {
        values.Add(SearchFields.AttorneyType, attorney.AttorneyType);
        values.Add(SearchFields.PracticeArea, attorney.PracticeAreas);
        values.Add(SearchFields.Detained, attorney.DetainedDocket);
        values.Add(SearchFields.Court, attorney.Courts);
        values.Add(SearchFields.Help, attorney.Help);
    }

    private static void Add(FieldValues values, PolicyAction action)
    {
        values.Add(SearchFields.Theme, action.Theme);
        values.Add(SearchFields.Actor, action.Actors);
        values.Add(SearchFields.Instrument, action.Instrument);
        values.Add(SearchFields.Direction, action.Direction);
        AddLanguages(values, action.Translations.Select(t => t.Language).Append(action.Language));
        foreach (var adoption in action.Adoptions)
        {
            values.Add(SearchFields.State, adoption.Jurisdiction.State);
        }
    }

    private static void AddService(FieldValues values, ServiceEntry entry)
    {
        AddLanguages(values, entry.Languages.Select(l => l.Language));
        values.Add(SearchFields.Cost, entry.Cost?.Options ?? []);
        values.Add(SearchFields.ImmigrationStatus, entry.Eligibility?.ImmigrationStatus ?? Unknown);
        values.Add(SearchFields.Accepting, entry.Capacity?.Status ?? Unknown);
        values.Add(SearchFields.Telehealth, entry.RemoteService?.Offered ?? Unknown);
        values.Add(SearchFields.Population, entry.Eligibility?.Populations ?? []);
        values.Add(SearchFields.State, entry.RemoteService is { Offered: "yes" } remote ? remote.States : []);
        foreach (var place in entry.Locations)
        {
            AddPlace(values, place);
        }

        if (entry.ServiceArea is { } area)
        {
            AddArea(values, area);
        }
    }

    /// <summary>"In Florida" means both: found there, or serving people there.</summary>
    private static void AddArea(FieldValues values, ServiceArea area)
    {
        values.Add(SearchFields.State, area.Nationwide ? StateCodes : area.States);
        foreach (var county in area.Counties)
        {
            values.Add(SearchFields.County, county);
            values.Add(SearchFields.State, county.Length > 3 ? county[..2] : null);
        }

        foreach (var zip in area.ZipCodes)
        {
            if (ZipCodes.TryGet(zip, out var found) && found.County is { } county)
            {
                values.Add(SearchFields.County, county.Code);
                values.Add(SearchFields.State, county.State);
            }
        }
    }

    private static void AddPlace(FieldValues values, Location? place)
    {
        if (place is { Country: "US" })
        {
            values.Add(SearchFields.State, place.StateProvince);
            values.Add(SearchFields.County, CountyOf(place));
        }
    }

    /// <summary>Whoever speaks zh-Hans speaks zh: a tag stands for each of its beginnings too.</summary>
    private static void AddLanguages(FieldValues values, IEnumerable<string> tags)
    {
        foreach (var tag in tags)
        {
            values.Add(SearchFields.Language, tag);
            for (var dash = tag.LastIndexOf('-'); dash > 0; dash = tag.LastIndexOf('-', dash - 1))
            {
                values.Add(SearchFields.Language, tag[..dash]);
            }
        }
    }
}

/// <summary>Values of an entry by field, gathered.</summary>
internal sealed class FieldValues(EntryKind kind, VocabularySet vocabularies) : List<(string Field, string Value)>
{
    /// <summary>Adds a value, if there is one.</summary>
    public void Add(string field, string? value)
    {
        if (value is not null)
        {
            Add((field, FieldVocabularies.ResolveMergedCode(vocabularies, field, kind, value)));
        }
    }

    /// <summary>Adds each value.</summary>
    public void Add(string field, IReadOnlyList<string> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            Add(field, values[i]);
        }
    }
}
